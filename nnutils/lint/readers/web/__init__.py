"""Web pages: HTML and the mathematics in it."""

__all__: list[str] = []
