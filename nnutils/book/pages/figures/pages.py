"""The Sphinx side of pictures: each page gets all versions of its pictures while it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

from nnutils.book.pages.figures.narrow_versions import narrow_versions
from nnutils.book.pages.figures.twins import with_twins

__all__ = ["connect"]

_LOG = logging.getLogger(__name__)
_AFTER_SIZES = 950  # the shell writes the sizes of the pictures, which a twin takes over


def connect(app: Sphinx) -> None:
    """Have pictures follow the theme and the width of the screen; called by the extension."""
    app.connect("html-page-context", _add_twins, priority=_AFTER_SIZES)


def _add_twins(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    body = context.get("body") or ""
    if "_images/" not in body:
        return
    narrow = narrow_versions(Path(app.env.doc2path(page)))
    context["body"], wrong = with_twins(body, app.builder.images, Path(app.outdir), narrow)
    for line in wrong:
        _LOG.warning("%s", line, location=page)
