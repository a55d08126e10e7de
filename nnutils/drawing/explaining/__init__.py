"""Pictures that explain one idea each: what moves, what folds, what flows."""

__all__: list[str] = []
