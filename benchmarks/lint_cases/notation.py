"""How a kind of file writes formulas: products, powers, fractions, floors, names with an index."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .numerals import Hand

__all__ = ["HTML", "MARKDOWN", "TEX", "TYPED", "Notation"]


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Notation:
    """The signs of one writer. A template has one place for each part."""

    hand: Hand
    times: str = " * "
    power: str = "{}^{}"
    fraction: str = "({})/{}"
    ratio: str = "{} / {}"
    floor: str = "floor({})"
    minus: str = " - "
    call: str = "{}({})"
    root: str = "sqrt({})"
    exponential: str = "exp({})"
    index: str = "{}{}"
    about: str = "~"
    by: str = "x"
    cut: bool = True
    """Whether the floor is written where nothing is left over, too."""

    def of(self, **changes: object) -> Notation:
        """Return the notation of another writer."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def raised(self, base: str, exponent: int) -> str:
        """Return a power; without a template for it, with a superscript."""
        if not self.power:
            return base + str(exponent).translate(_RAISED)
        return self.power.format(base, exponent)

    def sub(self, name: str, number: int | str) -> str:
        """Return a name with an index."""
        return self.index.format(name, number)


TYPED = Notation(Hand())
MARKDOWN = Notation(
    Hand(minus="−", power="{} × 10^{}"),
    times=" × ",
    power="",
    floor="⌊{}⌋",
    minus=" − ",
    index="{}_{}",
    about="≈ ",
    by=" × ",
)
TEX = Notation(
    Hand(thousands=r"\,", sign=r"\,\%", power=r"{} \cdot 10^{{{}}}"),
    times=r" \times ",
    power="{}^{}",
    fraction=r"\frac{{{}}}{{{}}}",
    ratio=r"\frac{{{}}}{{{}}}",
    floor=r"\left\lfloor {} \right\rfloor",
    call=r"\{}({})",
    root=r"\sqrt{{{}}}",
    exponential="e^{{{}}}",
    index="{}_{{{}}}",
    about=r"\approx ",
    by=r" \times ",
)
HTML = Notation(
    Hand(minus="&minus;", power="{} &times; 10<sup>{}</sup>"),
    times=" &times; ",
    power="{}<sup>{}</sup>",
    floor="&lfloor;{}&rfloor;",
    minus=" &minus; ",
    index="{}<sub>{}</sub>",
    about="&asymp; ",
    by="&times;",
)
