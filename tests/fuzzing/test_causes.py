"""What once broke the library, or kept it busy for ever: each is now a right answer or a named error."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.fuzzing.guard import Record, each
from support.fuzzing.odd import LONG
from support.fuzzing.outcome import NAMED, RIGHT

from nnutils.audit.__main__ import main
from nnutils.audit.claim_files.claims import load_claims
from nnutils.audit.report import summary
from nnutils.audit.statements.expressions import evaluate, parse
from nnutils.autodiff import trace
from nnutils.book.contents.reading import read_notebook, read_settings, stored_cells
from nnutils.book.pages.auditing.statements import statements_in
from nnutils.core.errors import BookError
from nnutils.core.worked import Worked
from nnutils.lint import lint
from nnutils.networks.layers import Conv2d, Linear
from nnutils.networks.network import Network
from nnutils.networks.solver import solve_conv
from nnutils.practice.asked import Asked
from nnutils.practice.judging import judge
from nnutils.practice.live.network_text import network_of
from nnutils.slips.explaining import explain
from nnutils.slips.expressions import read_expression
from nnutils.slips.precision import at_precision, parse_written
from nnutils.slips.stated import read, read_list


def claims(stated: str, kind: str = "number", more: str = "") -> bytes:
    head = 'sheets: ["001"]\nclaims:\n- id: 001-q1-a\n  sheet: "001"\n  says: x\n'
    return f"{head}  kind: {kind}\n  stated: {stated}\n{more}".encode()


@contextlib.contextmanager
def book() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "chapters/part").mkdir(parents=True)
        yield Path(folder)


def loaded(content: bytes) -> object:
    with book() as root:
        (root / "chapters/part/claims.yml").write_bytes(content)
        return load_claims("part", root)


def reported(lay: Callable[[Path], object], name: str = "chapters/part/claims.yml", root: str = "") -> None:
    """A report on a book of which one file is something else; it has to say so."""
    with book() as folder, contextlib.redirect_stderr(io.StringIO()) as complained:
        lay(folder / name)
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                status = main(["--root", root or str(folder)])
            except SystemExit as stopped:
                status = int(str(stopped.code))
        assert status in (1, 2) and complained.getvalue().strip(), f"status {status}"


def stored(content: bytes, *readings: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.ipynb")
        path.write_bytes(content)
        for reading in readings:
            reading(path)


def aliases(deep: int) -> str:
    rows = ["&a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    rows += [f"&a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, deep)]
    return f"[{', '.join(rows)}]"


FORMULAS: dict[str, tuple[Any, dict[str, Any]]] = {
    "a power without end": ("9**9**9", {}),
    "a power of a name without end": ("x**(10**9)", {"x": 3}),
    "a product of long numbers": ("*".join(["x"] * 50), {"x": 10**4000}),
    "many signs": ("-" * 1500 + "1", {}),
    "a long sum": ("1+" * 900 + "1", {}),
    "a longer sum": ("1+" * 20_000 + "1", {}),
    "many .T": ("x" + ".T" * 900, {"x": 1}),
    "many brackets": ("(" * 1900, {}),
    "half of a character": ("\ud800", {}),
    "a null character": ("1\0", {}),
    "no text": (None, {}),
    "bytes": (b"1", {}),
    "a sign before nothing": ("-x", {"x": None}),
    "a text many times": ("x * 10**10", {"x": "x"}),
    "an array of long numbers": ("x**x", {"x": np.array([10**9, 3], dtype=object)}),
}
CLAIMS: dict[str, bytes] = {
    "bytes that are no text": b"\xff\xfe\x00\x01",
    "a number that is none": claims("!!int x"),
    "a float that is none": claims("!!float x"),
    "a date that is none": claims("!!timestamp x"),
    "a number without digits": claims("0b_"),
    "a number of 5,000 digits": claims("9" * 5000),
    "a number of 5,000 digits in base 16": claims("0x" + "F" * 5000),
    "an unknown tag": claims("!!python/object:os.system x"),
    "1,800 brackets": claims("[" * 1800 + "]" * 1800, "shape"),
    "300 brackets": claims("[" * 300 + "]" * 300, "shape"),
    "100,000 brackets": b"[" * 100_000,
    "aliases of aliases": claims(aliases(13), "shape"),
    "aliases of aliases as a number": claims(aliases(13)),
    "an alias inside itself": claims("&a [*a]", "shape"),
    "digits without end": claims("5", more="  digits: 1000000000\n"),
    "a power of ten without end": claims('"1e999999999"'),
    "half of a character": claims('"\\ud800"', "formula", '  expression: "\\ud800"\n'),
    "a list as a key": b'sheets: ["001"]\n? [claims]\n: b\n',
    "an id of 5,000 digits": claims("1").replace(b"q1", b"q" + b"9" * 5000),
}
NOTEBOOKS: dict[str, bytes] = {
    "a list": b"[]", "a number": b"3", "cells that are none": b'{"cells": [3]}', "no cells": b"{}",
    "cells by name": b'{"cells": {"a": 1}}', "outputs that are none": b'{"cells": [{"outputs": 3}]}',
    "data that are none": b'{"cells": [{"outputs": [{"data": 3}]}]}', "many brackets": b"[" * 100_000,
    "no text": b"\xff", "a long number": b'{"cells": ' + b"9" * 5000 + b"}",
    "rows that are none": b'{"cells": [{"outputs": [{"data": {"text/x-ndjson": "3"}}]}]}',
}  # fmt: skip


def nothing(path: Path) -> None:
    """Leave the file out."""


CAUSES: dict[str, tuple[str, Callable[[], object]]] = {
    **{f"formula: {name}": (NAMED, lambda c=case: evaluate(*c)) for name, case in FORMULAS.items()},
    "formula: 190 brackets around one number": (RIGHT, lambda: parse("(" * 190 + "1" + ")" * 190)),
    **{f"claims: {name}": (NAMED, lambda c=content: loaded(c)) for name, content in CLAIMS.items()},
    "claims: a formula that is only too large to compute": (
        RIGHT,
        lambda: loaded(claims("x", "formula", "  expression: 9**9**9\n")),
    ),
    "report: a folder": (RIGHT, lambda: reported(Path.mkdir)),
    "report: a link to itself": (RIGHT, lambda: reported(lambda path: path.symlink_to(path.name))),
    "report: a link to nothing": (RIGHT, lambda: reported(lambda path: path.symlink_to("nothing"))),
    "report: a pipe": (RIGHT, lambda: reported(os.mkfifo)),
    "report: bytes": (RIGHT, lambda: reported(lambda path: path.write_bytes(b"\xff"))),
    "report: contents that are no text": (
        RIGHT,
        lambda: reported(lambda path: path.write_bytes(b"\xff"), "_toc.yml"),
    ),
    "report: contents that are a folder": (RIGHT, lambda: reported(Path.mkdir, "_toc.yml")),
    "report: a missing root": (RIGHT, lambda: reported(nothing, root="/nowhere/at/all")),
    "report: a root too long for a name": (RIGHT, lambda: reported(nothing, root="a" * 5000)),
    "report: a root with a null character": (RIGHT, lambda: reported(nothing, root="a\0")),
    "settings: a folder": (NAMED, lambda: read_settings(Path("/"))),
    **{
        f"notebook: {name}": (NAMED, lambda c=content: stored(c, statements_in, stored_cells))
        for name, content in NOTEBOOKS.items()
    },
    **{
        f"notebook of Jupyter: {name}": (NAMED, lambda c=content: stored(c, read_notebook))
        for name, content in NOTEBOOKS.items()
        if "are none" not in name and name != "cells by name"
    },
    "typed: no text": (NAMED, lambda: read_expression(None)),  # type: ignore[arg-type]
    "typed: a list that is no text": (NAMED, lambda: read_list(None)),  # type: ignore[arg-type]
    "typed: a power without end": (NAMED, lambda: read("9**9**9")),
    "typed: not a number": (NAMED, lambda: read(float("nan"))),
    "typed: a number of 5,001 digits": (NAMED, lambda: read(LONG)),
    "typed: an array": (NAMED, lambda: read(np.ones(3))),
    "typed: one entry as Python writes it": (RIGHT, lambda: right_entry()),
    "written: a power of ten without end": (NAMED, lambda: parse_written("1e999999999")),
    "written: 5,000 digits": (NAMED, lambda: parse_written("9" * 5000)),
    "written: a number of 5,001 digits": (NAMED, lambda: parse_written(LONG)),
    "written: digits without end": (NAMED, lambda: parse_written("5", 10**9)),
    "written: digits beyond what can be written": (NAMED, lambda: parse_written("1/10", 4300)),
    "written: more than 28 digits": (RIGHT, lambda: many_digits()),
    "a sheet: a power that is no float": (RIGHT, lambda: lint("10^400 = 1")),
    "explained: a power that is no float": (RIGHT, lambda: explain(-(Worked(100) ** 155), 0)),
    "solver: millions of settings": (NAMED, lambda: solve_conv(10**6, 3000)),
    "solver: a range without end": (NAMED, lambda: solve_conv(10**5, 16, stride=range(1, 10**12))),
    "solver: an array": (NAMED, lambda: solve_conv(np.ones(3), 3)),  # type: ignore[arg-type]
    "network: an array as a size": (NAMED, lambda: Network((np.ones(3),), [Linear(3)])),  # type: ignore[arg-type]
    "network: a size of 5,001 digits": (NAMED, lambda: Network((1, 5, 5), [Conv2d(1, LONG)])),
    "network as text: a size of 5,000 digits": (NAMED, lambda: network_of("9" * 5000 + " relu")),
    "network as text: a setting of 5,000 digits": (NAMED, lambda: network_of(f"3x9x9 conv({'9' * 5000}, 3)")),
    "network as TOML: a size of 5,000 digits": (NAMED, lambda: network_of(f"input = [{'9' * 5000}]")),
    "worked: an array": (NAMED, lambda: Worked(np.ones(3))),  # type: ignore[arg-type]
    "worked: a power without end": (NAMED, lambda: Worked(9) ** 10**9),
    "table: digits that are no number": (NAMED, lambda: table([1])),
    "table: digits without end": (NAMED, lambda: table(10**9)),
}


def right_entry() -> None:
    assert judge(Asked("size", "the size", "a", (7,)), "(7,)").verdict == "right"


def many_digits() -> None:
    written = parse_written("0.123456789012345678901234567890123")
    assert at_precision(written, written.value) == "0.123456789012345678901234567890123"


def table(digits: Any) -> object:
    return trace(lambda x: x * x, 3.0).forward(digits=digits)


@pytest.fixture(scope="module")
def record() -> Record:
    """Each cause under guard, so that one which comes back is stopped, and the others are told apart."""
    return each(CAUSES, lambda name: CAUSES[name][1]())


def test_no_cause_is_a_fault(record: Record) -> None:
    assert record.faults == []
    assert record.inputs == len(CAUSES)


@pytest.mark.parametrize("name", CAUSES)
def test_each_comes_to_what_it_should(record: Record, name: str) -> None:
    assert record.outcomes_by_input[repr(name)] == CAUSES[name][0]


def test_a_claims_file_that_cannot_be_read_is_no_book_without_claims() -> None:
    with book() as root:
        path = root / "chapters/part/claims.yml"
        path.symlink_to(path.name)
        assert [problem.kind for problem in summary(root).problems] == ["bad claims"]


def test_a_link_that_leads_nowhere_is_called_so() -> None:
    with book() as root:
        (root / "_toc.yml").symlink_to("nothing")
        with pytest.raises(BookError, match="_toc.yml is a link that leads nowhere"):
            summary(root)
