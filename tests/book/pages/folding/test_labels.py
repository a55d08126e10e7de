"""The rules: what hidden code is called, and which code may be hidden because it only draws."""

from __future__ import annotations

from typing import Any

import pytest

from nnutils.book.pages.folding import label, only_draws, with_labels

PICTURE = {"image/svg+xml": "<svg/>", "text/plain": "<Figure>"}
TABLE = {"text/html": "<table></table>", "text/plain": "1"}
DRAWS = "drawing.draw_bars(counts)"


def code(source: str, *outputs: dict[str, str], tags: tuple[str, ...] = (), said: str = "") -> dict[str, Any]:
    metadata: dict[str, Any] = {"tags": list(tags)} | ({"mystnb": {"code_prompt_show": said}} if said else {})
    return {
        "cell_type": "code",
        "source": source,
        "metadata": metadata,
        "outputs": [{"output_type": "display_data", "data": data} for data in outputs],
    }


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


SENTENCE = code("%%prose\nIt is {{ n }}.")


@pytest.mark.parametrize(
    ("cell", "where", "expected"),
    [
        (code("import math\n\ndrawing.use_style()"), (), "Imports"),
        (code("%load_ext nnutils.book\nfrom math import pi"), ("Question",), "Imports"),
        (code("import math\nn = 3"), ("Question",), "Code that prepares the next step"),
        (code(DRAWS, PICTURE), ("Solution", "Model answer"), "Code that draws the figure"),
        (code("report.table()", TABLE), (), "Code that makes the table"),
        (code("n = 3"), ("Solution", "Model answer", SENTENCE), "Code of the model answer"),
        (code("n = 3"), ("Solution", "Why", SENTENCE), "Code behind the text below"),
        (code("n = 3"), ("How we know", "", SENTENCE), "Code behind the text below"),
        (code("n = 3"), ("How we know", "", code("n")), "Code of the second route"),
        (code("n = 3"), ("Solution", "Why", code("n")), "Code that prepares the next step"),
    ],
)
def test_what_a_cell_gives_and_where_it_stands_says_what_it_does(
    cell: dict[str, Any], where: tuple[Any, ...], expected: str
) -> None:
    assert label(cell, *where) == expected


def test_the_first_comment_comes_before_the_authors_words_and_these_before_the_rule() -> None:
    assert (
        label(code("# Both sides, at random points.\nn = 3", said="Both")) == "Both sides, at random points"
    )
    assert label(code(DRAWS, PICTURE, said="Code of the arrows")) == "Code of the arrows"
    assert label(code("n = 3  # not the first\n# nor this", said="Words")) == "Words"


def test_a_label_of_the_rule_follows_the_cell() -> None:
    assert label(code("n = 3", said="Code that draws the figure")) == "Code that prepares the next step"


def test_hidden_cells_are_labelled_by_the_headings_above_them() -> None:
    cells = [
        text("# Title"),
        code("import math", tags=("hide-input",)),
        text("## Solution\n\n### Model answer"),
        code("n = 3", tags=("hide-input",)),
        code("n"),
        text("## How we know"),
        code("m = 3", tags=("hide-input",)),
    ]
    labels = dict(with_labels(cells))
    assert labels == {1: "Imports", 3: "Code of the model answer", 6: "Code of the second route"}


@pytest.mark.parametrize(
    ("cell", "later", "draws"),
    [
        (code(DRAWS, PICTURE), [], True),
        (code(f"names = list(counts)\n{DRAWS}", PICTURE), [code("print(counts)")], True),
        (
            code("import math\nfigure = plt.plot()\ndrawing.describe(figure, '')", PICTURE),
            [code("math.pi")],
            True,
        ),
        (code(f"names = list(counts)\n{DRAWS}", PICTURE), [code("names = 3\nprint(names)")], True),
        (code(f"names = list(counts)\n{DRAWS}", PICTURE), [code("[f(names) for names in x]")], True),
        (code(f"names = list(counts)\n{DRAWS}", PICTURE), [code("lambda names: names")], True),
        (code(f"names = 1\n{DRAWS}", PICTURE), [code("names", tags=("hide-input",))], True),
        (code(f"names = 1\n{DRAWS}", PICTURE), [code("%%prose\n{{ names }}")], True),
        # each of these computes or checks something that a reader is to see
        (code(f"names = list(counts)\n{DRAWS}", PICTURE), [code("print(names)")], False),
        (code(f"def twice(x):\n    return 2 * x\n\n\n{DRAWS}", PICTURE), [code("twice(3)")], False),
        (code(f"assert counts\n{DRAWS}", PICTURE), [], False),
        (code(f"lesson.compare(counts)\n{DRAWS}", PICTURE), [], False),
        (code(DRAWS, PICTURE, TABLE), [], False),
        (code(DRAWS), [], False),
        (code("counts", PICTURE), [], False),
        (code("answer = drawing.draw_bars(counts)", PICTURE), [], False),
        (code("count(network).draw_bars()", PICTURE), [], False),
        (code("%%prose\ndrawing", PICTURE), [], False),
        (code("drawing.draw_bars(", PICTURE), [], False),
        (text(DRAWS), [], False),
    ],
)
def test_only_what_serves_nothing_but_its_figure_may_be_hidden(
    cell: dict[str, Any], later: list[dict[str, Any]], draws: bool
) -> None:
    assert only_draws([cell, *later], 0) is draws
