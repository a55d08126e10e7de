"""Other languages: their words of the field, and sheets read as if they were in English."""

__all__: list[str] = []
