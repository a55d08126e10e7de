"""What Python answers in the browser: a variant, what a panel shows, what a sheet holds; as JSON.

This module is packed into the archive under its own name, ``answering``, beside the library; it uses nothing
of ``nnutils.book``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from nnutils.core.errors import NNUtilsError
from nnutils.practice import load
from nnutils.practice.exporting import as_data
from nnutils.practice.live import PANELS

__all__ = ["answer", "html_of"]

BOOK = Path(__file__).parent
"""The folder that the archive was unpacked into; where the module stands in the library, it is no book."""

_NOT_COMPUTED = "This could not be computed."


def answer(message: str, book: Path = BOOK) -> str:
    """Return the answer to a message, both as JSON; what cannot be comes back as words under 'problem'.

    ``{"draw": "foundations/q4", "seed": 7}`` gives the variant's data and its statement as HTML,
    ``{"panel": "softmax", "fields": {"x": "1, 2"}}`` what the panel shows, as HTML, and
    ``{"sheet": "3 * 4 = 13", "name": ".md", "network": ""}`` what is found in a worked solution.

    >>> answer('{"panel": "sizes", "fields": {}}')
    '{"problem": "The input size is missing.\\\\nType a number of pixels, such as 64."}'
    """
    try:
        asked = json.loads(message)
        for name, reply in _REPLIES.items():
            if name in asked:
                return json.dumps(reply(asked, book), ensure_ascii=False)
        return json.dumps({"problem": f"{_NOT_COMPUTED} Nothing known is asked."})
    except NNUtilsError as error:
        return json.dumps({"problem": _lines(str(error))}, ensure_ascii=False)
    except (ArithmeticError, ValueError, TypeError, KeyError, RecursionError) as error:
        return json.dumps({"problem": f"{_NOT_COMPUTED} {type(error).__name__}: {error}"}, ensure_ascii=False)
    except Exception as error:  # said as well, or the reader would have no answer at all
        words = f"{_NOT_COMPUTED} This error was not expected: {type(error).__name__}: {error}"
        return json.dumps({"problem": words}, ensure_ascii=False)


def html_of(markdown: str) -> str:
    r"""Return Markdown as HTML, with formulas as the pages of the site hold them; markup in it stays text.

    >>> html_of("At $x < 2$ **flat**.")
    '<p>At <span class="math notranslate nohighlight">\\(x &lt; 2\\)</span> <strong>flat</strong>.</p>\n'
    """
    # Not above: the panels alone need neither.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    dollarmath_plugin(parser, double_inline=True)
    parser.add_render_rule("math_inline", _inline)
    parser.add_render_rule("math_inline_double", _display)
    parser.add_render_rule("math_block", _display)
    return str(parser.render(markdown))


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines())


def _inline(_: Any, tokens: Any, at: int, *rest: Any) -> str:
    return rf'<span class="math notranslate nohighlight">\({escape(tokens[at].content)}\)</span>'


def _display(_: Any, tokens: Any, at: int, *rest: Any) -> str:
    return rf'<div class="math notranslate nohighlight">\[{escape(tokens[at].content)}\]</div>'


def _draw(asked: Mapping[str, Any], book: Path) -> dict[str, Any]:
    data = as_data(load(asked["draw"], book), asked["seed"])
    return {"data": data, "statement": html_of(data["statement"])}


def _panel(asked: Mapping[str, Any], book: Path) -> dict[str, Any]:
    made = PANELS[asked["panel"]].show(asked["fields"])
    return {"html": html_of(made.words) + made.html}


def _sheet(asked: Mapping[str, Any], _: Path) -> dict[str, Any]:
    from nnutils.lint.in_browser import check_sheet  # not above: most pages ask for no sheet

    return check_sheet(asked["sheet"], asked.get("name", ""), asked.get("network", ""))


_REPLIES: dict[str, Callable[[Mapping[str, Any], Path], dict[str, Any]]] = {
    "draw": _draw,
    "panel": _panel,
    "sheet": _sheet,
}
