"""Markdown in blocks and in lines: what is text, what is markup, and where it stands."""

from __future__ import annotations

import pytest

from nnutils.lint.readers import read_sheet
from nnutils.lint.sheets import Piece, Table


def pieces(source: str, name: str = "sheet.md") -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read_sheet(source, name).pieces()]


def texts(source: str, name: str = "sheet.md") -> list[str]:
    return [text for _, text in pieces(source, name)]


def tables(source: str, name: str = "sheet.md") -> list[tuple[int, list[list[str]]]]:
    blocks = read_sheet(source, name).blocks
    return [(b.headers, [[c.text for c in row] for row in b.rows]) for b in blocks if isinstance(b, Table)]


LINES = {
    # emphasis, and stars that are products
    "**363** and *363*, __363__, ~~4~~": "363 and 363, 363,",
    "5 * 3 * 2 = 30, 5*3*2 = 30": "5 * 3 * 2 = 30, 5*3*2 = 30",
    "2 *3* 4 = 24": "2 *3* 4 = 24",
    "2**10 = 1024, x**2 + y**2": "2**10 = 1024, x**2 + y**2",
    "**5*3 = 15**": "5*3 = 15",
    "x_1 + x_2, conv_1_weights": "x_1 + x_2, conv_1_weights",
    r"#units \* 3 \_ \# 4": "#units * 3 _ # 4",
    # formulas
    "a $x^2$ b \\(y\\) c": "a x^(2) b y c",
    "$$3 \\times 4$$": "3 × 4",
    "{math}`\\frac12`": "((1)/(2))",
    "\\begin{align} a &= 3 \\\\ &= 4 \\end{align}": "a = 3\n= 4",
    "\\begin{aligned} a &= 3": "a = 3",
    "$ 3 + 4 = 7 $": "3 + 4 = 7",
    # dollars
    "It costs $5, not $10": "It costs $5, not $10",
    "from $ 5 to about $ 6": "from $ 5 to about $ 6",
    "a $x": "a $x",
    # formulas beside each other are two
    "$3 = 3$ $4 = 4$": "3 = 3\N{EM SPACE}4 = 4",
    "$a$ $= b$": "a = b",
    # code, links, notes, HTML
    "`96 * 3 = 288`, ``a`b``": "96 * 3 = 288, a`b",
    "[see *this*](https://a.org/1 'x') ![5 = 6](a.png) [^1]": "[see this](https://a.org/1 'x')",
    "[see *this*](https://a.org/1) ![5 = 6](a.png) [^1]!": "see this  !",
    "A[1, 2](3)": "A[1, 2](3)",
    "{term}`strides <stride>` {cite}`key2012` {abbr}`x`": "strides  x",
    "11 &times; 11 &lt; 122 &nosuch;": "11 × 11 < 122 &nosuch;",
    "x<sup>2</sup> h<sub>1</sub> W<sub>in</sub> 1<sup>st</sup>": "x^(2) h_1 W_{in} 1st",
    "a <!-- 5 = 6 --> b<br>c <b>3</b> < 4 <x> 5": "a  b\nc 3 < 4 <x> 5",
    # signs
    "h₁ = x⁻¹ + 5²": "h_1 = x^(−1) + 5²",
    "a\u200b\u00adb": "ab",
    "so 11 \\times 11 = 121": "so 11 × 11 = 121",
}


@pytest.mark.parametrize(("source", "expected"), LINES.items(), ids=LINES)
def test_line(source: str, expected: str) -> None:
    assert texts(source) == [expected]


def test_blocks() -> None:
    source = """---
title: 5 = 6
---
# Units

Setext
---

One
line

- $3$
  more
- four
   1. five
2. six

> quoted

***

(target)=
[ref]: https://a.org

    indented = 3

```python
x = 5
```

~~~
plain
"""
    assert pieces(source) == [
        ("heading", "Units"),
        ("heading", "Setext"),
        ("text", "One\nline"),
        ("text", "3\n  more"),
        ("text", "four"),
        ("text", "five"),
        ("text", "six"),
        ("text", "quoted"),
        ("code", "    indented = 3"),
        ("code", "x = 5"),
        ("code", "plain"),
    ]


def test_directives_of_myst() -> None:
    source = """:::{note} A title
:class: tip
Inside **3**.
:::

````{dropdown} Hint 1
```{math}
:label: one
\\frac{1}{2}
```
````

```{code-block} python
y = 3
```

```{raw} html
<b>5 = 6</b>
```

```{figure} a.png
Caption.
```

After.
"""
    assert pieces(source) == [
        ("text", "A title"),
        ("text", "Inside 3."),
        ("text", "Hint 1"),
        ("text", "((1)/(2))"),
        ("code", "y = 3"),
        ("text", "Caption."),
        ("text", "After."),
    ]


def test_a_formula_ends_with_its_paragraph() -> None:
    assert texts("$$3 \\cdot 4 = 12\n\n**After** $5$") == ["3 · 4 = 12", "After 5"]


def test_a_quantity_behind_a_number_sign_is_no_heading() -> None:
    source = "# weights:  $3 * 4 = 12$\n\n# connections: #units \\* 5 = 60\n\n# Weights: a title"
    assert pieces(source) == [
        ("text", "# weights:  3 * 4 = 12"),
        ("text", "# connections: #units * 5 = 60"),
        ("heading", "Weights: a title"),
    ]


def test_a_sum_over_lines_is_no_list() -> None:
    assert texts("a = 3 * 4\n+ 5 * 6\n= 42") == ["a = 3 * 4\n+ 5 * 6\n= 42"]
    assert texts("a =\n5. Then") == ["a =\n5. Then"]


def test_comments_are_passed_over() -> None:
    assert texts("<!-- 1 = 2\n\n3 = 4 --> a\nb\n\n<!-- open\n\nc") == ["a\nb", "c"]
    assert texts("a\n<!-- open\nb\nc") == ["a", "b\nc"], "without an end it is one line"


@pytest.mark.parametrize(
    ("source", "headers", "rows"),
    [
        ("| a | b |\n|---|:-:|\n| **1** | $|x|$ |\n| 2 \\| |", 1, [["a", "b"], ["1", "|x|"], ["2 |", ""]]),
        ("a | b\n--|--\n1 | 2\n\nc", 1, [["a", "b"], ["1", "2"]]),
        ("layer\tunits\t\nconv1\t$3*4$\t", 1, [["layer", "units"], ["conv1", "3*4"]]),
        ("Trace\t\t\n$v$\t$= x$\t2\n\t$w$\t3", 1, [["Trace", "", ""], ["v", "= x", "2"], ["", "w", "3"]]),
        ("id   n\n---  --\nH 1  5\n---  --\nall  6", 1, [["id", "n"], ["H 1", "5"], ["all", "6"]]),
        ("===  ===\na    b\n===  ===\n1    2\n===  ===", 1, [["a", "b"], ["1", "2"]]),
        ("```{list-table}\n* - a\n  - b\n* - 1\n  - 2\n```", 1, [["a", "b"], ["1", "2"]]),
        ("1\t2\n3\t4", 0, [["1", "2"], ["3", "4"]]),
    ],
)  # fmt: skip
def test_tables(source: str, headers: int, rows: list[list[str]]) -> None:
    assert tables(source) == [(headers, rows)]


def test_columns_apart_by_blanks_are_a_table_in_plain_text_only() -> None:
    source = "layer  units  weights\nconv1  500    600\nfc1    7      8"
    assert tables(source, "sheet.txt") == [
        (1, [["layer", "units", "weights"], ["conv1", "500", "600"], ["fc1", "7", "8"]])
    ]
    assert tables(source, "sheet.md") == []
    assert tables("The $x$  is  $3$\nand  $y$  is\n$z$  is  4", "sheet.txt") == []


def test_indented_plain_text_is_not_code() -> None:
    assert pieces("a\n\n    3 * 4 = 12", "sheet.txt") == [("text", "a"), ("text", "3 * 4 = 12")]


def test_a_result_that_a_scan_tore_apart() -> None:
    assert texts("G = 4, 294, 967, 296\n\n$a = 10, 542,972$", "sheet.txt") == [
        "G = 4,294,967,296",
        "a = 10,542,972",
    ]
    for other in ("sizes = 4, 294, 967 and 3", "G: 4, 294, 967", "G = 4, 294", "G = 4, 29, 967"):
        assert texts(other, "sheet.txt") == [other]
    assert texts("G = 4, 294, 967, 296") == ["G = 4, 294, 967, 296"]


@pytest.mark.parametrize(
    ("source", "part", "line", "column", "stands"),
    [
        ("a\n\n**b:** $3 \\times 4 = 13$", "3 × 4 = 13", 3, 9, "3 \\times 4 = 13"),
        ("- a\n\n  - b `5 = 6`", "5 = 6", 3, 8, "5 = 6"),
        ("| a |\n|---|\n| $x^2$ |", "x^(2)", 3, 4, "x^2"),
        ("a\r\nb\r\n3 = 4", "3 = 4", 3, 1, "3 = 4"),
        ("a\rb\r3 = 4", "3 = 4", 3, 1, "3 = 4"),
        ("11 &times; 3 = 4", "11 × 3", 1, 1, "11 &times; 3"),
    ],
)
def test_places(source: str, part: str, line: int, column: int, stands: str) -> None:
    sheet = read_sheet(source, "sheet.md")
    piece = next(piece for piece in sheet.pieces() if part in piece.text)
    at = piece.text.index(part)
    start, end = piece.span(at, at + len(part))
    assert (sheet.where(start).line, sheet.where(start).column) == (line, column)
    assert sheet.source[start:end].startswith(stands[:1]) and stands.startswith(sheet.source[start:end])


def test_formulas_are_marked() -> None:
    (piece,) = read_sheet("a $2x$ b {math}`y`", "sheet.md").blocks
    assert isinstance(piece, Piece)
    assert [piece.text[start:end] for start, end in piece.formulas] == ["2x", "y"]
