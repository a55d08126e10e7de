"""HTML as a sheet: blocks, tables, formulas, and where it all stands."""

from __future__ import annotations

import pytest

from nnutils.lint.readers import read_sheet
from nnutils.lint.readers.web.html_tokens import html_tokens
from nnutils.lint.sheets import Table


def texts(source: str) -> list[str]:
    return [piece.text for piece in read_sheet(source, "sheet.html").pieces()]


LINES = {
    "11 &times; 11 &#61; 121 &amp; &nosuch;": "11 × 11 = 121 & &nosuch;",
    "x<sub>1</sub> W<sub>in</sub> 2<sup>10</sup> 1<sup>st</sup> so<sup>[1]</sup>": "x_1 W_{in} 2^(10) 1st so",
    "a<br>b  \n c": "a\nb c",
    "\\(3 \\times 4\\) and $5$, not $6 or $7": "3 × 4 and 5, not $6 or $7",
    "a <!-- 1=2 --> <script>1=2</script><style>p{}</style>b": "a b",
    "3 < 4 <b>and</b> 5 > 2": "3 < 4 and 5 > 2",
    '<span title="1 > 2">5</span> <i hidden>6</i> <b aria-hidden="true">7</b>': "5",
    '<script type="math/tex">4 \\cdot 5</script>': "4 · 5",
    # MathML
    "<math><mfrac><mn>1</mn><mrow><mn>2</mn><mo>-</mo><mi>x</mi></mrow></mfrac></math>": "((1)/(2 − x))",
    "<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup><mi>y</mi></math>": "x_1^(2)y",
    "<math><msqrt><mn>2</mn></msqrt><mroot><mn>8</mn><mn>3</mn></mroot></math>": "√(2)root(3, 8)",
    "<math><mn>2</mn><mi>ln</mi><mover><mi>v</mi><mo>˙</mo></mover></math>": "2 ln v\u0307",
    "<math><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi></math>": "∑_i^(n)i",
    "<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable></math>": "[1, 2]",
    "<math><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mn>2</mn></mtd></mtr></mtable></math>": "a =2",
    "<math><semantics><mn>3</mn><annotation encoding='TeX'>\\pi</annotation></semantics></math>": "π",
    "<math><mn>3": "3",
    "<math><mn>3</mn><mfrac><mn>1</mn><mn/></mfrac><mo>+</mo><mn>4</mn></math>": "3((1)/()) + 4",
    "a <math/>b": "a b",
    '1 <svg viewBox="0 0 1 1"/>2 <b/>3 <svg><path d=""/>4</svg>5': "1 2 3 5",
    '<math><mn>3</mn><mspace/><mn>4</mn><mspace width="1em"/><mn>5</mn></math>': "3 4\N{EM SPACE}5",
    '<math><mn>3</mn><mspace width=".9em"/><mn>4</mn><mspace width="thin"/><mn>5</mn></math>': "3 4 5",
    '<math><mn>3</mn><mspace width="."/><mn>4</mn><mspace width="2."/><mn>5</mn></math>': "3 4\N{EM SPACE}5",
}


@pytest.mark.parametrize(("source", "expected"), LINES.items(), ids=LINES)
def test_line(source: str, expected: str) -> None:
    assert texts(f"<p>{source}</p>") == [expected]


def test_blocks_and_their_kinds() -> None:
    source = """<html><head><title>1 = 2</title></head><body><h2>Title</h2><p>One<p>Two<ul><li>a<li>b</ul>
<div class="cell_output"><pre>3 = 4
5</pre></div><div class="highlight"><pre class="highlight">x = 5</pre></div>"""
    assert [(piece.kind, piece.text) for piece in read_sheet(source, "a.htm").pieces()] == [
        ("heading", "Title"),
        ("text", "One"),
        ("text", "Two"),
        ("text", "a"),
        ("text", "b"),
        ("output", "3 = 4\n5"),
        ("code", "x = 5"),
    ]


def test_table() -> None:
    source = (
        "<table><caption>Counts</caption><thead><tr><th>layer<th>units</thead><tbody>"
        "<tr><td rowspan=2>c1<td>3<tr><td>4<tr><th>all<td>5<p>6</table>"
    )
    (table,) = read_sheet(source, "a.html").blocks
    assert isinstance(table, Table) and table.caption and table.caption.text == "Counts"
    assert (table.headers, [[cell.text for cell in row] for row in table.rows]) == (
        1,
        [["layer", "units"], ["c1", "3"], ["", "4"], ["all", "5\n6"]],
    )


def test_places() -> None:
    source = "<p>a\n<b>11 &times; 11</b> = 122"
    sheet = read_sheet(source, "a.html")
    (piece,) = sheet.pieces()
    start, end = piece.span(piece.text.index("11"), len(piece.text))
    assert source[start:end] == "11 &times; 11</b> = 122"
    assert (sheet.where(start).line, sheet.where(start).column) == (2, 4)


@pytest.mark.parametrize(
    "part",
    [
        "<",
        "<a",
        "<math>",
        "<table>",
        "&",
        "<!--",
        "<p ",
        '<p "',
        "</",
        "<td>",
        "<sup>",
        "\\(",
        "<script>",
        "<![CDATA[",
    ],
)
def test_malformed_pages_are_read(part: str) -> None:
    source = part * (20_000 // len(part))
    assert len("".join(texts(source))) <= len(source)
    assert sum(token.end - token.start for token in html_tokens(source)) <= len(source)
