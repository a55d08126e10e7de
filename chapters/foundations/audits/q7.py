"""What sheet 002 states about choosing convolutions, judged.

Each part of the question has a row in the sheet's table, and a working below it. A cell that the question
gives must repeat it, and counts as given. A cell that the solver of the sheet *chose* is right if some answer
to the question has it; the row is right if its cells make one answer together. A row or a solution that is
none is compared with the answer that differs from it in the fewest settings.

The working has an equation for each part, in the settings left open there. Each is compared with the size
formula at many settings. A solution is right if the solver finds it. The lists of solutions of (3b) and (3c)
have two readings, as examples and as all there are; the claims on the whole lists take the second one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import gcd
from pathlib import Path
from typing import Any

import torch

from nnutils import conv_output_size, solve_conv
from nnutils.audit import Audit, evaluate, load_claims
from nnutils.networks import ConvSettings

__all__ = ["audit"]

PARTS: dict[str, dict[str, Any]] = {
    "1a": {"input": 64, "output": 32, "kernel_size": 8, "dilation": 1},
    "1b": {"input": 64, "output": 32, "dilation": 7, "stride": 2},
    "2a": {"input": 32, "output": 8, "padding": 0, "dilation": 1},
    "3a": {"input": 8, "output": 4, "padding": 0, "dilation": 1},
    "3b": {"input": 8, "output": 4, "padding": 2, "dilation": 2},
    "3c": {"input": 8, "output": 4, "padding": 1, "dilation": 1},
}
INSTEAD = {"input": 32, "kernel_size": 8, "stride": 4, "padding": 0, "dilation": 1}  # part 2b
CHANNELS = 64  # of the second layer
COLUMNS = ("i", "p", "d", "k", "s", "o")
NAMES = {"p": "padding", "d": "dilation", "k": "kernel_size", "s": "stride"}
GRID = {"k": range(1, 7), "s": range(1, 5), "p": range(4), "d": range(1, 4)}

DROPPED = "the 1 is dropped"
Point = dict[str, Any]


def audit() -> Audit:
    """Return the judged audit: sizes from the size formula, solutions from the solver."""
    answers = {part: solve_conv(**given) for part, given in PARTS.items()}
    answers["2a"] = [a for a in answers["2a"] if a.kernel_size <= a.stride]
    judged = Audit.of(__file__)
    _judge_table(judged, answers)
    _judge_equations(judged)
    _judge_formula(judged)
    _judge_solutions(judged, answers)
    _judge_several_and_side_by_side(judged, answers)
    _judge_reduced_line(judged)
    _note_lines(judged)
    _note_figures(judged, answers)
    return judged


def _stated(judged: Audit, name: str) -> Any:
    return judged.claim(f"002-q7-{name}").stated


def _row(judged: Audit, part: str) -> dict[str, int]:
    """Return the sheet's row of a part by column."""
    return dict(zip(COLUMNS, _stated(judged, f"{part}-row"), strict=True))


def _setting(row: dict[str, int]) -> ConvSettings:
    return ConvSettings(row["k"], row["s"], row["p"], row["d"])


def _size(i: int, k: int, s: int, p: int, d: int) -> int:
    return int(conv_output_size(i, k, s, p, d))


def _points(letters: str) -> list[Point]:
    """Return every point of the grid in these letters."""
    values = product(*(GRID[letter] for letter in letters))
    return [dict(zip(letters, each, strict=True)) for each in values]


def _unread(i: int, setting: ConvSettings) -> list[int]:
    """Return the pixels of an axis that no window touches."""
    k, s, p, d = setting
    touched = {n * s - p + tap * d for n in range(_size(i, k, s, p, d)) for tap in range(k)}
    return sorted(set(range(i)) - touched)


def _answer_rows(answers: dict[str, list[ConvSettings]]) -> dict[str, list[list[int]]]:
    """Return the rows that answer each part, cell by cell; part 2b asks for an output size only."""
    rows = {
        part: [
            [given["input"], a.padding, a.dilation, a.kernel_size, a.stride, given["output"]]
            for a in answers[part]
        ]
        for part, given in PARTS.items()
    }
    size, k, s, p, d = (INSTEAD[name] for name in ("input", "kernel_size", "stride", "padding", "dilation"))
    return rows | {"2b": [[size, p, d, k, s, _size(size, k, s, p, d)]]}


def _nearest(said: Sequence[int], right: Sequence[Sequence[int]]) -> list[int]:
    """Return the right answer that differs from what is said in the fewest places."""
    return list(min(right, key=lambda answer: sum(a != b for a, b in zip(answer, said, strict=True))))


def _judge_table(judged: Audit, answers: dict[str, list[ConvSettings]]) -> None:
    """Judge the table, cell by cell and each row as a whole."""
    for part, right in _answer_rows(answers).items():
        said = _stated(judged, f"{part}-row")
        judged.check(f"002-q7-{part}-row", _nearest(said, right))
        for place, column in enumerate(COLUMNS):
            values = sorted({answer[place] for answer in right})
            several = f"one of {', '.join(map(str, values))}" if len(values) > 1 else ""
            cell = judged.number(f"002-q7-{part}-{column}")
            judged.check(
                f"002-q7-{part}-{column}", min(values, key=lambda value: abs(value - cell)), evidence=several
            )


def _judge_equations(judged: Audit) -> None:
    """Compare each part's equation with the size formula, at many settings."""
    equations: dict[str, tuple[str, Callable[[Point], int]]] = {
        "1a-equation": ("sp", lambda v: _size(64, 8, v["s"], v["p"], 1)),
        "1b-equation": ("kp", lambda v: _size(64, v["k"], 2, v["p"], 7)),
        "2a-equation": ("k", lambda v: _size(32, v["k"], v["k"], 0, 1)),
        "3a-equation": ("ks", lambda v: _size(8, v["k"], v["s"], 0, 1)),
        "3c-equation": ("ks", lambda v: _size(8, v["k"], v["s"], 1, 1)),
    }
    for name, (letters, right) in equations.items():
        judged.check(f"002-q7-{name}", right, samples=_points(letters))
    narrow = [v for v in _points("ks") if 2 * v["k"] - 1 <= 12]  # the windows that fit
    judged.check("002-q7-3b-equation", lambda v: _size(8, v["k"], v["s"], 2, 2), samples=narrow)
    judged.check(
        "002-q7-2b-equation", [INSTEAD[name] for name in ("input", "dilation", "kernel_size", "stride")]
    )
    pooling = torch.nn.MaxPool2d(INSTEAD["kernel_size"], INSTEAD["stride"])
    judged.check("002-q7-2b-output", pooling(torch.zeros(CHANNELS, INSTEAD["input"], INSTEAD["input"])).shape)


def _judge_formula(judged: Audit) -> None:
    """Judge the size formula, and whether it is the one of question 6."""
    every = [{"size": 64, **v} for v in _points("kspd")]
    rights = [_size(v["size"], v["k"], v["s"], v["p"], v["d"]) for v in every]
    judged.check("002-q7-size-formula", rights, samples=every)
    of_the_part = {claim.id: claim for claim in load_claims(judged.part, Path(__file__).parents[3])}
    known = of_the_part["002-q6-size-formula"].expression
    agree: dict[int, set[bool]] = {d: set() for d in GRID["d"]}
    for v, right in zip(every, rights, strict=True):
        agree[v["d"]].add(evaluate(known, v) == right)
    judged.check(
        "002-q7-size-formula-origin",
        all(all(same) for same in agree.values()),
        evidence="question 6 has no dilation",
        missing={"d = 1": all(agree[1])},
        cause="the formula of question 6 has no dilation",
    )


def _judge_solutions(judged: Audit, answers: dict[str, list[ConvSettings]]) -> None:
    """Judge each solution by whether the solver finds it, and the two lists of solutions."""

    def among(name: str, part: str, letters: str) -> None:
        found = [[getattr(a, NAMES[c]) for c in letters] for a in answers[part]]
        judged.check(f"002-q7-{name}", _nearest(_stated(judged, name), found))

    for part, letters in (("1a", "ps"), ("1b", "pk"), ("2a", "ks"), ("3a", "ks")):
        among(f"{part}-solution", part, letters)
    for part in ("3b", "3c"):
        among(f"{part}-solution-first", part, "ks")
        among(f"{part}-solution-second", part, "ks")
        judged.check(
            f"002-q7-{part}-solutions",
            [f"k = {a.kernel_size}, s = {a.stride}" for a in answers[part]],
            cause="a solution is missing in the list",
            why="Read as examples it is right: each has a verdict of its own.",
        )


def _judge_several_and_side_by_side(judged: Audit, answers: dict[str, list[ConvSettings]]) -> None:
    """Judge the closing remark by the parts with two answers, and the stride of windows side by side."""
    twice = [part for part in PARTS if any(c.id == f"002-q7-{part}-solution-second" for c in judged.claims)]
    numbers = {part: len(answers[part]) for part in twice}
    judged.check(
        "002-q7-several-answers",
        bool(twice) and all(number >= 2 for number in numbers.values()),
        evidence=", ".join(f"{part} has {number}" for part, number in numbers.items()),
    )
    no_gaps = [a for a in answers["2a"] if not _unread(32, a)]
    gaps = [str(a.kernel_size) for a in answers["2a"] if a not in no_gaps]
    judged.check(
        "002-q7-2a-non-overlapping",
        all(a.kernel_size == a.stride for a in answers["2a"]),
        evidence=f"with s = 4, k = {', '.join(gaps)} do not overlap either",
        conventions={
            "the windows also leave no pixel out, as poolings usually do": all(
                a.kernel_size == a.stride for a in no_gaps
            )
        },
    )


def _judge_reduced_line(judged: Audit) -> None:
    """Judge the one equation that the sheet simplifies before it solves it, in (1b).

    The right line is 0 = floor((r - 62) / 2), with r - 62 = 1 - 7 (k - 1) + 2p.
    """

    def numerator(v: Point) -> int:
        return int(64 + 2 * v["p"] - 7 * (v["k"] - 1) - 1 - 2 * 31)

    judged.check(
        "002-q7-1b-reduced",
        lambda v: _size(64, v["k"], 2, v["p"], 7) - 32,
        samples=_points("kp"),
        slips={DROPPED: lambda v: (numerator(v) - 1) // 2},
    )
    judged.check_working(
        "002-q7-1b-reduced-solution",
        cause=DROPPED,
        why="Cut off towards zero it would be 0; but the brackets are a floor.",
    )


def _note_lines(judged: Audit) -> None:
    """Put the sheet's own answers into each of its lines, and note which lines they do not satisfy."""
    answers: dict[str, Sequence[tuple[str, str]]] = {
        "1a": [("1a-solution", "ps")],
        "1b": [("1b-solution", "pk")],
        "2a": [("2a-solution", "ks")],
        "3a": [("3a-solution", "ks")],
        "3b": [("3b-solution-first", "ks"), ("3b-solution-second", "ks")],
        "3c": [("3c-solution-first", "ks"), ("3c-solution-second", "ks")],
    }
    lines = {f"{part}-equation": (part, PARTS[part]["output"]) for part in answers}
    lines["1b-reduced"] = ("1b", 0)
    failing, tried = {}, 0
    for line, (part, left) in lines.items():
        for name, letters in answers[part]:
            point = dict(zip(letters, _stated(judged, name), strict=True))
            gives = evaluate(judged.claim(f"002-q7-{line}").expression, point)
            tried += 1
            if gives != left:
                failing[line] = gives
    judged.figures.update(lines_tried=tried, lines_failing=len(failing), reduced_gives=failing["1b-reduced"])


def _note_figures(judged: Audit, answers: dict[str, list[ConvSettings]]) -> None:
    """Note what the page quotes: what the wrong line leads to, and which pixels the chosen layers miss."""
    row = _row(judged, "1b")
    p, reduced = 0, judged.claim("002-q7-1b-reduced").expression
    while evaluate(reduced, {"k": row["k"], "p": p}):
        p += 1
    blind = _setting(_row(judged, "3b"))
    read = 1 - len(_unread(8, blind)) / 8
    k, s = _stated(judged, "3b-solution-second")
    judged.figures.update(
        left_over=64 - 1 - 2 * (32 - 1),
        reduced_p=p,
        reduced_size=_size(64, row["k"], row["s"], p, row["d"]),
        solutions={part: len(found) for part, found in answers.items()},
        missing={
            part: ", ".join(
                f"$k = {a.kernel_size}$, $s = {a.stride}$"
                for a in answers[part]
                if f"k = {a.kernel_size}, s = {a.stride}" not in _stated(judged, f"{part}-solutions")
            )
            for part in ("3b", "3c")
        },
        blind=blind,
        blind_divisor=gcd(blind.stride, blind.dilation),
        blind_share=read**2,
        other_unread=len(_unread(8, ConvSettings(k, s, blind.padding, blind.dilation))),
        first_unread=_unread(64, _setting(row)),
        first=_setting(row),
        first_wanted=PARTS["1b"]["output"],
        other=ConvSettings(k, s, blind.padding, blind.dilation),
        listed={part: len(_stated(judged, f"{part}-solutions")) for part in ("3b", "3c")},
    )
