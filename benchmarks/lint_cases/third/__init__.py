"""The third set of styles. They were held out once; now they are studied, and all may be looked at."""

from __future__ import annotations

from . import commented, course, italian, quiz, slides, spoken, spreadsheet, two_ways

__all__: list[str] = []

_ = (commented, course, italian, quiz, slides, spoken, spreadsheet, two_ways)  # each enters its style
