r"""Numbers and units of LaTeX's siunitx: \num{1.2e3}, \SI{5}{\mega\byte}, \SIrange{1}{2}{\second}."""

from __future__ import annotations

import re

from nnutils.lint.readers.latex.symbols import UNITS
from nnutils.lint.readers.placed import Placed, Strand

__all__ = ["ARGUMENTS", "quantity"]

ARGUMENTS = {
    "num": "n", "SI": "nu", "qty": "nu", "si": "u", "unit": "u", "SIrange": "nnu", "qtyrange": "nnu",
    "numrange": "nn",
    "ang": "n", "numlist": "l", "SIlist": "lu", "qtylist": "lu", "tablenum": "n",
}  # fmt: skip
"""What the arguments of a command are: a number, a unit, a list of numbers."""

_UNIT = re.compile(r"\\([A-Za-z]+)|[~.]|([^\\~.{}]+)|[{}]")
_PARTS = re.compile(r"(\+-|\\pm)|([xX]|\\times)|;|([^+\\;xX-]+|.)")


def quantity(name: str, arguments: list[Placed]) -> Strand:
    r"""Return what a command of siunitx sets.

    >>> from nnutils.lint.readers.placed import placed, strand_text
    >>> strand_text(quantity("SIrange", [placed("1.5"), placed("2e3"), placed(r"\mega\byte\per\second")]))
    '1.5 to 2e3 MB/s'
    """
    made: Strand = []
    for kind, part in zip(ARGUMENTS[name], arguments, strict=False):
        place = part.place(0)
        if kind == "u":
            unit = _unit(part)
            if [sign for sign, _ in unit] == ["B"]:  # a lone letter would be a name
                unit = [("byte", unit[0][1])]
            made += [(" ", place), *unit] if made and unit and not unit[0][0].startswith("°") else unit
        else:
            made += [*([(" to ", place)] if made else []), *_number(part)]
    return made + ([("°", arguments[0].place(0))] if name == "ang" and arguments else [])


def _number(part: Placed) -> Strand:
    made: Strand = []
    for found in _PARTS.finditer(part.text):
        place = part.place(found.start())
        if found[1]:
            made.append((" ± ", place))
        elif found[2]:
            made.append((" × ", place))
        elif found[0] == ";":
            made.append((", ", place))
        elif found[0] == "-":
            made.append(("−", place))
        else:
            kept = [(sign, part.place(found.start() + at)) for at, sign in enumerate(found[0])]
            made += [(sign, place) for sign, place in kept if sign not in " {}\\"]
    for at in range(len(made) - 1):  # the sign of a power of ten belongs to the number: 1e-3
        if made[at][0] in "eE" and made[at + 1][0] == "−":
            made[at + 1] = ("-", made[at + 1][1])
    return made


def _unit(part: Placed) -> Strand:
    made: Strand = []
    for found in _UNIT.finditer(part.text):
        place = part.place(found.start())
        if found[1]:
            made.append((UNITS.get(found[1], found[1]), place))
        elif found[2]:
            made.append((found[2], place))
        elif found[0] in ".~":
            made.append(("·", place))
    return made
