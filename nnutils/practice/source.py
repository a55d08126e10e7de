"""Givens as the Python source that makes them, for the cell of a lesson that holds them."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping

from nnutils import networks
from nnutils.core.errors import NNUtilsError, PracticeError
from nnutils.core.messages import shown, shown_with_type

__all__ = ["WIDTH", "as_source", "one_line"]

WIDTH = 78
"""Columns of code that a page shows without scrolling."""

_STEP = "    "
_ALLOWED = "numbers, text, lists, tuples, dictionaries and single layers"
_BRACKETS: dict[type, str] = {list: "[]", tuple: "()", dict: "{}"}


def as_source(givens: Mapping[str, object]) -> str:
    """Return one assignment for each of the givens; what does not fit into 78 columns has an entry to a line.

    Values are numbers, text, lists, tuples, dictionaries, and layers of ``nnutils.networks``.

    Raises:
        PracticeError: for a value of another type, and for one that its source would not give back.

    >>> print(as_source({"features": 1200, "widths": {"H1": 500, "O": 25}}))
    features = 1200
    widths = {"H1": 500, "O": 25}
    >>> print(as_source({"layers": [networks.Conv2d(96, kernel_size=11, stride=4, name="conv1")]}))
    layers = [Conv2d(96, kernel_size=11, stride=4, name="conv1")]
    """
    return "\n".join(_assignment(name, value) for name, value in givens.items())


def one_line(name: str, value: object, most: int = 160) -> str:
    """Return 'name = value' for a message: the assignment on one line, shortened where it is long.

    >>> one_line("layers", [networks.Conv2d(96, kernel_size=11, name="conv1")] * 9, most=60)
    'layers = [Conv2d(96, kernel_size=11, name="conv1"), Conv2d(…'
    """
    try:
        text = " ".join(line.strip() for line in _assignment(name, value).splitlines())
        text = re.sub(r",? (?=[\])}])", "", re.sub(r"(?<=[\[({]) ", "", text))
    except PracticeError:
        text = f"{name} = {shown(value, most)}"
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _assignment(name: str, value: object) -> str:
    text = _text(value, "", len(name) + 3, name)
    known = {key: getattr(networks, key) for key in networks.__all__}
    try:
        same = eval(text, {"__builtins__": {}, **known}) == value
    except (NNUtilsError, NameError):  # nan and inf are names that nothing defines
        same = False
    if not same:
        raise PracticeError(
            f"The given {name} cannot be written as Python source: {shown(text)} does not give it back.",
            remedy=f"Use {_ALLOWED}.",
        )
    return f"{name} = {text}"


def _text(value: object, indent: str, used: int, name: str) -> str:
    """Return the source of a value that begins in column ``used`` of a line indented by ``indent``."""
    if type(value) not in _BRACKETS:
        return _atom(value, name)
    if isinstance(value, dict):
        parts = [(f"{_atom(key, name)}: ", part) for key, part in value.items()]
    else:
        assert isinstance(value, list | tuple), "the only other containers"
        parts = [("", part) for part in value]
    brackets = _BRACKETS[type(value)]
    opening, closing = brackets[0], brackets[1]
    single = "," if isinstance(value, tuple) and len(value) == 1 else ""
    flat = ", ".join(key + _text(part, "", 0, name) for key, part in parts)
    if "\n" not in flat and used + len(flat) + 3 <= WIDTH:
        return f"{opening}{flat}{single}{closing}"
    inner = indent + _STEP
    lines = [f"{inner}{key}{_text(part, inner, len(inner) + len(key) + 1, name)}," for key, part in parts]
    return "\n".join([opening, *lines, indent + closing])


def _atom(value: object, name: str) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if value is None or type(value) in (bool, int, float):
        return repr(value)
    if isinstance(value, networks.Layer) and dataclasses.is_dataclass(value):
        return _layer(value, name)
    raise PracticeError(
        f"The given {name} holds {shown_with_type(value)}, which cannot be written into a notebook.",
        remedy=f"Use {_ALLOWED}.",
    )


def _layer(layer: networks.Layer, name: str) -> str:
    """Return a layer with the settings that are not the usual ones, the channels or features by position."""
    settings = []
    for field in dataclasses.fields(layer):  # type: ignore[arg-type]  # checked by the caller
        value = getattr(layer, field.name)
        if value != field.default:
            by_position = field.name in ("out_channels", "out_features")
            settings.append(("" if by_position else f"{field.name}=") + _text(value, "", 0, name))
    return f"{type(layer).__name__}({', '.join(settings)})"
