"""Text and outputs on paper: formulas stay formulas, links become words, outputs are shown."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from nnutils.book.paper import html_of_markdown, html_of_output
from nnutils.core.errors import BookError


@pytest.mark.parametrize(
    ("markdown", "markup"),
    [
        ("**(a)** *[3 marks]*", "<p><strong>(a)</strong> <em>[3 marks]</em></p>"),
        ("$a < b$", r'<p><span class="formula">\(a &lt; b\)</span></p>'),
        ("$$\na_1\n$$", r'<div class="formula">\[a_1\]</div>'),
        ("so $$a_1$$ here", r'<span class="formula">\[a_1\]</span>'),
        ("\\begin{align}\na &= b\n\\end{align}", "\\begin{align}\na &amp;= b\n\\end{align}"),
        ("see [(Doe, 2012)](../r.md#doe) and <https://a.org>", "see (Doe, 2012) and https://a.org"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>2</td>"),
        ("### Title", "<h3>Title</h3>"),
        (":::{note} Look\n:class: tip\nat *this*\n:::", '<p class="title">Look</p>\n<p>at <em>this</em></p>'),
        ("```{dropdown} Hint\n$x$\n```", r'<p class="title">Hint</p>' + "\n<p><span"),
        ("```python\na < b\n```", "<pre>a &lt; b\n</pre>"),
    ],
)
def test_markdown_becomes_html(markdown: str, markup: str) -> None:
    text = html_of_markdown(markdown)
    assert markup in text
    assert "<a " not in text and "href" not in text


def shown(**data: str) -> dict[str, Any]:
    return {
        "output_type": "execute_result",
        "data": {kind.replace("_", "/"): text for kind, text in data.items()},
    }


def test_the_richest_form_of_an_output_is_shown() -> None:
    picture = {
        "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "image/png": "x",
        "text/plain": "<Figure>",
    }
    markup = html_of_output({"output_type": "display_data", "data": picture})
    assert (
        base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode() in markup
        and "Figure" not in markup
    )
    assert "<b>1</b>" in html_of_output(shown(text_html="<b>1</b>", text_plain="1"))
    assert "<em>so</em>" in html_of_output(shown(text_markdown="*so*", text_plain="so"))
    assert html_of_output(shown(text_plain="a < b")) == "<pre>a &lt; b</pre>\n"
    assert html_of_output({"output_type": "stream", "text": "1 < 2"}) == "<pre>1 &lt; 2</pre>\n"


def test_a_stored_error_is_refused() -> None:
    with pytest.raises(BookError, match="ZeroDivisionError: by zero"):
        html_of_output({"output_type": "error", "ename": "ZeroDivisionError", "evalue": "by zero"})
