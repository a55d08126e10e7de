"""Each part's audit page shows every question that sheets answer, below a link to its lesson."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import pytest
from support.notebook_files import QUESTIONS, ROOT, prose, read

from nnutils.audit import load_claims
from nnutils.audit.claim_files.claims import parts_of

PARTS = sorted({*parts_of(ROOT), *(path.parent.name for path in ROOT.glob("chapters/*/audit.ipynb"))})
PAGES = {part: ROOT / "chapters" / part / "audit.ipynb" for part in PARTS}

HEADING = re.compile(r"^#{2,6}\s+(.*)$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
TABLE = re.compile(r"""report\.question\((["'])(q[1-9]\d*)\1\)""")
PLACE = "#what-the-sheets-say"

Section = tuple[list[str], list[str]]  # where its heading leads to, and the questions whose tables it shows


def sections(notebook: Any) -> list[Section]:
    """Return the sections of an audit page that have a link in the heading, or a table of a question."""
    found: list[Section] = [([], [])]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found += [(LINK.findall(heading), []) for heading in HEADING.findall(cell.source)]
        elif table := TABLE.fullmatch(cell.source.strip()):
            found[-1][1].append(table[2])
    return [section for section in found if any(section)]


def expected(part: str) -> list[Section]:
    """Return a section for each question of a part that has claims, in the order of their numbers."""
    numbers = sorted({int(claim.question.removeprefix("q")) for claim in load_claims(part, ROOT)})
    lessons = {int(p.name.partition("_")[0]): p.name for p in QUESTIONS if p.parent.name == part}
    return [([lessons.get(n, f"the lesson of q{n}") + PLACE], [f"q{n}"]) for n in numbers]


@pytest.mark.parametrize("part", PARTS)
def test_an_audit_page_shows_each_question_with_claims_and_no_other(part: str) -> None:
    assert PAGES[part].is_file(), f"chapters/{part}/claims.yml has no audit page"
    assert sections(read(PAGES[part])) == expected(part), "add the heading and its cell: CONTRIBUTING.md"


def test_the_overview_leads_to_each_audit_page_once() -> None:
    text = "\n".join(prose(read(ROOT / "chapters/audit.ipynb")))
    leads_to = [target for target in LINK.findall(text) if target.endswith("/audit.ipynb")]
    assert sorted(leads_to) == [f"{part}/audit.ipynb" for part in PARTS]


def test_there_are_parts() -> None:
    assert PARTS and all(expected(part) for part in PARTS), "the tests above would compare nothing"


def page(*cells: str) -> Any:
    """A notebook: headings as Markdown cells, everything else as code."""
    new = nbformat.v4
    return new.new_notebook(
        cells=[new.new_markdown_cell(c) if c.startswith("#") else new.new_code_cell(c) for c in cells]
    )


ONE, TABLE_1 = "### [One](01_one.ipynb)", 'report.question("q1")'
TWO, TABLE_2 = "### [Two](02_two.ipynb)", 'report.question("q2")'
RIGHT = [(["01_one.ipynb"], ["q1"]), (["02_two.ipynb"], ["q2"])]


def test_the_sections_of_a_right_page_are_read() -> None:
    assert sections(page("# Judged", "report", "## Every statement", ONE, TABLE_1, TWO, TABLE_2)) == RIGHT


@pytest.mark.parametrize(
    "cells",
    [
        (ONE, TABLE_1),
        (ONE, TABLE_1, TWO),
        (ONE, TABLE_1, TABLE_2),
        (ONE, TABLE_1, "### Two", TABLE_2),
        (TWO, TABLE_2, ONE, TABLE_1),
        (ONE, TABLE_2, TWO, TABLE_1),
        (ONE, TABLE_1, TABLE_1, TWO, TABLE_2),
        (ONE, TABLE_1, TWO, TABLE_2, "### [Three](03_three.ipynb)"),
        (ONE, TABLE_1, TWO, TABLE_2, "### Three", 'report.question("q3")'),
        (TABLE_2, ONE, TABLE_1, TWO),
        (ONE, TABLE_1, TWO, f"# {TABLE_2}"),
        (ONE, TABLE_1, TWO, f"rows = {TABLE_2}"),
    ],
)
def test_a_page_that_misses_or_misplaces_something_is_told_apart(cells: tuple[str, ...]) -> None:
    assert sections(page(*cells)) != RIGHT
