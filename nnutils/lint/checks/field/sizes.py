"""Output sizes told in words or settings: '227 × 227 input, 11 × 11 kernels, stride 4, padding 0: 55'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from nnutils.lint.checks.field.clauses import clauses, running_text
from nnutils.lint.checks.field.results import bracketed, named_side, unrounded
from nnutils.lint.checks.field.settings import Role, Setting, settings_in
from nnutils.lint.checks.field.windows import Told, planes, size_text
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece
from nnutils.slips import explain

__all__ = ["check_sizes"]

_KIND = "output size"
_TRANSPOSED = re.compile(r"transpos|deconv|upsampl|up-sampl|fractional|unpool|interpolat", re.IGNORECASE)
_WINDOW = re.compile(r"kernel|filter|window|conv|pool|[kKfF]\s?=|@\s?\d", re.IGNORECASE)
_POOLING = re.compile(r"\bpool|subsampl|downsampl", re.IGNORECASE)
_BEFORE_INPUT = re.compile(
    r"\b(?:from|on|of|to|over|with|the|an?|each|input)\s*(?:the|an?)?\s*$", re.IGNORECASE
)
_BEFORE_OUTPUT = re.compile(
    r"(?:[:=→⇒,]|->|=>|\b(?:so|is|are|has|have|get|obtain|gives?|then)\b)\s*$", re.IGNORECASE
)
_CALLED_SIDE = re.compile(
    r"\b(?:sides?|width|height|seite|breite|höhe)(?:[ ](?:of|is|length)){0,2}[ ]?[=:]?[ ]?\d", re.IGNORECASE
)
_IN_PIXELS = re.compile(r"\d+[ ]?(?:pixels?|px)\b", re.IGNORECASE)
_PIXELS = re.compile(r"[ ]?(?:pixels?|px)\b", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:→|⇒|➔|->|=>)")
_LAYER = re.compile(r"conv|pool", re.IGNORECASE)
_SHORT_SIZE = re.compile(r"\d[ ]?[×x][ ]?\d")
_CHAIN = 3
_ALTERNATIVE = re.compile(
    r"\b(?:or|otherwise|instead|if|versus|vs|unless|at least|at most|between)\b", re.IGNORECASE
)
_PIXELS_BEFORE = re.compile(r"(?<![\w.,×x*])(?P<value>\d{1,5})[ ](?:pixels?|px)\b[^.\n\d]{0,12}$")
_PIXELS_BEHIND = re.compile(
    r"[ ,)\]]*(?:→|⇒|➔|->|=>|=|:|,? ?\b(?:(?:and|so|we|then|this)[ ]+){0,2}"
    r"(?:gives?|makes?|yields?|leaves?|so|is|gets?|obtain))[ ]+(?P<value>\d{1,5})[ ](?:pixels?|px)\b"
)


@dataclass
class _Statement:
    """Settings of one window, gathered from left to right."""

    settings: dict[Role, Setting] = field(default_factory=dict)
    guessed: bool = False

    @property
    def complete(self) -> bool:
        return {"input", "kernel", "output"} <= self.settings.keys()


def check_sizes(context: Context) -> Iterator[Finding]:
    """Judge each output size that stands beside its input, its kernel and its settings.

    >>> from nnutils.lint import lint
    >>> one = lint("A 227 × 227 input, 11 × 11 kernels, stride 4, no padding: output 56 × 56.").findings[0]
    >>> one.verdict, one.computed, one.why
    ('wrong', '55 × 55', '⌊(227 + 2 · 0 − 1 · (11 − 1) − 1) / 4⌋ + 1 = 55.')
    """
    sheet = context.sheet.text
    mentioned = _Mentioned("pad" in sheet or '"same"' in sheet, "stride" in sheet, "dilat" in sheet)
    for piece in running_text(context):
        if not _WINDOW.search(piece.text) or _TRANSPOSED.search(piece.text):
            continue
        untold: list[Setting] = []
        for start, end in clauses(piece.text):
            if _is_a_chain(piece.text[start:end]):
                untold = []
                continue
            found = settings_in(piece.text, start, end)
            windows, found = _with_brackets(piece.text, start, end, found)
            windows += _statements(piece.text, end, found)
            untold = [] if windows else _continued(piece.text, untold, found)
            if untold:
                windows = list(_statements(piece.text, end, untold))
                untold = [] if windows else untold
            yield from _judged(context, piece, windows, mentioned)
            if not windows:
                yield from _not_rounded(context, piece, (start, end), found)


def _is_a_chain(text: str) -> bool:
    """Return whether arrows lead from layer to layer: check_size_chains judges that."""
    return len(_ARROW.findall(text)) >= _CHAIN and len(_LAYER.findall(text)) > 1


def _not_rounded(
    context: Context, piece: Piece, clause: tuple[int, int], found: list[Setting]
) -> Iterator[Finding]:
    """Judge an output size that is no whole number, where nothing says that it is to be rounded."""
    settings = {one.role: one for one in found if one.role not in ("bare", "map")}
    stated = unrounded(piece.text, *clause)
    if stated is None or len({one.role for one in found}) < len(found):
        return
    told = Told(settings)
    given = told.value("input")
    if not isinstance(given, tuple) or not {"kernel", "stride"} <= settings.keys() or "output" in settings:
        return
    right = {told.size(pixels, axis) for axis, pixels in enumerate(next(planes(given))[0])}
    if len(right) == 1 and (size := right.pop()) is not None:
        text, start, end = stated
        yield context.finding(
            piece,
            min(start, *(one.start for one in settings.values())),
            max(end, *(one.end for one in settings.values())),
            _KIND,
            "wrong",
            stated=text,
            computed=str(int(size)),
            why=f"An output size is a whole number: {size.work}.",
            slips=[slip.sentence for slip in explain(size, text.replace(",", "."))[:2]],
        )


@dataclass(frozen=True)
class _Mentioned:
    """Which settings a sheet speaks of anywhere: what it does not tell may then be told elsewhere."""

    padding: bool
    stride: bool
    dilation: bool
    side: bool = False
    """Whether the result itself is called a side, or counts pixels, so that it is no number of units."""


def _continued(text: str, before: list[Setting], found: list[Setting]) -> list[Setting]:
    """Return the settings of a window told in several sentences so far; a second kernel begins another."""
    found = [one for one in found if one.role not in ("bare", "map")]
    gap = text[max(one.end for one in before) : found[0].start] if before and found else ""
    roles = {one.role for one in before} & {one.role for one in found}
    return found if roles or "\n\n" in gap or not before else before + found


def _with_brackets(
    text: str, start: int, end: int, found: list[Setting]
) -> tuple[list[_Statement], list[Setting]]:
    """Return the windows whose settings stand in a bracket behind their result, and all other settings."""
    made: list[_Statement] = []
    for result, (low, high), clear in bracketed(text, start, end):
        inside = [one for one in found if low <= one.start and one.end <= high]
        roles = [one.role for one in inside]
        if "output" in roles or not {"input", "kernel"} <= set(roles) or len(roles) > len(set(roles)):
            continue
        made.append(_Statement({**{one.role: one for one in inside}, "output": result}, guessed=not clear))
        found = [one for one in found if not result.start <= one.start <= high]
    return made, found


def _judged(
    context: Context, piece: Piece, windows: list[_Statement], mentioned: _Mentioned
) -> Iterator[Finding]:
    text = piece.text
    for one in windows:
        places = sorted((setting.start, setting.end) for setting in one.settings.values())
        kinds = {kind[0].lower() for kind in _LAYER.findall(text, max(0, places[0][0] - 30), places[-1][1])}
        two = len(kinds) > 1 and len(_SHORT_SIZE.findall(text, places[0][0], places[-1][1])) > 2
        if any(_ALTERNATIVE.search(text, before, after) for (_, before), (after, _) in pairwise(places)):
            continue
        pooling = bool(_POOLING.search(text, places[0][0], places[-1][1] + 30))
        told = Told(one.settings, pooling)
        result = one.settings["output"].start if "output" in one.settings else 0
        side = _CALLED_SIDE.search(text, max(0, result - 30), result + 30) or _IN_PIXELS.match(text, result)
        if "output" in one.settings:
            side = side or _PIXELS.match(text, one.settings["output"].end)
        called = replace(mentioned, side=bool(side))
        verdict, computed, why, slips = _verdict(told, text[places[0][0] : places[-1][1]], called)
        if verdict == "wrong" and (one.guessed or two):
            verdict = "suspicious"
        if verdict:
            stated = one.settings["output"].value
            yield context.finding(
                piece,
                places[0][0],
                max(high for _, high in places),
                _KIND,
                verdict,  # type: ignore[arg-type]
                stated=size_text(stated) if isinstance(stated, tuple) else "",
                computed=computed if verdict != "unchecked" else "",
                why=why,
                slips=slips,
                cause="context" if verdict == "unchecked" else "",
                at=one.settings["output"].start if "output" in one.settings else None,
            )


def _statements(text: str, end: int, found: list[Setting]) -> Iterator[_Statement]:
    """Yield the windows of a clause: one if nothing is told twice, else one for each output, in order."""
    by_role: dict[Role, list[Setting]] = {}
    for one in found:
        by_role.setdefault(one.role, []).append(one)
    told: tuple[Role, ...] = ("input", "output", "kernel", "stride", "padding", "dilation")
    if all(len({one.value for one in by_role.get(role, [])}) <= 1 for role in told):
        single = _Statement({role: by_role[role][0] for role in (*told, "filters") if role in by_role})
        _add_unnamed(single, text, end, [*by_role.get("map", []), *by_role.get("bare", [])])
        if single.complete:
            yield single
        return
    yield from _in_order(text, found)


def _add_unnamed(one: _Statement, text: str, end: int, sizes: Sequence[Setting]) -> None:
    """Let sizes that are not called input or output be what their place says."""
    kernel = one.settings.get("kernel")
    if kernel is None:
        return
    for size in sorted(sizes, key=lambda size: size.start):
        before = text[max(0, size.start - 20) : size.start]
        if "input" not in one.settings and (
            (size.role == "map" and size.start < kernel.start)
            or _BEFORE_INPUT.search(before)
            or _ARROW.match(text, size.end)
        ):
            one.settings["input"] = size
        elif "output" not in one.settings and size.start > kernel.start and _BEFORE_OUTPUT.search(before):
            one.settings["output"] = size
    _add_pixels(one, text, end)
    if "output" not in one.settings and "input" in one.settings:
        side = named_side(text, max(setting.end for setting in one.settings.values()), end)
        if side is not None:
            one.settings["output"] = side


def _add_pixels(one: _Statement, text: str, end: int) -> None:
    """Take '238 pixels, kernel 7, stride 2 → 119 pixels' as an input before all settings, and the output."""
    first = min(setting.start for setting in one.settings.values())
    last = max(setting.end for setting in one.settings.values())
    ahead = _PIXELS_BEFORE.search(text, max(0, first - 40), first)
    if "input" not in one.settings and ahead:
        one.settings["input"] = Setting("input", (int(ahead["value"]),), *ahead.span("value"))
    behind = _PIXELS_BEHIND.match(text, last, end)
    if "output" not in one.settings and "input" in one.settings and behind:
        one.settings["output"] = Setting("output", (int(behind["value"]),), *behind.span("value"))


def _in_order(text: str, found: list[Setting]) -> Iterator[_Statement]:
    """Yield windows one after another: the output of one is the input of the next."""
    current = _Statement()
    for one in found:
        if one.role in ("bare", "map"):
            if not current.settings and _ARROW.match(text, one.end):
                current.settings["input"] = one
            continue
        settings = current.settings
        if (
            one.role == "output"
            and "output" in settings
            or one.role in ("input", "kernel")
            and one.role in settings
        ):
            if current.complete:
                yield current
            carried = settings.get("output") if one.role != "input" else None
            if not current.complete and one.role != "output":
                carried = None
            current = _Statement({"input": carried} if carried else {})
        if one.role in current.settings and current.settings[one.role].value != one.value:
            current = _Statement()  # told twice within one window: what belongs together is not clear
        current.settings[one.role] = one
        if current.complete and one.role == "output":
            yield current
            current = _Statement({"input": one})
    if current.complete:
        yield current


def _verdict(told: Told, text: str, mentioned: _Mentioned) -> tuple[str, str, str, tuple[str, ...]]:
    """Return a verdict ('' for none), the right size, why, and the slips."""
    stated, given = told.value("output"), told.value("input")
    if not isinstance(stated, tuple) or not isinstance(given, tuple):
        return "", "", "", ()
    wrong: tuple[str, str, str, tuple[str, ...]] | None = None
    for plane, _ in planes(given):
        for out, channels in planes(stated):
            result = _compare(told, text, mentioned, plane, out, channels)
            if result[0] == "right":
                return result
            wrong = wrong if wrong and (wrong[0] == "unchecked" or result[0] == "wrong") else result
    return wrong or ("", "", "", ())


def _compare(
    told: Told,
    text: str,
    mentioned: _Mentioned,
    plane: tuple[int, ...],
    out: tuple[int, ...],
    channels: int | None,
) -> tuple[str, str, str, tuple[str, ...]]:
    axes = range(max(len(plane), len(out)))
    pixels = [plane[min(axis, len(plane) - 1)] for axis in axes]
    shown = [out[min(axis, len(out) - 1)] for axis in axes]
    right = [told.size(n, axis) for axis, n in enumerate(pixels)]
    if any(size is None for size in right):
        return "unchecked", "", "The window is larger than its input.", ()
    large = len(out) == 1 and out[0] > 2 * max(pixels) + 2 * (told.axis("padding", 0) or 0)
    if large and not mentioned.side:
        return "", "", "", ()  # units, not pixels
    sizes = [int(size) for size in right if size is not None]
    filters = told.value("filters")
    expected = channels if filters is None or channels is None or told.pooling else filters[0]
    computed = size_text((*sizes[: len(out)], *([] if expected is None else [int(expected)])))
    first = next((size for size, stated in zip(right, shown, strict=True) if size != stated), right[0])
    assert first is not None
    why = f"{first.work}."
    if sizes == shown and expected == channels:
        return "right", computed, why, ()
    if sizes == shown:
        return "wrong", computed, f"{expected} kernels make {expected} feature maps.", ()
    if told.pooling and shown == [
        int(told.size(n, axis, ceil_mode=True) or 0) for axis, n in enumerate(pixels)
    ]:
        return "right", size_text(out), "Rounded up, as pooling in ceil mode does.", ()
    if _may_be_told_elsewhere(told, text, mentioned) and all(
        told.could_be(n, axis, stated) for axis, (n, stated) in enumerate(zip(pixels, shown, strict=True))
    ):
        return "unchecked", "", "A stride, a padding or a dilation is not told.", ()
    stated = next(stated for size, stated in zip(right, shown, strict=True) if size != stated)
    untold = [role for role in ("stride", "padding") if told.value(role) is None]
    if untold:
        usual = " and ".join({"stride": "stride 1", "padding": "no padding"}[role] for role in untold)
        why = f"With {usual}: {why}"
    return "wrong", computed, why, tuple(slip.sentence for slip in explain(first, str(stated))[:2])


def _may_be_told_elsewhere(told: Told, text: str, mentioned: _Mentioned) -> bool:
    """Return whether a setting is missing here that the sheet may tell in another place."""
    missing_padding = told.value("padding") is None and (mentioned.padding or "pad" in text.lower())
    missing_stride = told.value("stride") is None and (mentioned.stride or told.pooling)
    return missing_padding or missing_stride or (told.value("dilation") is None and mentioned.dilation)
