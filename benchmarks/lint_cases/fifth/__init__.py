"""The fifth set of styles, held out until it has been measured once: eight people in ordinary formats."""

from __future__ import annotations

from . import aloud, calculator, engineer, grading, lecturer, mathematician, student, textbook

__all__: list[str] = []

# each enters its style
_ = (aloud, calculator, engineer, grading, lecturer, mathematician, student, textbook)
