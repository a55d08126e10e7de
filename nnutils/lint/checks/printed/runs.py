"""What code printed, in a notebook or behind a prompt, against what the code computes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from nnutils.lint.checks.printed.python import Program
from nnutils.lint.checks.printed.showing import Printed, Shown
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.sheets import Piece

__all__ = ["check_runs"]

_PROMPT = re.compile(
    r"^(?P<indent>[ \t]*)(?:>>>|In ?\[\d+\]:)[ ](?P<code>[^\n]*(?:\n[ \t]*\.\.\.(?:[ ][^\n]*)?)*)",
    re.MULTILINE,
)
_REPLY = re.compile(r"(?:\n(?![ \t]*(?:>>>|In ?\[\d+\]:))[^\n]*\S[^\n]*)*")
_OUT = re.compile(r"^[ \t]*Out ?\[\d+\]:[ ]?", re.MULTILINE)
_BAR_BELOW = re.compile(r"\n[ \t]*(?:─+|-{2,})[ \t]*\n[ \t]*[^\s─-]")
_NUMBER = r"[-+−]?(?:\d[\d,_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?%?|nan|inf|-inf"
_WRITTEN = re.compile(
    r"(?P<sign>[-+−]?)(?P<digits>[\d,_]*\.?(?P<decimals>\d*))(?:[eE](?P<power>[-+]?\d+))?%?"
)
_NOISE = Fraction(1, 10**6)
"""Numbers of 32 bits are as exact as this, relatively."""

_LONGEST_LINE = 1_000
_MOST_RUNS = 400


def check_runs(context: Context) -> Iterator[Finding]:
    """Judge the numbers that code printed, as far as it is known what it computes.

    >>> from nnutils.lint import lint
    >>> text = "```\\n>>> n = 96\\n>>> n * 11**2 * 3\\n34484\\n```"
    >>> [(one.line, one.stated, one.computed) for one in lint(text).wrong]
    [(4, '34484', '34848')]
    """
    found = [*_of_notebook(context), *_of_sessions(context)]
    right, wrong = (sum(one.verdict == verdict for one in found) for verdict in ("right", "wrong"))
    for one in found:
        if one.verdict == "wrong" and wrong > right + 1:
            why = f"{one.why} The output may be that of other code."
            one = replace(one, verdict="suspicious", why=why)
        yield one


def _of_notebook(context: Context) -> Iterator[Finding]:
    program = Program()
    for code, printed in context.sheet.runs[:_MOST_RUNS]:
        program.lines = []
        lines = [line for line in code.text.split("\n") if not line.lstrip().startswith(("%", "!"))]
        silent = code.text.rstrip().endswith(";")
        program.run("\n".join(lines), shows_last=not silent)
        yield from _compared(context, printed, 0, len(printed.text), program.lines)


def _of_sessions(context: Context) -> Iterator[Finding]:
    program = Program()
    for piece in context.sheet.pieces():
        if ">>>" not in piece.text and "In [" not in piece.text:
            continue
        for found in _PROMPT.finditer(piece.text):
            lines = found["code"].split("\n")
            code = "\n".join([lines[0], *(re.sub(r"^[ \t]*\.\.\.[ ]?", "", line) for line in lines[1:])])
            reply = _REPLY.match(piece.text, found.end())
            program.lines = []
            program.run(code, shows_each=">>>" in found[0])
            if reply is not None and reply[0]:
                yield from _compared(context, piece, reply.start() + 1, reply.end(), program.lines)


def _compared(
    context: Context, piece: Piece, start: int, end: int, lines: Sequence[Sequence[Printed] | None]
) -> Iterator[Finding]:
    """Set what was printed against what the code prints, line by line, as long as the words are the same.

    A last number over a bar is the numerator of a fraction, which some libraries print over three lines.
    """
    place, loose = start, False
    for number, line in enumerate(lines, 1):
        if line is None:
            loose = True
            continue
        pattern = _pattern(line)
        if loose and not any(isinstance(part, str) and part.strip() for part in line):
            # Any number looks like this one: where it stands is known from the end alone.
            if None in lines[number:]:
                continue
            place = max(place, _line_from_the_end(piece.text, place, end, len(lines) - number + 1))
        while place < end:
            stop = piece.text.find("\n", place, end)
            stop = end if stop < 0 else stop
            found = pattern.fullmatch(piece.text, place, stop) if stop - place <= _LONGEST_LINE else None
            place = stop + 1
            if found is not None and number == len(lines) and _BAR_BELOW.match(piece.text, stop, end):
                return
            if found is not None:
                yield from _judged(context, piece, found, [one for one in line if isinstance(one, Shown)])
                loose = False
                break
            if not loose:
                return


def _line_from_the_end(text: str, start: int, end: int, count: int) -> int:
    """Return where the last line but ``count`` - 1 begins between two places."""
    end = start + len(text[start:end].rstrip())
    for _ in range(count):
        begin = text.rfind("\n", start, end) + 1 or start
        end = begin - 1
    return begin


def _pattern(line: Sequence[Printed]) -> re.Pattern[str]:
    made = r"[ \t]*(?:Out ?\[\d+\]:[ ]?)?"
    for part in line:
        if part is None:
            made += r".*?"
        elif isinstance(part, Shown):
            made += rf"[ ]*({_NUMBER})"
        else:
            made += re.sub(r"(?:\\ )+", "[ ]*", re.escape(part))
    return re.compile(made + r"[ \t]*")


def _judged(
    context: Context, piece: Piece, found: re.Match[str], numbers: Sequence[Shown]
) -> Iterator[Finding]:
    for place, number in enumerate(numbers, 1):
        stated = found[place]
        verdict = _verdict(stated, number)
        if verdict is not None:
            start, end = found.span(place)
            yield context.finding(
                piece, start, end, "printed", verdict, stated=stated, computed=number.text.strip(),
                why="" if verdict == "right" else f"The code above it prints {number.text.strip()}.",
            )  # fmt: skip


def _verdict(stated: str, number: Shown) -> Verdict | None:
    """Return the verdict on a number as it was printed; None where one of the two is no number."""
    if stated == number.text.strip():
        return "right"
    written = _WRITTEN.fullmatch(stated)
    value = number.value
    if written is None or value != value or value in (float("inf"), float("-inf")):
        return None
    power = int(written["power"] or 0)
    if abs(power) > 400:
        return None
    said = Fraction(re.sub(r"[,_]", "", written["digits"]).rstrip(".") or "0") * Fraction(10) ** power
    said = -said if written["sign"] in ("-", "−") else said
    right = Fraction(value) * (100 if stated.endswith("%") else 1)
    if isinstance(value, int) and not written["decimals"]:
        return "right" if said == right else "wrong"
    unit = Fraction(10) ** (power - len(written["decimals"]))
    apart = abs(said - right)
    if apart <= unit / 2 + abs(right) * _NOISE:
        return "right"
    return "rounded" if apart <= unit * 3 / 2 and written["decimals"] else "wrong"
