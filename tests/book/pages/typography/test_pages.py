"""Numbers in the text of a page stay whole, code stays as it is, and the bibliography is a list."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from nnutils.book.pages.typography import kept_together

pytestmark = pytest.mark.slow

SPACE = "\N{NO-BREAK SPACE}"
PAGE = """Title
=====

About 30.9 % of 3 × 3 pixels, **12** % of `5 %`, and 3 × n of 4 %ers. See [A1]_ and :ref:`nine`.

.. _nine:

At 9 % each
-----------

.. code-block:: none

   7 % of 2 × 2

===== ===== ====
name  units from
===== ===== ====
conv1 1,200 003
conv2 −5    004
===== ===== ====

===== ===== ====
both layers from
----------- ----
conv3 6     7
===== ===== ====

.. [A1] An article.
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The HTML of a small page."""
    source = tmp_path_factory.mktemp("book")
    settings = "extensions = ['nnutils.book.site']\nhtml_theme = 'basic'\nhtml_static_path = []\n"
    (source / "conf.py").write_text(settings, encoding="utf-8")
    (source / "index.rst").write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(source), str(source / "built")]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return (source / "built/index.html").read_text(encoding="utf-8")


def test_numbers_stay_whole(page: str) -> None:
    text = re.sub(r"<[^>]+>", "", page)
    for whole in ("30.9 %", "3 × 3", "12 %", "9 %"):
        assert whole.replace(" ", SPACE) in text
    for broken in ("30.9 %", "3 × 3", "12 %"):  # a heading stands among the contents of the page as well
        assert broken not in text
    assert "3 × n" in text


def test_code_stays_as_it_is(page: str) -> None:
    assert "7 % of 2 × 2" in page
    assert SPACE not in "".join(re.findall(r"<(?:pre|code)\b.*?</(?:pre|code)>", page, re.DOTALL))


def test_a_column_of_numbers_is_flush_right(page: str) -> None:
    cells = re.findall(r"<t[hd]([^>]*)><p>([^<]*)", page)
    assert [text for attributes, text in cells if "text-right" in attributes] == ["units", "1,200", "−5"]
    assert len(cells) == 14, "the second table has a cell over two columns, and none of its columns is set"


def test_the_entries_of_the_bibliography_are_items_of_a_list(page: str) -> None:
    (lists,) = re.findall(r'<div role="list" class="citation-list">(.*)', page, re.DOTALL)
    assert re.findall(r'<div class="citation"[^>]*role="(\w[\w-]*)"', lists) == ["listitem"]
    assert "doc-biblioentry" not in page


@pytest.mark.parametrize("text", ["3 ×", "× 3", "a × b", "50%", "% 50", "7 x 7", ""])
def test_other_texts_are_left_alone(text: str) -> None:
    assert kept_together(text) == text
