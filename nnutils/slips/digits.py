"""Slips of the pen: a digit lost, added or changed, two exchanged, a power of ten."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["HINTS", "HINTS_ON_THE_WAY", "digit_slips"]


def digit_slips(written: int, right: int) -> Iterator[tuple[str, str, float]]:
    """Yield how a written whole number comes from the right one: the kind, the words, and how plausible.

    >>> list(digit_slips(15415200, 105415200))
    [('a digit lost', '15,415,200 is 105,415,200 without one 0', 0.2)]
    >>> [words for _, words, _ in digit_slips(37948736, 37748736)]
    ['7 became 9: 37,948,736 in place of 37,748,736']
    >>> list(digit_slips(12, 345))
    []
    """
    if written <= 0 or right <= 0 or written == right:
        return
    a, b = str(written), str(right)
    short, long = sorted((a, b), key=len)
    zeros = len(long) - len(short)
    if zeros and long == short + "0" * zeros:
        size = f"a factor of {10**zeros:,}"
        yield "a power of ten", f"{written:,} in place of {right:,}, {size}", 0.3 if zeros > 1 else 0.25
    elif len(a) + 1 == len(b):
        lost = next((d for n, d in enumerate(b) if b[:n] + b[n + 1 :] == a), None)
        if lost is not None:
            yield "a digit lost", f"{written:,} is {right:,} without one {lost}", 0.2
    elif len(a) == len(b) + 1:
        added = next((d for n, d in enumerate(a) if a[:n] + a[n + 1 :] == b), None)
        if added is not None:
            yield "a digit added", f"{written:,} is {right:,} with one {added} too many", 0.4
    elif len(a) == len(b):
        changed = [n for n in range(len(a)) if a[n] != b[n]]
        if len(changed) == 1:
            n = changed[0]
            words = f"{b[n]} became {a[n]}: {written:,} in place of {right:,}"
            yield "a digit changed", words, 0.65  # so many numbers are one digit away that it explains little
        elif len(changed) == 2 and [a[n] for n in changed] == [b[n] for n in reversed(changed)]:
            first, second = (b[n] for n in changed)
            gap = 0.3 if changed[1] == changed[0] + 1 else 0.6
            words = f"{first} and {second} are exchanged: {written:,} in place of {right:,}"
            yield "two digits exchanged", words, gap


HINTS: dict[str, str] = {
    "a power of ten": "You are off by a power of ten.",
    "a digit lost": "A digit is missing.",
    "a digit added": "There is a digit too many.",
    "a digit changed": "One digit is not right.",
    "two digits exchanged": "Two digits have changed places.",
}
"""What is said of each before the numbers are, where it is in the stated number."""

HINTS_ON_THE_WAY: dict[str, str] = {
    "a power of ten": "A number on the way is off by a power of ten.",
    "a digit lost": "A digit is missing in a number on the way.",
    "a digit added": "A number on the way has a digit too many.",
    "a digit changed": "One digit of a number on the way is not right.",
    "two digits exchanged": "Two digits of a number on the way have changed places.",
}
"""The same, where it is in a number on the way to the stated one."""
