"""The Sphinx side of typography: texts of a page before it is written, and its HTML after."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from nnutils.book.pages.typography.row_names import with_row_names
from nnutils.book.pages.typography.whole_numbers import kept_together
from nnutils.core.numerals import reads_as_number

__all__ = ["AlignedNumbers", "NamedRows", "WholeNumbers", "connect"]

_PARAMETERS = re.compile(r"<dl>(\s*(?:<dd>(?:(?!</?d[dlt]>).)*</dd>\s*)+)</dl>", re.DOTALL)
_AS_WRITTEN = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)


class WholeNumbers(SphinxPostTransform):
    """Keeps numbers whole in the texts of a page, not in code and formulas."""

    default_priority = 900  # after those that make text of references
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace the texts that are set differently."""
        # by their parents, because a text that an extension put there may not know its own
        for parent in list(self.document.findall(nodes.Element)):
            if isinstance(parent, _AS_WRITTEN):
                continue
            for place, text in enumerate(parent.children):
                if isinstance(text, nodes.Text):
                    kept = kept_together(text.astext())
                    if kept != text.astext():
                        parent[place] = nodes.Text(kept)


class AlignedNumbers(SphinxPostTransform):
    """Sets the columns of a table flush right that hold numbers only, as those of computed tables are."""

    default_priority = 890
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Give the cells of such columns the class that MyST gives to a column with ``---:``."""
        for table in self.document.findall(nodes.tgroup):
            rows = [list(row.findall(nodes.entry)) for row in table.findall(nodes.row)]
            body = [list(row.findall(nodes.entry)) for row in table[-1].findall(nodes.row)]
            if len({len(row) for row in rows}) != 1:
                continue  # a cell over several columns
            for column, cells in enumerate(zip(*rows, strict=True)):
                texts = [text for row in body if (text := _shown(row[column]))]
                if texts and all(map(reads_as_number, texts)):
                    for cell in cells:
                        cell["classes"].append("text-right")


class NamedRows(SphinxPostTransform):
    """Names the rows of the traces that a page shows."""

    default_priority = 895
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace the outputs that hold a trace."""
        for output in list(self.document.findall(nodes.raw)):
            text = output.astext()
            if output.get("format") == "html" and (named := with_row_names(text)) != text:
                output.replace_self(nodes.raw("", named, format="html"))


def _shown(cell: nodes.Element) -> str:
    return re.sub(r"<[^>]*>", "", cell.astext()).strip()


def connect(app: Sphinx) -> None:
    """Have pages set so; called by the extension."""
    app.add_post_transform(AlignedNumbers)
    app.add_post_transform(NamedRows)
    app.add_post_transform(WholeNumbers)
    app.connect("html-page-context", _mend_list_of_works)


def _mend_list_of_works(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Make the bibliography a list of items: docutils gives its entries a role that no list may have."""
    if "body" in context:
        context["body"] = _with_lists(context["body"].replace('role="doc-biblioentry"', 'role="listitem"'))


def _with_lists(body: str) -> str:
    """Make the parameters of a long signature a list: Sphinx writes definitions of nothing."""

    def as_list(found: re.Match[str]) -> str:
        items = found[1].replace("<dd>", "<li>").replace("</dd>", "</li>")
        return f'<ul class="parameters">{items}</ul>'

    return _PARAMETERS.sub(as_list, body)
