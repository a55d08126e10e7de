"""Arithmetic as it is said aloud: '109 divided by 2 is 54.5', 'the square root of 2 is 1.414'."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

from nnutils.lint.checks.tables.cells import NumberCell, number_cell
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import UnreadableError, parse, tokens_of
from nnutils.lint.sheets import Piece, piece_of
from nnutils.lint.values import Reading, UndefinedError, compute
from nnutils.slips.precision import match

__all__ = ["check_spoken"]

_N = r"\d(?:[\d.,'’_]*\d)?"
_BEING = (
    r",?\s+(?:is|are|makes|gives(?:\s+us)?|equals|comes\s+to|that(?:['’]s|\s+is|\s+makes|\s+gives)|it['’]s"
    r"|which\s+(?:is|makes|gives(?:\s+us)?)|(?:we|you)\s+get)\s+(?P<about>(?:about|roughly|around|some)\s+)?"
    r"(?:just\s+|exactly\s+)?"
)
_STATED = rf"(?P<stated>{_N}(?:\s+(?:thousand|million|billion))?)"
_BEHIND = (
    r"(?![\d%]|[.,'’_]\d|\s\d|\s*[-+*/×·^=]|\s*\)|\s+(?:times|plus|minus|by|divided|multiplied|more|less|fewer|over|too"
    r"|out\s+of|to|squared|cubed|higher|lower|percent\w*|binary|mod(?:ulo)?|in\s+(?:binary|base|hex\w*)"
    r"|hundreds?|thousands?|millions?|billions?|or|x|if|remainder|rest|with\s+\d+\s+left|and\s+an?"
    r"|on\s+(?:a|the)\s+clock)\b)"
)
_SCALED = r"(?:hundred|thousand|million|billion|percent|times|by|to|of|and|or)\b"
_OPERATORS = {"times": "*", "multiplied by": "*", "plus": "+", "minus": "-", "divided by": "/"}
_OPERATOR = r"(?:times|multiplied\s+by|plus|minus|divided\s+by)"
_WORKED = re.compile(
    rf"(?<![\w.,'’])(?P<work>{_N}(?:\s+{_OPERATOR}\s+{_N})+)(?:\s+(?!{_OPERATOR}|squared|cubed)[a-z]+(?=,))?"
    rf"{_BEING}{_STATED}{_BEHIND}"
)
_FUNCTIONS = {
    "square root": "√({})", "cube root": "root(3, {})", "logistic function": "1/(1 + exp(-({})))",
    "logistic": "1/(1 + exp(-({})))", "sigmoid": "1/(1 + exp(-({})))",
    "sigmoid function": "1/(1 + exp(-({})))",
    "tanh": "tanh({})", "hyperbolic tangent": "tanh({})", "natural logarithm": "ln({})",
    "natural log": "ln({})",
    "exponential": "exp({})", "exponential function": "exp({})",
}  # fmt: skip
_CALLED = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(_FUNCTIONS, key=len, reverse=True))})\s+(?:of|at)\s+"
    rf"(?P<sign>(?:minus\s+|-)?)(?P<of>{_N}){_BEING}{_STATED}{_BEHIND}",
    re.IGNORECASE,
)
_RAISED = re.compile(
    rf"(?<![\w.,'’])(?P<base>{_N}|e)\s+to\s+the\s+(?:power\s+(?:of\s+)?(?P<sign>(?:minus\s+|-)?)(?P<by>{_N})"
    rf"|(?P<nth>\d+)(?:st|nd|rd|th)(?:\s+power)?){_BEING}{_STATED}{_BEHIND}"
)
_SIGNED = rf"[-−]?{_N}"
_MEAN = re.compile(
    r"\b(?P<name>mean|average|sum|product|max(?:imum)?|largest|greatest|min(?:imum)?|smallest)"
    r"(?:(?:\s+|-)pooling)?\s+of\s+(?:the\s+)?"
    rf"(?P<list>{_SIGNED}(?:,\s+{_SIGNED})+(?:,\s+|,?\s+and\s+){_SIGNED}){_BEING}(?P<stated>{_SIGNED}){_BEHIND}",
    re.IGNORECASE,
)
_ADDED = re.compile(
    rf"(?<![\w.,'’])(?P<one>{_N})\s+(?!{_SCALED})[a-z]+,?\s+plus\s+(?:the\s+|another\s+)?(?P<two>{_N})(?:\s+[a-z]+)?"
    rf"{_BEING}{_STATED}{_BEHIND}"
)
_SIDES = re.compile(
    rf"(?<![\w.,'’])(?P<one>{_N})\s+(?:[a-z]+\s+){{0,5}}[a-z]+,?\s+plus\s+(?P<two>{_N})\s+(?:on|at)\s+the\s+"
    rf"(?:left|top|start)\s+and\s+(?P<three>{_N})\s+(?:on|at)\s+the\s+(?:right|bottom|end){_BEING}{_STATED}{_BEHIND}"
)
_SHARE = re.compile(
    rf"(?<![\w.,'’])(?P<one>{_N})\s+out\s+of\s+(?P<two>{_N})(?:\s+[^\d.;:,]{{1,40}})?{_BEING}"
    rf"(?P<stated>{_N})(?=\s+percent\b|\s*%)(?!\s*(?:percent|%)\s+(?:more|less|fewer|higher|lower|better|worse|points?"
    r"|above|below|of)\b)"
)
_MEGABYTES = re.compile(
    rf"(?<![\w.,'’])(?P<one>{_N})\s+bytes,?\s+(?:or|which\s+is|that['’]s|that\s+is|so)\s+(?P<about>(?:about|roughly|around"
    rf"|some)\s+)?(?P<stated>{_N})\s+(?P<unit>kilo|mega|giga)bytes\b(?!\s+(?:more|less|each|per))"
)
_IN_SHORT = re.compile(
    rf"(?<![\w.,'’])(?P<one>{_N}),?\s+(?:or\s+|so\s+)?(?:let['’]s\s+)?(?:call\s+it|say)\s+(?P<about>(?:about\s+)?)"
    rf"(?P<stated>{_N}\s+(?:thousand|million|billion))\b"
)
_GOING_ON = re.compile(
    rf"(?<=[.\n])\s*(?:And\s+|Then\s+)?(?P<sign>Plus|Minus|Times)\s+(?P<by>{_N})(?:\s+[^\d.;:=]{{1,60}}?)?{_BEING}"
    rf"{_STATED}{_BEHIND}"
)
_WHOLE = re.compile(
    rf"(?<![\w.,'’])(?P<one>\d[\d,]*\.\d+),?\s+(?:(?:and|but|so)\s+)?(?:[a-z]+\s+){{0,4}}(?:whole|round(?:ed|ing)?\s+down)"
    rf"(?:\s+[a-z]+)?{_BEING}{_STATED}{_BEHIND}"
)
_RESULT = re.compile(rf"{_BEING}(?P<one>{_N})(?:\s+[a-z]+)?[.]?[^\d.]*[.]?\s*$")
_BYTES = re.compile(
    rf"\b(?:At|With)\s+(?P<each>\d+)\s+bytes\s+(?:for\s+each|each|per|apiece|a)\b[^\d.;:]{{0,40}}?{_BEING}"
    rf"(?P<stated>{_N})(?=\s+bytes\b)",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"(?<![\w.,'’])(?P<one>{_N})\s+(?:parameters|weights|numbers|values)\b")
_PART_OF_MORE = re.compile(
    r"(?:\b(?:times|plus|minus|over|by|of|to|half|twice|double|than|per|log|power|root|thirds?|quarters?)\s+(?:the\s+)?"
    rf"|\b(?:of|between)\s+(?:the\s+)?{_N}\s+and\s+(?:the\s+)?|\d\s+|[-+*/^×·=<>≈(\[]\s*(?:the\s+)?"
    r"|\bnot\s+|\bif\s+)$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|(?<=[.:!?]))\s*\($")
"""A bracket around a whole sentence."""
_DENIED = re.compile(r"\b(?:not|wrong|mistake|suppose|pretend|isn['’]t)\b[^.]*$", re.IGNORECASE)
_UNITS = {"kilo": (10**3, 2**10), "mega": (10**6, 2**20), "giga": (10**9, 2**30)}
_FAR, _FEW_DIGITS, _FREE = 30, 2, Fraction(1, 4)
_HINTS = ("times", "plus", "minus", "divided", "root", "power", " to the ",
          "function", "mean", "average", " of ",
          "out of", "bytes", "whole", "round", "call it", " say ")  # fmt: skip

_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, ...]]]


def check_spoken(context: Context) -> Iterator[Finding]:
    """Judge arithmetic whose operations are said in words, directly in front of the number that it gives.

    >>> from nnutils.lint import lint
    >>> report = lint("The kernel has 3, and 27 minus 3 is 4. 2 to the power of 10 is 102.", "a.txt")
    >>> [(one.stated, one.computed) for one in report.wrong]
    [('4', '24'), ('102', '1,024')]
    """
    for piece in context.sheet.pieces():
        text = piece.text.replace("\n", " ")
        if piece.kind == "code" or not any(hint in text.lower() for hint in _HINTS):
            continue
        for pattern, works in _FORMS:
            for found in pattern.finditer(text):
                ahead = _OPENS.sub("", text[max(0, found.start() - 60) : found.start()])
                if not _PART_OF_MORE.search(ahead) and not _DENIED.search(ahead):
                    yield from _judged(context, piece, found, works(found))
        for found in _GOING_ON.finditer(piece.text):
            yield from _going_on(context, piece, found)
        for found in _IN_SHORT.finditer(text):
            yield from _in_short(context, piece, found)
        for found in _BYTES.finditer(text):
            yield from _in_bytes(context, piece, found)


def _in_signs(work: str) -> str:
    for words, sign in _OPERATORS.items():
        work = re.sub(rf"\s+{words.replace(' ', chr(92) + 's+')}\s+", f" {sign} ", work)
    return work


def _works_of(found: re.Match[str]) -> tuple[str, ...]:
    """Return what is worked out: as it is written, and step by step as it is said."""
    flat = _in_signs(found["work"])
    numbers = re.split(r"( [-+*/] )", flat)
    steps = numbers[0]
    for sign, number in zip(numbers[1::2], numbers[2::2], strict=True):
        steps = f"({steps}){sign}{number}"
    return (flat,) if len(numbers) == 3 else (flat, steps)


def _of_list(found: re.Match[str]) -> tuple[str, ...]:
    listed = [f"({one})" if one[0] in "-−" else one for one in re.findall(_SIGNED, found["list"])]
    name = found["name"].lower()
    if name == "product":
        made = " * ".join(listed)
    elif name[:3] in ("max", "lar", "gre", "min", "sma"):
        made = f"{'min' if name[:3] in ('min', 'sma') else 'max'}({', '.join(listed)})"
    else:
        total = " + ".join(listed)
        made = f"({total})/{len(listed)}" if name in ("mean", "average") else total
    return (made,)


def _signed(found: re.Match[str], number: str) -> str:
    return f"(-{number})" if found["sign"].strip() else number


def _power(found: re.Match[str]) -> tuple[str, ...]:
    by = found["nth"] or _signed(found, found["by"])
    return (f"exp({by})" if found["base"] == "e" else f"{found['base']}^({by})",)


def _filled(template: str, found: re.Match[str]) -> tuple[str, ...]:
    return (
        template.format(*(found[name] for name in ("one", "two", "three") if name in found.re.groupindex)),
    )


_FORMS: tuple[_Form, ...] = (
    (_WORKED, _works_of),
    (_CALLED, lambda found: (_FUNCTIONS[found["name"].lower()].format(_signed(found, found["of"])),)),
    (_RAISED, _power),
    (_MEAN, _of_list),
    (_ADDED, partial(_filled, "{} + {}")),
    (_SIDES, partial(_filled, "{} + {} + {}")),
    (_WHOLE, partial(_filled, "floor({})")),
    (_SHARE, partial(_filled, "100 * {} / {}")),
    (_MEGABYTES, lambda found: tuple(f"{found['one']} / {size}" for size in _UNITS[found["unit"]])),
)


def _judged(
    context: Context, piece: Piece, found: re.Match[str], works: tuple[str, ...], *, far: bool = True
) -> Iterator[Finding]:
    """Judge the number that a form states against what it works out in one of its readings."""
    stated = _cell(context, found["stated"], about=bool(found["about"]))
    results = [made for work in works if (made := _compared(context, work, stated)) is not None]
    if stated is None or not results:
        return
    verdict, computed, value = min(results, key=lambda one: _ORDER.index(one[0]))
    if verdict == "wrong" and not far and not 1 / _FAR < abs(stated.value / value) < _FAR:
        return
    yield _finding(context, piece, found, verdict, computed, f"{works[0]} = {computed}.")


_ORDER = ("right", "rounded", "suspicious", "wrong")


def _cell(context: Context, text: str, *, about: bool = False) -> NumberCell | None:
    whole = "~" * about + text
    return number_cell(Piece(whole, tuple(range(len(whole)))), context.style)


def _compared(context: Context, work: str, stated: NumberCell | None) -> tuple[Verdict, str, Fraction] | None:
    if stated is None:
        return None
    try:
        node = parse(tokens_of(piece_of(work), context.style))
        made = compute(node, Reading())
    except (UnreadableError, UndefinedError, ArithmeticError):
        return None
    value = made.nominal
    if not value:
        return None
    exact = int(value) if value.denominator == 1 else value
    agreement = match(stated.written, exact if made.exact else float(value))
    verdict: Verdict = (
        "right" if agreement == "equal" else "rounded" if agreement == "last digit" else "wrong"
    )
    if abs(value - stated.value) <= stated.slack:
        verdict = "right"
    elif (
        verdict == "wrong" and value.denominator > 1 and stated.value in (math.floor(value), math.ceil(value))
    ):
        verdict = "suspicious"  # said without its decimals
    computed = stated.like(exact if isinstance(exact, int) else value)
    if value.denominator > 1 and stated.written.unit is None:
        computed = f"{float(value):.6g}"
    return verdict, computed, value


def _finding(
    context: Context, piece: Piece, found: re.Match[str], verdict: Verdict, computed: str, why: str
) -> Finding:
    first = found.start() + len(found[0]) - len(found[0].lstrip())
    return context.finding(
        piece, first, found.end("stated"), "arithmetic", verdict,
        stated=found["stated"], computed=computed, why="" if verdict == "right" else why,
        at=found.start("stated"),
    )  # fmt: skip


def _going_on(context: Context, piece: Piece, found: re.Match[str]) -> Iterator[Finding]:
    """Judge a sentence that goes on with the result of the one before: '… is 54. Plus 1 makes 55.'"""
    before = _RESULT.search(piece.text[max(0, found.start() - 160) : found.start()])
    if before is None:
        return
    sign = {"plus": "+", "minus": "-", "times": "*"}[found["sign"].lower()]
    works = [f"{before['one']} {sign} {found['by']}"]
    if "." in before["one"]:
        works.append(f"floor({before['one']}) {sign} {found['by']}")
    yield from _judged(context, piece, found, tuple(works), far=False)


def _in_short(context: Context, piece: Piece, found: re.Match[str]) -> Iterator[Finding]:
    """Judge a number told again in short: '3,920,400, call it 3.9 million'."""
    exact, short = _cell(context, found["one"]), _cell(context, found["stated"])
    if exact is None or short is None or not exact.value or not short.value:
        return
    if not 1 / _FAR < short.value / exact.value < _FAR:
        return
    apart = abs(exact.value - short.value)
    verdict: Verdict = "right" if apart <= short.slack else "rounded" if apart <= 2 * short.slack else "wrong"
    if verdict == "wrong" and short.written.significant < _FEW_DIGITS + 1 and apart <= exact.value * _FREE:
        verdict = "suspicious"  # freely rounded
    if verdict == "wrong" and short.value == math.floor(exact.value / (2 * short.slack)) * 2 * short.slack:
        verdict = "rounded"
    computed = short.like(exact.value)
    yield _finding(context, piece, found, verdict, computed, f"{found['one']} is {computed}.")


def _in_bytes(context: Context, piece: Piece, found: re.Match[str]) -> Iterator[Finding]:
    """Judge the bytes of the parameters that were counted just before."""
    ahead = piece.text[max(0, found.start() - 200) : found.start()]
    counts = list(_COUNT.finditer(ahead))
    works = tuple(f"{one['one']} * {found['each']}" for one in reversed(counts))
    for one in _judged(context, piece, found, works, far=False) if works else ():
        if one.verdict == "right" or not re.search(r"\d", ahead[counts[-1].end() :]):
            yield one
