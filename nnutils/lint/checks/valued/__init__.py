"""Letters with a value put to use: in formulas, in functions at a point, in derivatives made of others."""

__all__: list[str] = []
