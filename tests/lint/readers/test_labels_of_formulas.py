"""What stands at a brace of a formula is a statement of its own, in each format that has LaTeX."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.readers import read_sheet

FORMULA = r"\underbrace{3 \cdot 4}_{2 + 3 = 6} = 12"
LINES = {
    "a.md": f"Then ${FORMULA}$ holds\n",
    "b.md": f"$$\n{FORMULA}\n$$\n",
    "a.tex": f"Then ${FORMULA}$ holds\n",
    "a.rst": f"Then :math:`{FORMULA}` holds\n",
    "b.rst": f".. math::\n\n   {FORMULA}\n",
    "a.org": f"Then ${FORMULA}$ holds\n",
    "b.org": f"\\begin{{equation}}\n{FORMULA}\n\\end{{equation}}\n",
    "a.adoc": f"Then latexmath:[{FORMULA}] holds\n",
    "b.adoc": f"[latexmath]\n++++\n{FORMULA}\n++++\n",
}


@pytest.mark.parametrize("name", LINES)
def test_a_statement_at_a_brace_is_read_and_judged(name: str) -> None:
    texts = [piece.text for piece in read_sheet(LINES[name], name).pieces()]
    assert len(texts) == 2 and "3 · 4 = 12" in texts[0] and texts[1] == "2 + 3 = 6"
    report = lint(LINES[name], name)
    assert [one.stated for one in report.judged if one.verdict == "right"] == ["12"]
    assert [(one.stated, one.computed) for one in report.wrong] == [("6", "5")]
