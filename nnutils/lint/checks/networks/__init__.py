"""Checks of what a sheet states about networks: tables of layers, and statements about layers that are known."""

__all__: list[str] = []
