"""Sizes and counts in comments beside layers: ``nn.Conv2d(3, 8, 5),  # 3 x 32 x 32 -> 8 x 28 x 28``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nnutils.core.errors import NNUtilsError
from nnutils.lint.checks.networks.known import facts_of, readings_of
from nnutils.lint.checks.networks.layer_tables import count_finding, size_finding
from nnutils.lint.checks.networks.made_sizes import Made
from nnutils.lint.checks.networks.row_counts import Reading
from nnutils.lint.checks.networks.statements import quantity_role
from nnutils.lint.checks.networks.told import told_in
from nnutils.lint.checks.networks.torch_code import CodedLayer, coded_layers, counts_of_coded
from nnutils.lint.checks.networks.written_sizes import Picture, WrittenSize, agree, written_size
from nnutils.lint.checks.tables.cells import number_cell
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import number_at
from nnutils.lint.sheets import Piece
from nnutils.networks.base import Layer
from nnutils.networks.layers import Conv2d
from nnutils.networks.network import Network

__all__ = ["check_beside_layers"]

Shape = tuple[int, ...]

_BATCH = r"(?:(?:N|B|bs|batch(?:[ _]size)?|None|-1)\s*[,x×*]\s*)?"
_SIZE = rf"[(\[]?\s*{_BATCH}\d+(?:\s*[x×*,]\s*\d+)*\s*,?\s*[)\]]?"
_ARROW = r"(?:-+>|=>|→|⇒|\bto\b)"
_STATED = re.compile(
    rf"#+\s*(?:(?P<input>{_SIZE})\s*(?P<between>{_ARROW})\s*|(?P<ahead>{_ARROW})\s*"
    r"|(?P<word>(?:output|out|shape|size|gives|now)(?:\s+(?:size|shape))?)\s*[:=]?\s*)?"
    rf"(?P<output>{_SIZE})\s*(?:(?:features?|values?|numbers?|inputs?|outputs?)\b\s*)?(?=$|[,;(#|])",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*(?:(?:trainable|learnable|free)\s+)?(?P<word>parameters|params|weights|biases|units|neurons)\b"
    r"(?!\s+(?:per|each|for each|of each|in each|a|an)\b)",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:#+|[;(:]|,(?=\s))\s*(?=\d)")
_MOST = 4


def check_beside_layers(context: Context) -> Iterator[Finding]:
    r"""Judge the sizes and counts in comments beside layers of code, which certainly follow each other.

    >>> from nnutils.lint import lint
    >>> code = "Sequential(\n Conv2d(3, 8, 5),  # 3x32x32 -> 8x28x28\n MaxPool2d(2),  # -> 8x41x41\n"
    >>> code += " Flatten(),  # -> 1568\n Linear(1568, 9))  # 14211 weights\n"
    >>> found = lint(f"```python\n{code}```")
    >>> [(one.line, one.verdict, one.computed) for one in found.judged]
    [(3, 'right', '8x28x28'), (4, 'wrong', '8x14x14'), (5, 'right', '1568'), (6, 'wrong', '14,112')]
    """
    shapes: list[Shape] | None = None
    for piece in _code(context):
        if "#" not in piece.text:
            continue
        runs, inputs = coded_layers(piece.text)
        if runs and shapes is None:
            shapes = [shape for shape in told_in(context).inputs if None not in shape]  # type: ignore[misc]
        lines = _lines(piece)
        for run in runs:
            known = (
                [*inputs, *(shapes or ())] if len(run) > 1 else []
            )  # what a layer alone reads is not known
            found = list(_Walk(context, piece, lines, known).findings(run))
            right, wrong = (sum(one.verdict == verdict for one in found) for verdict in ("right", "wrong"))
            for one in found:
                if one.verdict == "wrong" and wrong > right + 1:
                    why = f"{one.why} It may be about something else."
                    one = replace(one, verdict="suspicious", why=why)
                yield one


def _code(context: Context) -> Iterator[Piece]:
    """Yield the pieces of code, those of a notebook that are no part of what is read included."""
    seen = set()
    for piece in (*context.sheet.pieces(), *(code for code, _ in context.sheet.runs)):
        if piece.kind == "code" and piece.places and piece.places[0] not in seen:
            seen.add(piece.places[0])
            yield piece


def _lines(piece: Piece) -> list[tuple[int, str]]:
    """Return each line with the place where it begins."""
    made, place = [], 0
    for line in piece.text.split("\n"):
        made.append((place, line))
        place += len(line) + 1
    return made


@dataclass
class _Walk:
    """Goes through layers that follow each other, and keeps what may come out of the one before."""

    context: Context
    piece: Piece
    lines: Sequence[tuple[int, str]]
    inputs: Sequence[Shape]

    def findings(self, run: Sequence[CodedLayer]) -> Iterator[Finding]:
        """Yield what is found beside each layer; a comment is about the last layer of its line."""
        reads = next((one.reads for one in run if one.reads), None)
        before = [shape for shape in self.inputs if shape[0] == reads]
        for index, coded in enumerate(run):
            last = index + 1 == len(run) or run[index + 1].line != coded.line
            said = self._said(coded) if last else None
            if said is not None and said.input is not None:
                own = list(_shapes(said.input, coded.reads))
                if before:
                    yield from self._joint(said.input, before)
                before = [*own, *before]
            if not before and isinstance(coded.reads, int) and not isinstance(coded.layer, Conv2d):
                before = [(coded.reads,)]
            made = [one for shape in before if (one := _made(coded.layer, shape)) is not None]
            stated: list[Shape] = []
            if said is not None and said.output is not None and made:
                size = said.output
                good = [one for one in made if _means(size, one.shape)]
                if len(size.numbers) > 1 or len(made[0].shape) == 1 or good:
                    yield size_finding(
                        self.context, size, (good or made)[:1], "right" if good else "wrong", _name(coded)
                    )
                    stated = list(_shapes(size, getattr(coded.layer, "out_channels", made[0].shape[0])))
            if last:
                yield from self._counts(coded, before)
            computed = [tuple(int(side or 0) for side in one.shape) for one in made]
            before = [one for one in dict.fromkeys([*computed, *stated]) if len(one) in (1, 3)][:_MOST]

    def _said(self, coded: CodedLayer) -> _Said | None:
        if not 0 < coded.line <= len(self.lines):
            return None
        place, line = self.lines[coded.line - 1]
        mark = line.find("#")
        found = _STATED.match(line, mark) if mark >= 0 else None
        if found is None:
            return None
        made, reads = (
            None if found[part] is None else self._size(place, found, part) for part in ("output", "input")
        )
        announced = found["between"] or found["ahead"] or found["word"]
        if made is not None and not announced and not _is_plain_size(made, coded.layer):
            return None
        return _Said(reads, made)

    def _size(self, place: int, found: re.Match[str], part: str) -> WrittenSize | None:
        start, end = found.span(part)
        bare = re.match(rf"\s*{_BATCH}(?=\d)", found[part], re.IGNORECASE)
        start += bare.end() if bare else 0
        return written_size(self.piece, place + start, place + end, whole=False)

    def _joint(self, size: WrittenSize, before: Sequence[Shape]) -> Iterator[Finding]:
        good = [shape for shape in before if _means(size, shape)]
        if len(size.numbers) == 1 and len(before[0]) != 1 and not good:
            return
        shape = (good or before)[0]
        yield self.context.finding(
            self.piece, size.start, size.end, "input size", "right" if good else "wrong",
            stated=size.text, computed=size.text if good else size.like(shape),
            why=f"It is the output of the layer before, {' × '.join(map(str, shape))}.",
        )  # fmt: skip

    def _counts(self, coded: CodedLayer, before: Sequence[Shape]) -> Iterator[Finding]:
        """Yield what is found of the weights, biases, parameters and units that a comment counts."""
        if not 0 < coded.line <= len(self.lines):
            return
        place, line = self.lines[coded.line - 1]
        mark = line.find("#")
        for begin in _BEGINS.finditer(line, max(mark, 0)) if mark >= 0 else ():
            number = number_at(line, begin.end(), self.context.style)
            behind = _COUNTED.match(line, number.end) if number and number.start == begin.end() else None
            if number is None or behind is None:
                continue
            role = quantity_role(behind["word"]) or "parameters"
            readings = _readings(coded, before, role)
            part = Piece(line[begin.end() : number.end], self.piece.places[: number.end - begin.end()])
            cell = number_cell(part, self.context.style)
            if cell is not None and readings:
                start = place + begin.end()
                moved = replace(cell, piece=self.piece, start=start + cell.start, end=start + cell.end)
                yield count_finding(self.context, moved, readings, f"{role} of a layer", _name(coded))


@dataclass(frozen=True)
class _Said:
    """The sizes that a comment states: of what goes into a layer, and of what comes out."""

    input: WrittenSize | None
    output: WrittenSize | None


def _is_plain_size(size: WrittenSize, layer: Layer) -> bool:
    """Return whether a size that nothing announces can only be that of the output."""
    window = getattr(layer, "kernel_size", None)
    sides = {window} if isinstance(window, int) else set(window or ())
    return len(size.numbers) > 2 and not sides & set(size.numbers)


def _made(layer: Layer, shape: Shape) -> Made | None:
    try:
        sizes = Network(shape, [layer]).steps[0].output_sizes
    except NNUtilsError:
        return None
    return Made(tuple(map(int, sizes)), tuple(sizes))


def _readings(coded: CodedLayer, before: Sequence[Shape], role: str) -> list[Reading]:
    counts = counts_of_coded(coded)
    if role != "units":
        return list(readings_of(counts).get(role, ())) if counts is not None else []
    found: list[Reading] = []
    for shape in before:
        try:
            layers = facts_of(Network(shape, [coded.layer]), "").layers
        except NNUtilsError:
            continue
        found += [one for layer in layers for one in layer.counts.get(role, ())]
    return found


def _shapes(size: WrittenSize, channels: int | None) -> Iterator[Shape]:
    """Yield what a written size may mean; its channels are those that the code says, where it does."""
    numbers = size.numbers[1:] if len(size.numbers) in (2, 4) else size.numbers
    if len(numbers) == 1:
        yield numbers
    for picture in size.pictures():
        shape: Picture = picture if picture[0] or not channels else (channels, *picture[1:])
        known = tuple(one for one in shape if one)
        if len(known) == 3 and channels in (None, known[0]):
            yield known


def _means(size: WrittenSize, shape: Sequence[int | None]) -> bool:
    """Return whether a written size is a shape, with or without the number of samples ahead of it."""
    if len(shape) == 1:
        return shape[0] in (size.features(), size.numbers[-1])
    numbers = size.numbers
    if len(numbers) == 4:
        return numbers[1:] == tuple(shape) or (*numbers[2:], numbers[1]) == tuple(shape)
    return any(agree(picture, shape) for picture in size.pictures())


def _name(coded: CodedLayer) -> str:
    return type(coded.layer).__name__
