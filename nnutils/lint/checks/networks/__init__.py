"""Checks of what a sheet states about networks: tables of layers, and statements about known layers."""

__all__: list[str] = []
