"""The mutation run finds, tries and reports small faults, those of a toy package among them."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.mutating.equivalents import LISTED, Equivalent, listed, stale
from tools.mutating.faults import Fault, faults_in, makes_another_program
from tools.mutating.reach import Reach
from tools.mutating.reporting import figures, survivors, table
from tools.mutating.sampling import drawn, package_of
from tools.mutating.trying import Outcome, order
from tools.pages import ROOT

TOY = '''"""A toy."""

def larger(a, b):
    """Return the larger number."""
    if a > b:
        return a
    return b


def grade(points):
    return "passed" if points >= 50 else "failed"


def forever(n):
    while n > 0:
        n -= 1
    return n
'''
TESTS = """from nnutils.toy.sums import forever, grade, larger


def test_larger():
    assert larger(1, 2) == 2 and larger(2, 1) == 2


def test_grade():
    assert grade(80) == "passed" and grade(20) == "failed"


def test_forever():
    assert forever(3) == 0
"""


def changed(source: str) -> dict[str, str]:
    """The new first line of each fault of a statement, with its kind."""
    return {
        fault.lines(source)[1].split("\n")[0]: fault.kind
        for fault in faults_in("nnutils/toy/sums.py", source)
        if makes_another_program(fault, source)
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("y = a < b", {"y = a <= b", "y = a >= b"}),
        ("y = a not in b", {"y = a in b"}),
        ("y = (a) + (b)", {"y = (a) - (b)"}),
        ("y = a and b", {"y = a or b", "y = True and b", "y = a and True"}),
        ("y = not a", {"y = (a)"}),
        ("y = -n", {"y = (n)"}),
        ("y = 7", {"y = 8", "y = 6"}),
        ("y = 0", {"y = 1"}),
        ("y = 0.25", {"y = 0.5"}),
        ("y = True", {"y = False"}),
        ("y = f(a, b)", {"y = f(b, a)"}),
        ("y = isinstance(a, B)", set()),
        ("y = zip(*a, strict=True)", set()),
        ("y = sorted(a)", {"y = list(a)"}),
        ("y = max(a, b)", {"y = max(b, a)", "y = min(a, b)"}),
        ("y = a.strip()", {"y = a"}),
        ("y = [a for a in b if a]", {"y = [a for a in b if True]"}),
        ("f(a)", {"pass"}),
        ("x[i] = a", {"pass"}),
        ("x += a", {"pass", "x -= a"}),
        ("raise Wrong", {"pass"}),
        ("y: Literal[1] = a", set()),
        ('y = "a text"', set()),
        ('y = f"{a:.2f} and {{b}}"', {'y = f"{a:.3f} and {{b}}"'}),
        ('y = f"{a:,}"', {'y = f"{a:}"'}),
        ('y = f"ä {a + len(b):.0f}"', {'y = f"ä {a - len(b):.0f}"', 'y = f"ä {a + len(b):.1f}"'}),
        ('y = f"{a != 1!r}"', {'y = f"{a == 1!r}"', 'y = f"{a != 2!r}"', 'y = f"{a != 0!r}"'}),
        ("import a", set()),
        ('__all__ = ["a"] + b', set()),
    ],
)
def test_the_faults_of_a_statement_are_these_and_no_others(line: str, expected: set[str]) -> None:
    assert set(changed(line + "\n")) == expected


def test_branches_and_returns_are_exchanged_too() -> None:
    assert changed("def f(a):\n    if a:\n        return b\n") == {
        "if not (a):": "condition negated",
        "return None": "nothing returned",
    }
    assert changed("def f(a):\n    return b if a else c\n") == {
        "return None": "nothing returned",
        "return b if not (a) else c": "condition negated",
    }
    assert set(changed("for a in b:\n    continue\n")) == {"break", "pass"}


def test_a_default_is_a_fault_of_the_lines_that_use_it() -> None:
    source = "def f(a, b=3, *, c: int = 4):\n    d = a\n    return a\n"
    defaults = [fault for fault in faults_in("m", source) if fault.kind == "constant"]
    assert {fault.lines(source)[1] for fault in defaults} == {
        f"def f(a, b={b}, *, c: int = {c}):" for b, c in [(4, 4), (2, 4), (3, 5), (3, 3)]
    }
    assert {fault.body for fault in defaults} == {(2, 3)}


def test_docstrings_annotations_and_decorators_stay() -> None:
    source = '@d(1)\ndef f(a: L[1]) -> L[2]:\n    """Return 1."""\n    return a\n'
    assert [fault.kind for fault in faults_in("m", source)] == ["nothing returned"]


def test_every_fault_is_one_change_that_compiles() -> None:
    source = (ROOT / "nnutils/core/words.py").read_text(encoding="utf-8")
    found = faults_in("nnutils/core/words.py", source)
    assert len(found) > 30
    for fault in found[::7]:
        assert ast.parse(fault.applied(source))
        assert fault.applied(source) != source
        assert f"+++ {fault.module}" in fault.diff(source)


def test_the_sample_follows_the_seed_and_gives_each_module_its_share() -> None:
    long, short = "".join(f"y{n} = a < b\n" for n in range(80)), "y = a < b\n" * 20
    modules = {"nnutils/long/a.py": long, "nnutils/short/b.py": short, "nnutils/drawing/c.py": short}

    def packages(faults: list[Fault]) -> list[str]:
        return [package_of(fault.module) for fault in faults]

    sample = drawn(modules, 10, 3, seed=1)
    assert packages(sample) == ["long"] * 8 + ["short"] * 2 + ["drawing"] * 3
    assert sample == drawn(modules, 10, 3, seed=1)
    assert sample != drawn(modules, 10, 3, seed=2)
    assert len(drawn(modules, 1000, 0, seed=1)) == 100, "one of each statement"


def test_the_nearest_and_fastest_test_goes_first() -> None:
    source = "def f(a):\n    y = a < b\n    return y\n"
    fault = next(fault for fault in faults_in("nnutils/toy/sums.py", source) if fault.kind == "comparison")
    reach = Reach()
    tests = [
        ("tests/other/test_x.py::test_far", 0.1, [2]),
        ("tests/toy/test_y.py::test_slow", 2.0, [2]),
        ("tests/toy/test_y.py::test_fast", 1.0, [2]),
        ("tests/toy/test_sums.py::test_named", 3.0, [2]),
        ("tests/toy/test_y.py::test_of_another_line", 0.1, [3]),
        ("tests/toy/test_z.py::test_of_nothing", 0.1, []),
        ("tests/toy/test_more_sums.py::test_cached", 0.3, []),
        ("tests/other/test_sums.py::test_elsewhere", 0.1, []),
    ]
    for name, seconds, lines in tests:
        test = {"id": name, "seconds": seconds, "starts": False, "passed": True}
        reach.add({"tests": [test], "lines": {"nnutils/toy/sums.py": {str(line): [0, -1] for line in lines}}})
    failed = {"id": "tests/toy/test_sums.py::test_broken", "seconds": 0.0, "starts": False, "passed": False}
    reach.add({"tests": [failed], "lines": {"nnutils/toy/sums.py": {"2": [0]}}})
    names = [test.name.split("_")[-1] for test in order(fault, reach)]
    assert names == ["named", "fast", "slow", "far", "cached", "line"]
    assert reach.failed == ["tests/toy/test_sums.py::test_broken"]


def toy(folder: Path, tests: str = TESTS) -> Path:
    """A tree with a package of three functions and its tests."""
    for name, text in {
        "nnutils/__init__.py": '"""Nothing."""\n',
        "nnutils/toy/__init__.py": '"""Nothing."""\n',
        "nnutils/toy/sums.py": TOY,
        "tests/toy/test_sums.py": tests,
        "pyproject.toml": "[tool.pytest.ini_options]\npythonpath = ['.']\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


EQUIVALENT = """
[[equivalent]]
module = "nnutils/toy/sums.py"
function = "larger"
old = "if a > b:"
new = "if a >= b:"
reason = "of two equal numbers either is the larger"
"""
RUN = """
import sys
from pathlib import Path
from tools import mutants
from tools.mutating import children, watching
children.HEAVY = ()
watching.PATIENCE = 0.5
asked = ["--sample", "40", "--seed", "3", "--only", "toy", "--goal", "100", "--write"]
sys.exit(mutants.main(asked, Path(sys.argv[1])))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the run forks")
def test_a_toy_package_shows_the_fault_that_its_tests_let_through(tmp_path: Path) -> None:
    root = toy(tmp_path)
    (root / LISTED).write_text(EQUIVALENT, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-c", RUN, str(root)], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    counts = json.loads((root / "docs/status/mutants.json").read_text(encoding="utf-8"))
    own = {"seed", "sample", "caught", "hung", "equivalent", "by_package"}
    assert set(counts) == own | {"title", "command", "commit", "facts"}
    assert counts["facts"][0] == ["faults apart from drawing", counts["sample"]]
    assert counts["by_package"] == {
        "toy": {key: counts[key] for key in ("sample", "caught", "hung", "equivalent")}
    }
    assert (root / "nnutils/toy/sums.py").read_text(encoding="utf-8") == TOY, "the tree stays as it is"
    assert counts["equivalent"] == 1
    assert counts["caught"] == counts["sample"] - 2
    assert '+    return "passed" if points >= 49 else "failed"' in ran.stdout
    assert ran.stdout.count("+++ nnutils/toy/sums.py") == 1
    assert counts["hung"] == 1, "a loop without an end"
    assert str(tmp_path) not in json.dumps(counts)


def test_the_report_counts_by_package_and_shows_survivors_as_diffs() -> None:
    found = faults_in("nnutils/toy/sums.py", TOY)
    first, second, third = found[:3]
    outcomes = [
        Outcome(first, "caught", "t", 1), Outcome(second, "survived", "", 4), Outcome(third, "hung", "", 2)
    ]  # fmt: skip
    counts = figures(outcomes, [], 7)
    assert counts == {
        "seed": 7, "sample": 3, "caught": 2, "hung": 1, "equivalent": 0,
        "by_package": {"toy": {"sample": 3, "caught": 2, "hung": 1, "equivalent": 0}},
    }  # fmt: skip
    assert "67 %" in table(counts)
    assert "100 %" in table(figures(outcomes, [outcomes[1]], 7)), "what changes nothing is not counted"
    text = survivors(outcomes, {"nnutils/toy/sums.py": TOY})
    assert "4 tests ran" in text
    assert text.count("+++") == 1


def test_an_equivalent_fault_is_known_by_its_lines_and_forgotten_when_they_change(tmp_path: Path) -> None:
    root = toy(tmp_path)
    entry = Equivalent(
        "nnutils/toy/sums.py",
        "larger",
        "if a > b:",
        "if a >= b:",
        "of two equal numbers either is the larger",
    )
    assert stale([entry], root) == []
    unexplained = Equivalent(entry.module, entry.function, entry.old, entry.new, "is so")
    elsewhere = Equivalent(entry.module, "grade", entry.old, entry.new, entry.reason)
    assert stale([entry, unexplained, elsewhere], root) == [unexplained, elsewhere]
    (root / entry.module).write_text(TOY.replace("a > b", "b < a"), encoding="utf-8")
    assert stale([entry], root) == [entry]


def test_each_listed_fault_is_one_of_the_sources() -> None:
    assert stale(listed(ROOT / LISTED), ROOT) == []
