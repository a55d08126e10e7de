"""The fourth set of styles, held out until it has been measured once."""

from __future__ import annotations

from . import asciidoc, cheat_sheet, chinese, csv_key, macros, optimisers, org, pdf_layer

__all__: list[str] = []

_ = (asciidoc, cheat_sheet, chinese, csv_key, macros, optimisers, org, pdf_layer)  # each enters its style
