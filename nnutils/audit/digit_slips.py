"""Slips of the pen in a whole number: a digit left out, a digit changed."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["one_digit_away", "with_a_digit_lost"]


def with_a_digit_lost(number: int) -> Iterator[int]:
    """Yield the numbers that come from leaving out one digit, each once, in the order of the places.

    >>> list(with_a_digit_lost(3750)), list(with_a_digit_lost(7))
    ([750, 350, 370, 375], [])
    """
    digits = str(number)
    yield from dict.fromkeys(
        int(digits[:place] + digits[place + 1 :]) for place in range(len(digits)) if len(digits) > 1
    )


def one_digit_away(written: int, right: int) -> str:
    """Say how ``written`` comes from ``right`` by one digit left out or changed; '' where it does not.

    >>> one_digit_away(15415200, 105415200), one_digit_away(37948736, 37748736), one_digit_away(12, 21)
    ('the right number with one 0 left out', '7 became 9', '')
    """
    a, b = str(written), str(right)
    if len(a) + 1 == len(b):
        lost = [digit for place, digit in enumerate(b) if b[:place] + b[place + 1 :] == a]
        return f"the right number with one {lost[0]} left out" if lost else ""
    changed = [(new, old) for new, old in zip(a, b, strict=False) if new != old]
    return f"{changed[0][1]} became {changed[0][0]}" if len(a) == len(b) and len(changed) == 1 else ""
