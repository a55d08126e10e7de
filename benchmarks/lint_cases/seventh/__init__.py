"""The seventh set of styles, held out until measured once: eight people, eight kinds of sheets."""

from __future__ import annotations

from . import beginner, blog, exam, handout, lista, model_card, study_group, tutorial

__all__: list[str] = []

# each enters its style
_ = (beginner, blog, exam, handout, lista, model_card, study_group, tutorial)
