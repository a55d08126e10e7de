"""The sixth set of styles, held out until it has been measured once: eight people, each with a layout."""

from __future__ import annotations

from . import aligned, boxed, friend, html_lists, letters, pede_se, table_first, terse

__all__: list[str] = []

# each enters its style
_ = (aligned, boxed, friend, html_lists, letters, pede_se, table_first, terse)
