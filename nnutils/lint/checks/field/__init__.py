"""Statements of the field judged without a network: sizes, parameters, distributions, derivatives, traces."""

__all__: list[str] = []
