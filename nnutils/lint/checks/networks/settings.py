"""The settings of one layer as far as a sheet says them, in words such as '64 filters of size 5 × 5'."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Literal

from nnutils.lint.checks.tables.labels import LABEL, Kind, label_at

__all__ = ["Pair", "Settings", "kind_in", "settings_in"]

Pair = tuple[int, int]
"""A setting along the height and along the width."""

_TIMES = r"\s*[×xX*✕∗]\s*"
_OTHER_COUNT = (
    r"(?!\d|\s*[×xX*✕∗@]\s*\d|\s+(?:\w+\s+)?(?:filters?|kernels?|channels?|maps|features|units|outputs?)\b)"
)
_PAIR = rf"[(\[]?\s*(\d{{1,3}})(?:(?:{_TIMES}|\s*,\s*)(\d{{1,3}}){_OTHER_COUNT})?(?!\d)"
_SAYS = r"\s*(?:sizes?)?\s*(?:of|is|=|:)?\s*(?:size\s*)?"
_STRIDE = re.compile(rf"(?:\bstrides?{_SAYS}|\bs\s*=\s*){_PAIR}", re.IGNORECASE)
_SLASH = re.compile(r"\d\s*/\s*(\d)(?!\d)")
_PADDING = re.compile(rf"(?:\b(?:zero[ -]?)?pad(?:ding)?{_SAYS}|\bp\s*=\s*){_PAIR}", re.IGNORECASE)
_SHORT = re.compile(  # k5 s2 p0
    r"(?<!\w)k(?P<kernel>\d{1,2})(?:[ ,/]+s(?P<stride>\d{1,2}))?(?:[ ,/]+p(?P<padding>\d{1,2}))?(?!\w)"
)
_NO_PADDING = re.compile(
    r"\b(?:no|without|zero)\s+(?:zero[ -]?)?pad(?:ding)?(?!\s*(?:=|of))|\bvalid\b|\bunpadded\b", re.IGNORECASE
)
_SAME = re.compile(r"\bsame\b(?!\s+(?:size|as|number))", re.IGNORECASE)
_DILATION = re.compile(rf"(?:\bdilation(?: rate)?{_SAYS}|\bd\s*=\s*){_PAIR}", re.IGNORECASE)
_KERNEL = re.compile(rf"(?<![\d.,])(\d{{1,2}}){_TIMES}(\d{{1,2}})(?!\d)(?:{_TIMES}(\d{{1,4}})(?!\d))?")
_KERNEL_SIZE = re.compile(
    rf"(?:\bkernel[ _]?(?:size)?\s*(?:of|is|=|:)\s*(?:size\s*)?|\bk\s*=\s*"
    rf"|pool(?:ing|2d)?\s*\(\s*(?=\d\s*[,)])){_PAIR}",
    re.IGNORECASE,
)
_FILTERS = re.compile(
    r"(?<![\d.,×x])(\d{1,3}(?:,\d{3})+|\d{1,6})\s+(?:\d{1,2}\s*[×x]\s*\d{1,2}\s+)?"
    r"(?:(?:convolution(?:al)?|output|feature|hidden)\s+)?"
    r"(?:filters?|kernels?|channels?|maps|neurons|units|nodes)\b"
    r"(?!\s*(?:of size\s*)?=)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    rf"(?<![\d.,])(\d{{1,4}})\s+(?=\d{{1,2}}{_TIMES}\d{{1,2}}\s+(?:kernels?|filters?))", re.IGNORECASE
)
_COUNT = r"\d{1,3}(?:[,.' \u00a0\u2009\u202f]\d{3})+(?!\d)|\d{1,9}"
_FROM_TO = re.compile(
    rf"(?<![\d.,×x])(?P<reads>{_COUNT})(?:\s+(?:inputs?|features?|values?|neurons|units|nodes))?"
    rf"\s*(?:\bto\b|→|->|=>|-->|⇒)\s*(?P<makes>{_COUNT})(?![\d×x]|\s*[×x*]\s*\d|[.,]\d)",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"\bgroups?\s*(?:of|=|:)\s*(\d{1,4})|\b(\d{1,4}|two|four)\s+groups\b", re.IGNORECASE)
_NUMBERS = {"two": 2, "four": 4}
_NO_OVERLAP = re.compile(r"\bnon-?overlapping\b", re.IGNORECASE)
_NO_BIAS = re.compile(r"\b(?:no|without)\s+bias", re.IGNORECASE)
_DEPTHWISE = re.compile(r"\bdepth-?wise\b|\bdw\b", re.IGNORECASE)
_OTHER = re.compile(
    r"transpos|deconv|upsampl|separab|inception|resid|block|attention|lstm|embedding|concat|add\b|stage"
    r"|→|->|⇒",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Settings:
    """What is said about a layer; None for what is not said. ``depth`` is the third side of a kernel."""

    kind: Kind | None = None
    kernel: Pair | None = None
    depth: int | None = None
    stride: Pair | None = None
    padding: Pair | Literal["same"] | None = None
    dilation: Pair | None = None
    filters: int | None = None
    groups: int | None = None
    bias: bool = True
    depthwise: bool = False
    features: int | None = None
    """What a dense layer reads."""

    def or_else(self, other: Settings) -> Settings:
        """Return these settings, what they do not say taken from another text.

        >>> settings_in("conv 3x3").or_else(settings_in("64 filters of size 5 x 5, stride 2")).stride
        (2, 2)
        """
        missing = {
            one.name: getattr(other, one.name) for one in fields(self) if getattr(self, one.name) is None
        }
        if self.kernel is not None:
            missing.pop("depth", None)
        return replace(
            self, **missing, bias=self.bias and other.bias, depthwise=self.depthwise or other.depthwise
        )


def settings_in(text: str) -> Settings:
    """Return the settings that a text says in words.

    >>> found = settings_in("Conv-2 Layer 64 filters of size 5 × 5, stride 2, padding 2.")
    >>> found.filters, found.kernel, found.stride, found.padding
    (64, (5, 5), (2, 2), (2, 2))
    >>> settings_in("max-pooling of size 2 × 2, stride 2, no padding").padding
    (0, 0)
    >>> found = settings_in("conv1 k5 s2 p0")
    >>> found.kind, found.kernel, found.stride, found.padding
    ('conv', (5, 5), (2, 2), (0, 0))
    """
    text = text[:300]
    kernel = _KERNEL.search(text)
    sized = _KERNEL_SIZE.search(text)
    window: Pair | None = None
    short = _SHORT.search(text)
    if short and (short["stride"] or short["padding"]):
        return replace(settings_in(_SHORT.sub(_written_out, text)), kind=kind_in(text))
    if sized:
        window = _pair(sized)
    elif kernel:
        window = int(kernel[1]), int(kernel[2])
    stride, slash = _STRIDE.search(text), _SLASH.search(text)
    padding = _PADDING.search(text)
    dilation, filters, groups = _DILATION.search(text), _FILTERS.search(text), _GROUPS.search(text)
    leading = _LEADING.search(text)
    pads: Pair | Literal["same"] | None = None
    if padding:
        pads = _pair(padding)
    elif _NO_PADDING.search(text):
        pads = (0, 0)
    elif _SAME.search(text):
        pads = "same"
    kind, made = kind_in(text), filters or leading
    between = _FROM_TO.search(text) if window is None and kind in (None, "linear", "output") else None
    strides = _pair(stride) if stride else (int(slash[1]), int(slash[1])) if slash else None
    if strides is None and window and _NO_OVERLAP.search(text):
        strides = window
    return Settings(
        kind,
        window,
        int(kernel[3]) if kernel and kernel[3] and not sized else None,
        strides,
        pads,
        _pair(dilation) if dilation else None,
        _whole(between["makes"]) if between else _whole(made[1]) if made else None,
        (int(groups[1]) if groups[1] else _NUMBERS.get(groups[2].lower()) or int(groups[2]))
        if groups
        else None,
        _NO_BIAS.search(text) is None,
        _DEPTHWISE.search(text) is not None,
        _whole(between["reads"]) if between else None,
    )


def _written_out(found: re.Match[str]) -> str:
    """Return 'k5 s2 p0' as 'kernel = 5, stride 2, padding 0'."""
    said = [f"{name} {found[name]}" for name in ("stride", "padding") if found[name]]
    return ", ".join([f"kernel = {found['kernel']}", *said])


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def kind_in(text: str) -> Kind | None:
    """Return the kind of layer that a text names first; None where it names none, or one that is not known.

    >>> kind_in("5x5 Conv, 64"), kind_in("Max-pooling"), kind_in("transposed conv"), kind_in("Conv + ReLU")
    ('conv', 'pool', None, 'conv')
    """
    if _OTHER.search(text):
        return None
    found = LABEL.search(re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=conv)", " ", text.replace("_", " ")))
    return label_at(found).kind if found else None


def _pair(found: re.Match[str]) -> Pair:
    return int(found[1]), int(found[2] or found[1])
