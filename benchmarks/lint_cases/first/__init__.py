"""The styles that were there when the checker was written. They are studied: all may be looked at."""

from __future__ import annotations

from . import foreign, latex, markdown, notebooks, plain, web

__all__: list[str] = []

_ = (foreign, latex, markdown, notebooks, plain, web)  # each enters its styles
