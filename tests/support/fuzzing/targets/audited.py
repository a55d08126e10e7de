"""What an audit reads: formulas as Python, claims files, books whose files are not what their names say."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from support.fuzzing.claim_files import anything, claim_files, right_files
from support.fuzzing.expressions import UNKNOWN, exact_value, loose, trees, written
from support.fuzzing.odd import mostly, odd
from support.fuzzing.outcome import Target

from nnutils.audit.__main__ import main
from nnutils.audit.claim_files.claims import load_claims
from nnutils.audit.statements.expressions import evaluate, names, parse
from nnutils.book.contents.reading import read_settings
from nnutils.core.errors import NNUtilsError

__all__ = ["TARGETS"]

_PYTHON = {"^": "**"}
_GIVEN: dict[str, int] = {"x": 3, "h": -2}
_trees = trees(("x", "h"), "+ - * / // %").map(
    lambda tree: (written(tree, _PYTHON), exact_value(tree, _GIVEN))
)


def _check_formula(given: tuple[str, Any]) -> None:
    text, right = given
    try:
        made: Any = evaluate(text, {name: Fraction(value) for name, value in _GIVEN.items()})
    except NNUtilsError as error:
        assert right is None or right is UNKNOWN, f"{text} is {right}: {error}"
        raise
    if right is None or right is UNKNOWN or isinstance(made, complex):
        return
    scale = max(abs(right), 1)
    assert (
        abs(Fraction(made) - right) <= scale * Fraction(1, 10**6)
        or "." in text
        or "//" in text
        or "%" in text
    ), f"{text} is {right}, not {made}"


_PREFIXES = ["-", "1+", "x.T*", "(", "[", "x*", "2**", "abs(", "~", "not "]
_value = mostly(st.integers(-9, 10**4) | st.sampled_from([np.eye(3), np.ones(3), 10**4000]), times=2)
_odd_given = st.fixed_dictionaries(
    {"x": _value, "h": _value, "W": _value},
    optional={"abs": st.sampled_from([abs, np.exp, 3]), "pi": odd},
)
_source = mostly(
    trees(("x", "h", "W"), "+ - * / // % @").map(lambda tree: written(tree, _PYTHON)),
    st.one_of(
        loose,
        odd,
        st.tuples(st.sampled_from(_PREFIXES), st.integers(0, 3000)).map(
            lambda parts: parts[0] * parts[1] + "x"
        ),
    ),
    times=5,
)


def _check_odd_formula(given: tuple[Any, dict[str, Any]]) -> None:
    text, values = given
    tree = parse(text)
    assert tree is not None and all(isinstance(name, str) for name in names(text))
    evaluate(text, values)


def _check_claims(given: tuple[bytes, list[dict[str, Any]] | None]) -> None:
    content, right = given
    with _book() as book:
        (book / "chapters/part/claims.yml").write_bytes(content)
        try:
            made = load_claims("part", book)
        except NNUtilsError as error:
            assert right is None, f"{error}"
            raise
    assert len({claim.id for claim in made}) == len(made)
    if right is not None:
        found = [
            {name: getattr(claim, name) for name in fields} for claim, fields in zip(made, right, strict=True)
        ]
        assert found == right, f"{found}, not {right}"


@contextlib.contextmanager
def _book() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder)
        (book / "chapters/part").mkdir(parents=True)
        yield book


_right_claims = right_files.map(lambda made: made[0].encode())
_file: st.SearchStrategy[Any] = mostly(
    mostly(_right_claims, anything, times=5),
    st.sampled_from(["folder", "loop", "nowhere", "pipe", "absent"]),
    times=3,
)
_AUDITS = (
    b"", b"\xff", b"def audit(): return 3", b"raise KeyError('x')", b"def audit(:", b"audit = 4",
    b"from nnutils.audit import Audit\ndef audit(): return Audit.of(__file__)",
    b"def audit(): return audit()",
)  # fmt: skip
_books = st.fixed_dictionaries(
    {
        "chapters/part/claims.yml": _file,
        "_toc.yml": mostly(st.sampled_from(["absent", b"- file: chapters/part/index"]), _file, times=3),
        "chapters/part/audits/q1.py": mostly(st.sampled_from(["absent", *_AUDITS]), _file, times=2),
    },
    optional={
        "chapters/other/claims.yml": _file,
        "chapters/part/deep/claims.yml": _file,
        "chapters/part/audits/other.py": st.just(b""),
    },
)
_roots = mostly(st.none(), st.sampled_from(["nowhere", "a\0b", "a" * 5000, "_toc.yml", "\udcff"]), times=2)
_options = st.lists(
    st.sampled_from(["--json", "--csv", "--explanations", "--part=part", "--part=..", "--part=a\0"]),
    max_size=2,
)


def _check_report(given: tuple[dict[str, Any], str | None, list[str]]) -> None:
    files, root, options = given
    with _book() as book:
        for name, content in files.items():
            _lay(book / name, content)
        said, complained = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            try:
                status = main(["--root", str(book / root) if root else str(book), *options])
            except SystemExit as stopped:
                status = stopped.code  # type: ignore[assignment]
    assert status in (0, 1, 2), f"status {status}"
    assert bool(status) == bool(complained.getvalue().strip()), f"status {status}, {complained.getvalue()!r}"
    unread = files["chapters/part/claims.yml"] in ("folder", "loop", "nowhere", "pipe")
    assert status or not unread or root, "a claims.yml that cannot be read is no problem"


def _lay(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "folder":
        path.mkdir()
    elif content == "pipe":
        os.mkfifo(path)
    elif content != "absent":
        path.symlink_to(path.name if content == "loop" else "nowhere at all")


def _check_settings(content: bytes) -> None:
    with _book() as book:
        (book / "_toc.yml").write_bytes(content)
        assert isinstance(read_settings(book / "_toc.yml"), dict)


TARGETS = (
    Target("formulas as Python", _trees, _check_formula, share=6),
    Target("formulas of odd values", st.tuples(_source, _odd_given), _check_odd_formula, share=7),
    Target("claims files", claim_files, _check_claims, share=6),
    Target("reports of a book", st.tuples(_books, _roots, _options), _check_report, share=4),
    Target("settings of a book", anything, _check_settings, share=3),
)
