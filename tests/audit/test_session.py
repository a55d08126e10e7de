"""The audit in a notebook, its tables, and the collected report."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.audit_book import NOTEBOOK, PART, counting_audit, write_book, write_claims, write_notebook

from nnutils.audit import MIME, Audit, collect, summary
from nnutils.audit.__main__ import main
from nnutils.audit.claims import find_root
from nnutils.audit.judging import SYMBOLS
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked

FIELDS = ["id", "sheet", "question", "says", "stated", "computed", "verdict", "why"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


# --- in the notebook ----------------------------------------------------------------------------------------


def test_a_check_returns_and_keeps_the_verdict(book: Path) -> None:
    audit = Audit(NOTEBOOK, root=book)
    assert len(audit) == 3 and audit.question == "q3"
    judged = audit.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)
    assert judged.verdict == "confirmed"
    assert audit["001-q3-conv1-units"] is judged
    assert audit.verdicts == (judged,)
    assert [claim.id for claim in audit.unjudged] == ["001-q3-conv1-connections", "000-q3-conv1-connections"]


def test_the_counts_are_python_ints_for_glue(book: Path) -> None:
    counts = counting_audit(book).counts()
    assert counts == {
        "confirmed": 1,
        "wrong": 2,
        "rounded": 0,
        "convention": 0,
        "incomplete": 0,
        "unreadable": 0,
    }
    assert all(type(count) is int for count in counts.values())


@pytest.mark.parametrize(
    ("claim_id", "problem", "remedy"),
    [
        ("001-q3-conv9-units", f"is not in chapters/{PART}/claims.yml", "mend the id"),
        ("000-q1-cases", "is a claim of q1", "judges q3"),
        ("002-q3-derivation", "is a claim of the part foundations", f"judges {PART}"),
    ],
)
def test_a_foreign_claim_is_refused_by_name(book: Path, claim_id: str, problem: str, remedy: str) -> None:
    audit = Audit(NOTEBOOK, root=book)
    with pytest.raises(ClaimError, match=f"{claim_id} {problem}") as caught:
        audit.check(claim_id, 1)
    assert remedy in caught.value.remedy
    with pytest.raises(ClaimError, match=claim_id):
        audit[claim_id]


def test_a_claim_cannot_be_judged_twice(book: Path) -> None:
    with pytest.raises(ClaimError, match="001-q3-conv1-units is judged twice"):
        counting_audit(book).check("001-q3-conv1-units", 290400)


def test_a_refused_value_names_the_claim_and_stores_nothing(book: Path) -> None:
    audit = Audit(NOTEBOOK, root=book)
    with pytest.raises(ClaimError) as caught:
        audit.check("001-q3-conv1-units", None)
    assert caught.value.where == "claim 001-q3-conv1-units"
    assert audit.verdicts == ()
    with pytest.raises(ClaimError, match="is not judged yet"):
        audit["001-q3-conv1-units"]


@pytest.mark.parametrize(
    ("notebook", "problem"),
    [
        (f"{PART}/counting", "does not say which question"),
        (f"{PART}/02_backprop", "has no claims of q2"),
        ("sorting/01_sorting", "no part 'sorting'"),
    ],
)
def test_an_audit_of_nothing_is_refused(book: Path, notebook: str, problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        Audit(notebook, root=book)


def test_the_working_alone_can_be_judged(tmp_path: Path) -> None:
    entry = '- {{id: {}, sheet: "001", says: product, stated: {}, kind: number, expression: "units * 4"}}\n'
    write_claims(
        tmp_path, entry.format("001-q3-a", 20) + entry.format("001-q3-b", 21) + CLAIM_WITHOUT_WORKING
    )
    audit = Audit(NOTEBOOK, root=tmp_path)
    assert audit.check_working("001-q3-a", given={"units": 5}).verdict == "confirmed"
    assert audit.check_working("001-q3-b", given={"units": 5}).verdict == "wrong"
    with pytest.raises(ClaimError, match="001-q3-c has no working"):
        audit.check_working("001-q3-c")
    with pytest.raises(ClaimError, match="needs units"):
        Audit(NOTEBOOK, root=tmp_path).check_working("001-q3-a")


CLAIM_WITHOUT_WORKING = '- {id: 001-q3-c, sheet: "001", says: units, stated: 5, kind: number}\n'


# --- how it shows -------------------------------------------------------------------------------------------


class Checker(HTMLParser):
    """Refuses tags that are not closed in order, and collects the text of the cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.cells[-1] += data


def test_the_notebook_output_holds_text_html_and_json(book: Path) -> None:
    audit = Audit(NOTEBOOK, root=book)
    audit.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)
    bundle = audit._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", MIME}
    assert json.loads(json.dumps(bundle[MIME])) == bundle[MIME]
    assert [row["id"] for row in bundle[MIME]["verdicts"]] == ["001-q3-conv1-units"]
    assert bundle["text/plain"] == repr(audit)
    assert bundle["text/plain"].startswith("1 claim: 1 confirmed; 2 not judged yet")
    assert bundle["text/plain"].endswith(
        "not judged yet:\n"
        "  001-q3-conv1-connections (connections of the first convolution layer)\n"
        "  000-q3-conv1-connections (connections of the first convolution layer)"
    )
    assert 'class="worked"' in bundle["text/html"] and "55 · 55 · 96 = 290,400" in bundle["text/html"]


def test_the_html_table_is_well_formed_escaped_and_never_colour_alone(tmp_path: Path) -> None:
    claim = '- {id: 001-q3-x, sheet: "001", says: "a < b & <script>", stated: ["<b>"], kind: step}\n'
    write_claims(tmp_path, claim)
    audit = Audit(NOTEBOOK, root=tmp_path)
    audit.check("001-q3-x", ["<b>", "<i>"], why="<u>")
    text = audit._repr_mimebundle_()["text/html"]
    assert Checker(text).cells == [
        "a < b & <script>",
        "<b>",
        "<b>; <i>",
        "… incomplete",
        "not treated: <i>; <u>",
    ]
    assert '<span class="verdict verdict-incomplete">… incomplete</span>' in text
    assert ".verdicts { overflow-x: auto; }" in text and '<div class="verdicts">' in text


def test_a_formula_is_set_as_mathematics_in_html(tmp_path: Path) -> None:
    claim = '- {id: 001-q3-x, sheet: "001", says: rule, stated: "r < s", kind: rule, expression: "r"}\n'
    write_claims(tmp_path, claim)
    audit = Audit(NOTEBOOK, root=tmp_path)
    audit.check("001-q3-x", 5, given={"r": 5})
    bundle = audit._repr_mimebundle_()
    assert '<span class="math notranslate nohighlight">\\(r &lt; s\\)</span>' in bundle["text/html"]
    assert "r < s" in bundle["text/plain"]


def test_the_text_table_is_aligned_and_narrow(book: Path) -> None:
    lines = str(counting_audit(book)).splitlines()
    assert max(map(len, lines)) <= 110
    start = lines.index(next(line for line in lines if line.startswith("claim")))
    column = lines[start].index("verdict")
    marks = [line[column] for line in lines[start + 1 :] if len(line) > column and line[column] in "✓✗≈⇄…?"]
    assert marks == ["✓", "✗", "✗"]
    assert [line for line in lines if line.startswith("Sheet")] == ["Sheet 001", "Sheet 000"]


def test_combining_accents_take_no_column(tmp_path: Path) -> None:
    claim = '- {id: 001-q3-x, sheet: "001", says: "v\u0304 is r\u0304", stated: 1, kind: number}\n'
    write_claims(tmp_path, claim)
    audit = Audit(NOTEBOOK, root=tmp_path)
    audit.check("001-q3-x", 1)
    header, _, row = str(audit).splitlines()[2:5]
    assert row.index("1") == header.index("stated") + 2  # two accents are in the string, and in no column


def test_the_prose_can_show_a_part_of_the_table(book: Path) -> None:
    audit = counting_audit(book)
    assert len(audit.disputed) == len(audit.table(only="wrong")) == 2
    assert len(audit.table(only=["wrong", "confirmed"], sheet="001")) == 2
    assert not hasattr(audit.disputed, "_repr_mimebundle_")  # only the audit itself carries the verdicts
    with pytest.raises(ClaimError, match="'false' is no verdict"):
        audit.table(only="false")


# --- collected ----------------------------------------------------------------------------------------------


def test_the_stored_verdicts_are_collected_sorted(book: Path) -> None:
    rows = collect(book)
    assert [list(row) for row in rows] == [FIELDS] * 4
    assert [row["id"] for row in rows] == [
        "000-q1-cases",
        "000-q3-conv1-connections",
        "001-q3-conv1-units",
        "001-q3-conv1-connections",
    ]
    assert rows[1] == {
        "id": "000-q3-conv1-connections",
        "sheet": "000",
        "question": "q3",
        "says": "connections of the first convolution layer",
        "stated": "10,542,972",
        "computed": 105415200,
        "verdict": "wrong",
        "why": "no known slip gives it",
    }


def test_a_copy_left_by_the_editor_is_not_read(book: Path) -> None:
    write_notebook(book, counting_audit(book), f"{PART}/.ipynb_checkpoints/03_counting_alexnet-checkpoint")
    assert len(collect(book)) == 4


def test_the_summary_counts_by_sheet(book: Path) -> None:
    report = summary(book)
    assert report.claims == 4
    assert report.counts["001"]["wrong"] == 1 and report.counts["000"]["incomplete"] == 1
    assert report.total == {
        "confirmed": 1,
        "wrong": 2,
        "rounded": 0,
        "convention": 0,
        "incomplete": 1,
        "unreadable": 0,
    }
    assert all(type(count) is int for counts in report.counts.values() for count in counts.values())
    assert [line.split()[1:] for line in str(report).splitlines() if line[:1] in SYMBOLS.values()] == [
        ["confirmed", "0", "1", "1"],
        ["wrong", "1", "1", "2"],
        ["rounded", "0", "0", "0"],
        ["convention", "0", "0", "0"],
        ["incomplete", "1", "0", "1"],
        ["unreadable", "0", "0", "0"],
    ]
    assert str(report).splitlines()[-1].split() == ["claims", "2", "2", "4"]
    assert [verdict.id for verdict in report.table(only="wrong", sheet="001").verdicts] == [
        "001-q3-conv1-connections"
    ]
    Checker(report._repr_html_())
    Checker(report.table()._repr_html_())


def test_a_worked_number_keeps_its_derivation_in_the_collected_table(tmp_path: Path) -> None:
    write_claims(tmp_path)
    audit = Audit(NOTEBOOK, root=tmp_path)
    audit.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)
    write_notebook(tmp_path, audit, NOTEBOOK)
    assert "55 · 55 · 96 = 290,400" in summary(tmp_path).table()._repr_html_()


def test_the_command_lists_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--root", str(book)]) == 0
    assert json.loads(capsys.readouterr().out) == collect(book)
    assert main(["--json", "--root", str(book), "--part", "foundations"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_command_sums_up_and_fails_on_a_problem(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(book)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == ["claims", "2", "2", "4"]
    (book / "chapters" / f"{NOTEBOOK}.ipynb").unlink()
    assert main(["--root", str(book)]) == 1
    assert "never judged: 001-q3-conv1-units" in capsys.readouterr().out
    assert main(["--root", str(book), "--part", "foundations"]) == 0


def test_the_command_cuts_a_long_list_of_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claim = '- {{id: 001-q3-x{}, sheet: "001", says: units, stated: 5, kind: number}}\n'
    write_claims(tmp_path, "".join(claim.format(i) for i in range(25)))
    assert main(["--root", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("never judged: 001-q3-x") for line in lines) == 20
    assert lines[-1] == "never judged: 5 more"


def test_the_command_refuses_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_book(tmp_path) / "chapters" / f"{NOTEBOOK}.ipynb"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        main(["--root", str(tmp_path)])
    assert caught.value.code == 2
    assert re.search(r"03_counting_alexnet.ipynb cannot be read", capsys.readouterr().err)


HEAVY = "numpy", "torch", "matplotlib"
PROBE = """
import runpy, sys
sys.argv = ["nnutils.audit", *sys.argv[1:]]
try:
    runpy.run_module("nnutils.audit", run_name="__main__", alter_sys=True)
finally:
    loaded = [name for name in ("numpy", "torch", "matplotlib") if name in sys.modules]
    sys.stderr.write(f"loaded: {loaded}")
"""


@pytest.mark.slow
def test_the_command_loads_nothing_heavy_and_warns_of_nothing(book: Path) -> None:
    command = [sys.executable, "-c", PROBE, "--json", "--root", str(book)]
    run = subprocess.run(command, cwd=find_root(), capture_output=True, text=True, check=True)
    assert len(json.loads(run.stdout)) == 4
    assert run.stderr == "loaded: []"
    command[2] = "import numpy\n" + PROBE  # the probe can fail
    run = subprocess.run(command, cwd=find_root(), capture_output=True, text=True, check=True)
    assert run.stderr == "loaded: ['numpy']"
