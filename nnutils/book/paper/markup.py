"""The text and the outputs of a notebook as HTML for paper: no code, no links, pictures as pictures."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from typing import Any

from nnutils.core.errors import BookError
from nnutils.drawing.describing import written_description

__all__ = ["html_of_line", "html_of_markdown", "html_of_output"]

EXTENSIONS = frozenset({"amsmath", "colon_fence", "deflist", "dollarmath"})
"""The parts of MyST that pages use beside its core."""


def html_of_markdown(text: str) -> str:
    r"""Return MyST Markdown as HTML; formulas stand in ``\(...\)`` and ``\[...\]``, links are their words.

    A directive becomes a box with its title. Headings keep their level.

    Raises:
        MissingPackageError: where myst-parser is not installed.

    >>> html_of_markdown("See [the *table*](other.ipynb): $a_1 < 2$.")
    '<p>See the <em>table</em>: <span class="formula">\\(a_1 &lt; 2\\)</span>.</p>\n'
    """
    return str(_parser().render(text))


def html_of_line(text: str) -> str:
    r"""Return one paragraph of Markdown as HTML, without the paragraph around it.

    >>> html_of_line("units of *conv1*")
    'units of <em>conv1</em>'
    """
    markup = html_of_markdown(text).strip()
    found = re.fullmatch(r"<p>(.*)</p>", markup, re.DOTALL)
    return found[1] if found and "</p>" not in found[1] else markup


def html_of_output(output: Mapping[str, Any]) -> str:
    """Return one stored output of a cell as HTML: a picture, a table, a sentence, or plain text.

    Raises:
        BookError: for an error that was stored.
    """
    if output["output_type"] == "error":
        raise BookError(
            f"An output is an error: {output['ename']}: {output['evalue']}",
            remedy="Execute the notebook anew.",
        )
    if output["output_type"] == "stream":
        return f"<pre>{html.escape(output['text'])}</pre>\n"
    data = output["data"]
    if "image/svg+xml" in data:
        svg = data["image/svg+xml"]
        alt = html.escape(written_description(svg) or "")
        source = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
        return f'<p class="picture"><img alt="{alt}" src="{source}"></p>\n'
    if "text/markdown" in data:
        return html_of_markdown(data["text/markdown"])
    if "text/html" in data:
        return f"<div>{data['text/html']}</div>\n"
    return f"<pre>{html.escape(data.get('text/plain', ''))}</pre>\n"


def _parser() -> Any:
    """Return a parser of the book's dialect with rules of our own for formulas, links and directives."""
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    settings = MdParserConfig(enable_extensions=set(EXTENSIONS), dmath_double_inline=True)
    parser = create_md_parser(settings, RendererHTML)
    rules = {
        "math_inline": lambda tokens, at, *_: _formula(tokens[at].content, "span", r"\(", r"\)"),
        "math_inline_double": lambda tokens, at, *_: _formula(tokens[at].content, "span", r"\[", r"\]"),
        "math_block": lambda tokens, at, *_: _formula(tokens[at].content, "div", r"\[", r"\]"),
        "amsmath": lambda tokens, at, *_: _formula(tokens[at].content, "div", "", ""),
        "link_open": lambda *_: "",
        "link_close": lambda *_: "",
        "fence": lambda tokens, at, *_: _fence(tokens[at]),
        "colon_fence": lambda tokens, at, *_: _fence(tokens[at]),
    }
    renderer: Any = parser.renderer
    renderer.rules.update(rules)
    return parser


def _formula(content: str, tag: str, before: str, after: str) -> str:
    return f'<{tag} class="formula">{before}{html.escape(content.strip(), quote=False)}{after}</{tag}>'


def _fence(token: Any) -> str:
    """Return code as code, and a directive as a box: its title, then its text."""
    directive = re.match(r"\{[\w-]+\}\s*(.*)", token.info)
    if directive is None:
        return f"<pre>{html.escape(token.content)}</pre>\n"
    title = f'<p class="title">{html.escape(directive[1])}</p>\n' if directive[1] else ""
    text = re.sub(r"\A(?::[\w-]+:.*\n)+", "", token.content)  # the directive's options
    return f'<div class="box">\n{title}{html_of_markdown(text)}</div>\n'
