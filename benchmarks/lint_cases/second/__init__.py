"""The second set of styles. They were held out once; now they are studied, and all may be looked at."""

from __future__ import annotations

from . import beamer, forum, hand, mail, printed, report, spanish, wiki

__all__: list[str] = []

_ = (beamer, forum, hand, mail, printed, report, spanish, wiki)  # each enters its style
