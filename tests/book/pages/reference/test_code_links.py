"""Links from code: the first use of a public name, told from other names by what the page imports."""

from __future__ import annotations

import re

import pytest
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from nnutils.book.pages.reference.code_links import NamesInCode, with_links

KNOWN = {
    "shop.price": "shop.goods.price",
    "shop.goods.price": "shop.goods.price",
    "shop.goods.Box": "shop.goods.Box",
}


def used(*cells: str) -> list[tuple[tuple[int, int], str]]:
    """Return where names are used, and their full names."""
    names = NamesInCode(KNOWN)
    return [(place, full) for cell in cells for place, _, full in names.used(cell)]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("from shop import price\nprice(2)", (2, 0)),
        ("from shop import price as p\nx = p(2)", (2, 4)),
        ("import shop\nshop.price(2)", (2, 5)),
        ("import shop.goods as g\ng.price(2)", (2, 2)),
        ("import shop.goods\nshop.goods.price(2)", (2, 11)),
        ("from shop import goods\n[goods.price(n) for n in (1, 2)]", (2, 7)),
        ("%load_ext shop\nfrom shop import price\nprice(2)", (3, 0)),
        ("from shop import price\nprint('é', price(2))", (2, 11)),
        ("if True:\n    %time x\n    from shop import price\n    price(2)", (4, 4)),
    ],
)
def test_a_name_is_found_where_it_stands(cell: str, place: tuple[int, int]) -> None:
    assert used(cell) == [(place, "shop.goods.price")]


@pytest.mark.parametrize(
    "cell",
    [
        "price = 2\nprice",
        "from shop import price",
        "from mall import price\nprice(2)",
        "from shop import price\n[price for price in (1, 2)]",
        "from shop import price\nf = lambda price: price",
        "from shop import price\nx.price",
        "import shop\nmall.price",
        "# price(2)\n'price'",
        "price(2",
    ],
)
def test_what_only_looks_like_a_public_name_is_not_found(cell: str) -> None:
    assert used(cell) == []


def test_imports_hold_in_later_cells_until_the_name_means_something_else() -> None:
    assert len(used("from shop import price", "price(2)", "price(3)")) == 2
    assert used("from shop import price", "price = 3", "price") == []


def page(*cells: str) -> str:
    blocks = [highlight(cell, PythonLexer(), HtmlFormatter()) for cell in cells]
    return "<p>price</p>".join(
        f'<div class="highlight-ipython3 notranslate">{block}</div>' for block in blocks
    )


def links(text: str) -> list[str]:
    return re.findall(r'<a class="api-link" href="([^"]*)">', text)


def test_the_first_use_on_a_page_is_linked_and_no_other() -> None:
    before = page("from shop import price\nx = price(2) + price(3)", "price(4)")
    after = with_links(before, KNOWN, lambda full: f"lib.html#{full}")
    assert links(after) == ["lib.html#shop.goods.price"]
    assert after.index("<a ") < after.index("<p>price</p>")
    assert re.sub(r"</?a\b[^>]*>", "", after) == before  # nothing but links is added


def test_a_name_without_a_description_is_not_linked() -> None:
    before = page("from shop import price\nprice(2)")
    assert with_links(before, KNOWN, lambda full: "") == before


def test_characters_that_html_writes_otherwise_do_not_move_the_link() -> None:
    before = page("from shop.goods import Box\nx = 1 < 2 and '&' and Box('<')\n")
    after = with_links(before, KNOWN, lambda full: "lib.html")
    assert '<a class="api-link" href="lib.html">Box</a>' in after
    assert re.sub(r"</?a\b[^>]*>", "", after) == before


def test_other_blocks_are_left_alone() -> None:
    before = page("from shop import price\nprice(2)").replace("highlight-ipython3", "highlight-bash")
    assert with_links(before, KNOWN, lambda full: "lib.html") == before
