"""Settings of a window told in words or letters: its input, kernel, stride, padding, dilation and output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["NUMBER", "SIZE", "Role", "Setting", "Value", "settings_in"]

Role = Literal["input", "output", "kernel", "stride", "padding", "dilation", "filters", "map", "bare"]
"""``map``: a size called a feature map, input or output. ``bare``: a size that nothing names."""

Value = tuple[int, ...] | Literal["same", "kernel"]
"""Numbers along the axes. 'same' is a padding; a stride 'kernel' is that of windows that do not overlap."""


@dataclass(frozen=True)
class Setting:
    """One setting, and where it stands in a text."""

    role: Role
    value: Value
    start: int
    end: int


def _any(words: str) -> str:
    """Return a pattern for any of these words; _ is a blank in a word."""
    return "(?:" + "|".join(words.split()).replace("_", " ") + ")"


NUMBER = r"(?<![\w.,])\d{1,5}(?!\w|[.,]\d)"
"""A whole number of pixels."""

_JOIN = r"[ ]?(?:×|\*|✕|x|-by-|[ ]by[ ])[ ]?"
_CROSS = rf"(?<![\w.,])\d{{1,5}}(?:{_JOIN}\d{{1,5}}){{1,3}}(?!\w|[.,]\d)"
_TUPLE = r"\(\d{1,5}(?:,[ ]?\d{1,5}){1,2}\)"

SIZE = rf"(?:(?<![\w.,])\d{{1,5}}[ ]?@[ ]?{_CROSS}|{_CROSS}|{_TUPLE})"
"""A size: 55 × 55 × 96, 5-by-5, (3, 32, 32), 96@55×55."""

_COUNTING = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight")
_SMALL = rf"(?:{_CROSS}|{_TUPLE}|{NUMBER}|\b{_any(' '.join(_COUNTING))}\b)"
_FILLERS = _any(
    "is are was of has with will_be becomes equals equal_to about a an the size sizes shape volume"
    " dimensions? dimensionality width side maps? then again therefore now each"
)
_OF = rf"(?:[ ]?{_FILLERS}\b|[ ]?[=:])*[ ]?"
_THINGS = _any(
    "channels? inputs? features? units? neurons? nodes? images? classes filters? kernels? maps?"
    " layers? planes? bits? parameters? weights? biases outputs? million samples? values"
    " numbers entries times D\\b -D\\b"
)
_NOT_A_SIZE = rf"(?![ ]?(?:{_THINGS}|[%×*/·+−^=@]|x\d))"
_PIXELS = rf"(?:{SIZE}|{NUMBER}{_NOT_A_SIZE})"
_COLOURS = rf"(?:{_any('pixels? RGB colou?r gr[ae]y(?:scale)? padded square')}[ -])*"
_SORTS = (
    "(?:"
    + _any(
        "max average avg mean sum global non-overlapping overlapping pixels? RGB colou?r(?:ed|ful)? padded"
        " square convolution(?:al)? conv dilated strided zero-padded valid same"
    )
    + "[ -]?)*"
)
_MAKES = _any(
    "gives? giving yields? yielding results?_in resulting_in outputs? produces? producing leads?_to leaves?"
    " leaving (?:gets?|obtains?|has|have) becomes? (?:reduces?|shrinks?|brings?|takes?)_(?:\\w+_){1,3}to"
)
_MADE = _any("a an the outputs? size shape of feature_maps? maps? volume activations? i\\.e\\.")
_KERNELS = _any("kernels? filters? windows?")
_WINDOWS = _any("kernels? filters? windows? convolutions? conv (?:max|average|avg|mean)?[_-]?pool(?:ing)?")
_PADDING = r"(?:(?:zero[ -]?)?padding|padded|pads?)\b"
_UNPADDED = _any(
    "\\b(?:no|without|without_any)_(?:zero[_-]?)?padding\\b \\bunpadded\\b \\bnot_padded\\b"
    " \\bvalid\\b(?=[_-](?:padding|convolution|mode)) \\bpadding_?[=:]?_?[\"'“]?valid\\b"
)
_SAME = _any(
    "\\bsame\\b[\"'”]?(?=[_-](?:(?:zero[_-]?)?padding|convolution|mode|conv)\\b)"
    " \\bpadding_?[=:]?_?[\"'“]same\\b"
)

_ROUNDED = (
    r"\d{1,5}[.,]\d{1,3}(?:[ ]?[,:;→⇒≈=]|->|=>)?[ ]?(?:\b(?:so|that is|i\.e\.|rounded|down|to|which|we|take"
    r"|is|floored|hence|thus|then|or|truncated|therefore|get|a|an|output|size|of)[ ,]+){0,6}"
)
"""62.5, so: what stands before the whole number that is meant."""

_BESIDE = r"\d{1,2}[ ]?[x×][ ]?\d{1,2}"
_LEADS = r"[ ]px[ ]?(?:→|⇒|➔|->|=>)"

_PATTERNS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))  # type: ignore[misc]
    for role, pattern in (
        # 96 @ 3x3, /2, pad 1: 55 px -> 28 px
        ("kernel", rf"\d[ ]?@[ ]?(?P<value>{_BESIDE})(?=,?[ ]?/[ ]?\d)"),
        ("stride", rf"(?:@|\bpool(?:ing)?)[ ]?{_BESIDE},?[ ]?/[ ]?(?P<value>\d)(?![\d.])"),
        ("input", rf":[ ]?(?P<value>\d{{1,5}}){_LEADS}"),
        ("output", rf":[ ]?\d{{1,5}}{_LEADS}[ ]?(?P<value>\d{{1,5}})(?=[ ]px\b)"),
        ("kernel", rf"(?P<value>{_CROSS})[ -]?{_SORTS}{_WINDOWS}\b"),
        ("input", rf"\b(?:inputs?|images?)\b(?:[ ]layer|[ ]feature)?{_OF}(?P<value>{_PIXELS})"),
        ("input", rf"(?P<value>{SIZE})[ -]?{_COLOURS}(?:inputs?|images?|pictures?)\b"),
        ("output", rf"\boutputs?\b(?:[ ]layer|[ ]feature)?{_OF}(?P<value>{_PIXELS})"),
        ("output", rf"\boutputs?\b(?:[ ]layer|[ ]feature)?{_OF}{_ROUNDED}(?P<value>{_PIXELS})"),
        ("output", rf"(?P<value>{SIZE})[ -]?outputs?\b"),
        ("output", rf"(?:\b{_MAKES}|→|⇒|➔|->|=>)[ ]?(?:{_MADE}[ ])*(?P<value>{SIZE})(?![ -]?{_WINDOWS})"),
        ("kernel", rf"\b{_KERNELS}\b(?:[ ]sizes?)?(?:[ ][kKfF]\b)?{_OF}(?P<value>{_SMALL}){_NOT_A_SIZE}"),
        (
            "kernel",
            r"\bpool(?:ing|s)?\b(?:[ ](?:layer|window|of[ ]size|over|by|with|using|uses|a|size|kernel))*[ ]"
            rf"(?P<value>{_CROSS})(?![ -]?(?:inputs?|images?|outputs?|feature|maps?))",
        ),
        ("kernel", rf"\bconv(?:olution|2d)?\.?[ ]?\(?[ ]?(?P<value>{_BESIDE})(?!\d|[ ]?[x×])"),
        ("stride", rf"\b(?:strides?|steps?)\b(?:[ ][sS]\b)?{_OF}(?P<value>{_SMALL})"),
        ("stride", r"(?P<value>\bnon-?[ ]?overlapping\b)"),
        (
            "padding",
            rf"\b{_PADDING}(?:[ ][pP]\b)?(?:[ ](?:by|with))?{_OF}(?P<value>{_SMALL})(?![ ]?zeros?\b)",
        ),
        (
            "padding",
            rf"(?P<value>{NUMBER}|\b{_any(' '.join(_COUNTING))})[ ](?:pixels?|zeros?)[ ]of[ ]{_PADDING}",
        ),
        ("padding", rf"(?P<value>{_UNPADDED})"),
        ("padding", rf"(?P<value>{_SAME})"),
        ("dilation", rf"\bdilat(?:ion|ed)\b(?:[ ](?:rate|factor|d|by))*{_OF}(?P<value>{_SMALL})"),
        ("dilation", r"(?P<value>\b(?:no|without)[ ]dilation\b|\bundilated\b)"),
        (
            "filters",
            rf"(?P<value>{NUMBER})[ ](?:(?:different|learned|{_CROSS})[ ])*(?:kernels?|filters?)\b",
        ),
        ("map", rf"(?P<value>{SIZE})[ -]?(?:feature[ -]?maps?|maps?|volumes?|activations?)\b"),
        ("map", rf"\b(?:feature[ -]?maps?|maps?|volumes?)\b{_OF}(?P<value>{SIZE})"),
        ("bare", rf"(?P<value>{SIZE})"),
    )
)

_NEEDED: tuple[tuple[str, ...], ...] = (
    ("@",), ("@", "pool"), (" px",), (" px",),
    ("kernel", "filter", "window", "conv", "pool"), ("input", "image"), ("input", "image", "picture"),
    ("output",), ("output",), ("output",), (), ("kernel", "filter", "window"), ("pool",), ("conv",),
    ("stride", "step"), ("overlapping",), ("pad",), ("pad",), ("pad", "valid"), ("same",),
    ("dilat",), ("dilat",), ("kernel", "filter"), ("map", "volume", "activation"), ("map", "volume"), (),
)  # fmt: skip
"""For each pattern words of which a text must have one: to look for them is faster than to try it."""

_PATTERNS_WITH_WORDS = tuple(
    (role, pattern, words) for (role, pattern), words in zip(_PATTERNS, _NEEDED, strict=True)
)

_LETTERS: dict[str, Role] = {
    **dict.fromkeys(("i", "in", "input", "input_size", "n_in", "W_in", "H_in", "i_in"), "input"),
    **dict.fromkeys(("o", "out", "output", "output_size", "n_out", "W_out", "H_out"), "output"),
    **dict.fromkeys(("k", "K", "f", "F", "kernel", "kernel_size", "filter_size", "pool_size"), "kernel"),
    **dict.fromkeys(("s", "S", "stride", "strides"), "stride"),
    **dict.fromkeys(("p", "P", "padding", "pad"), "padding"),
    **dict.fromkeys(("d", "D", "dilation", "dilation_rate"), "dilation"),
}
_INPUT_LETTERS = ("W", "H", "N", "n", "I", "w")
_NAMED = r"(?<![\w'’\\])[A-Za-z]\w{0,15}(?:_\{\w{1,9}\})?"
_GIVEN = re.compile(
    rf"(?P<names>(?:{_NAMED}[ ]?=[ ]?){{1,3}})(?P<value>{SIZE}|{NUMBER})(?![ ]?[×*/·+−^(-]|[ ]?=)"
)


def settings_in(text: str, start: int = 0, end: int | None = None) -> list[Setting]:
    """Return the settings that a stretch of text tells, in order; a number belongs to one of them only.

    >>> [(one.role, one.value) for one in settings_in("227 × 227 input, 11x11 kernels, stride 4, no padding")]
    [('input', (227, 227)), ('kernel', (11, 11)), ('stride', (4,)), ('padding', (0,))]
    >>> [(one.role, one.value) for one in settings_in("k = s = 4, i = 32 → o = 8")]
    [('kernel', (4,)), ('stride', (4,)), ('input', (32,)), ('output', (8,))]
    >>> [(one.role, one.value) for one in settings_in("no padding: the side is 71")]
    [('padding', (0,))]
    """
    end = len(text) if end is None else end
    taken: set[int] = set()
    found = list(_in_letters(text, start, end, taken))
    plain = text[start:end].casefold()
    for role, pattern, words in _PATTERNS_WITH_WORDS:
        if words and not any(word in plain for word in words):
            continue
        for match in pattern.finditer(text, start, end):
            low, high = match.span("value")
            if role == "bare" and _in_arithmetic(text, low, high):
                continue
            if taken.isdisjoint(range(low, high)):
                taken.update(range(low, high))
                found.append(Setting(role, _value(role, match["value"]), match.start(), match.end()))
    # 'no padding: the side is 71' tells one padding, and not also 'padding: … 71'
    return sorted(
        (
            one
            for one in found
            if not any(one.role == other.role and other.start < one.start < other.end for other in found)
        ),
        key=lambda one: (one.start, one.end),
    )


def _in_letters(text: str, start: int, end: int, taken: set[int]) -> Iterator[Setting]:
    named = [
        (re.sub(r"[ {}]", "", name), match)
        for match in _GIVEN.finditer(text, start, end)
        for name in match["names"].split("=")[:-1]
    ]
    letters = {name for name, _ in named}
    for name, match in named:
        role = _LETTERS.get(name)
        if name in _INPUT_LETTERS and letters & {"k", "K", "f", "F"} and letters & {"s", "S", "p", "P"}:
            role = "input"
        if name == "K" and letters & {"F", "f", "k"}:
            role = "filters"  # where F is the size of a filter, K is their number
        if role is not None:
            taken.update(range(*match.span()))
            yield Setting(role, _value(role, match["value"]), match.start(), match.end())


def _value(role: Role, text: str) -> Value:
    plain = text.lower()
    if role == "stride" and "overlapping" in plain:
        return "kernel"
    if "same" in plain:
        return "same"
    numbers = [int(one) for one in re.findall(r"\d+", plain)]
    if "@" in plain:
        return (*numbers[1:], numbers[0])
    if not numbers and plain in _COUNTING:
        return (_COUNTING.index(plain),)
    return tuple(numbers) or ((1,) if role == "dilation" else (0,))


def _in_arithmetic(text: str, start: int, end: int) -> bool:
    """Return whether a size stands inside a formula, where it is a product."""
    before, after = text[max(0, start - 4) : start].rstrip()[-1:], text[end : end + 4].lstrip()[:1]
    return (bool(before) and before in "×*·/+^−-=(") or (bool(after) and after in "×*·/+^=)")
