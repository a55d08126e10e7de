"""The public names of packages: what each is, its signature, what its docstring says, and its members."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sphinx.errors import PycodeError
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.inspect import stringify_signature

__all__ = ["CLASS", "DATA", "ERROR", "FUNCTION", "Member", "PublicName", "PublicNames"]

FUNCTION, CLASS, ERROR, DATA = "function", "class", "exception", "data"
"""The kinds of public names, as Sphinx calls them."""

_LONGEST_VALUE = 72


@dataclass(frozen=True)
class Member:
    """A method, a property or an attribute of a class; ``kind`` is what Sphinx calls it."""

    name: str
    kind: str
    signature: str
    text: str


@dataclass(frozen=True)
class PublicName:
    """A public name of a package, with its docstring as ``text``; only a class has ``members``.

    ``value`` is that of a constant as Python writes it, where that is short.
    """

    room: str
    name: str
    kind: str
    signature: str
    text: str
    value: str = ""
    members: tuple[Member, ...] = ()


class PublicNames:
    """What packages list in ``__all__``; ``door`` is a package in front of them that passes on some of it.

    ``known`` has the full name of each public name by every path that leads to it.

    Raises:
        ImportError: where a package, or what it needs, is not installed.

    >>> names = PublicNames(["nnutils.core"], door="nnutils")
    >>> names.known["nnutils.core.worked.Worked"], names.known["nnutils.Worked"]
    ('nnutils.core.Worked', 'nnutils.core.Worked')
    >>> [name.name for name in names.of("nnutils.core") if name.kind == "function"][:3]
    ['bmatrix', 'counted', 'exact']
    """

    def __init__(self, rooms: Sequence[str], door: str = "") -> None:
        self.known: dict[str, str] = {}
        self._values: dict[str, Any] = {}
        for room in (*rooms, *([door] if door else [])):
            for name in importlib.import_module(room).__all__:
                self._add(room, name)

    def of(self, room: str) -> list[PublicName]:
        """Return what a package defines or collects itself, in the order of the alphabet."""
        own = [full for full in self._values if full.rpartition(".")[0] == room]
        return [
            _read(room, full.rpartition(".")[2], self._values[full]) for full in sorted(own, key=str.lower)
        ]

    def passed_on(self, room: str) -> list[str]:
        """Return the full names of what a package offers and another one of them defines."""
        offered = [self.known.get(f"{room}.{name}", "") for name in importlib.import_module(room).__all__]
        others = [full for full in offered if full and full not in self._own(room)]
        return sorted(others, key=lambda full: full.rpartition(".")[2].lower())

    def _own(self, room: str) -> set[str]:
        return {full for full in self._values if full.rpartition(".")[0] == room}

    def _add(self, room: str, name: str) -> None:
        value = getattr(importlib.import_module(room), name)
        if isinstance(value, ModuleType) or name.startswith("_"):
            return
        full = f"{room}.{name}"
        before = [known for known, other in self._values.items() if other is value]
        same = next((known for known in before if known.rpartition(".")[2] == name), full)
        self.known[full] = same
        self._values.setdefault(same, value)
        if inspect.isclass(value) or inspect.isroutine(value):
            self.known.setdefault(f"{value.__module__}.{value.__qualname__}", same)


def _read(room: str, name: str, value: Any) -> PublicName:
    if inspect.isclass(value):
        kind = ERROR if issubclass(value, BaseException) else CLASS
        return PublicName(
            room, name, kind, _signature(value), inspect.getdoc(value) or "", members=tuple(_members(value))
        )
    if inspect.isroutine(value):
        return PublicName(room, name, FUNCTION, _signature(value), inspect.getdoc(value) or "")
    shown = repr(value)
    return PublicName(
        room, name, DATA, "", _data_text(room, name, value), shown if len(shown) <= _LONGEST_VALUE else ""
    )


def _signature(value: Any, *, bound: bool = False) -> str:
    """Return the signature as it is written; nothing where Python knows none."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    if bound:
        signature = signature.replace(parameters=list(signature.parameters.values())[1:])
    if inspect.isclass(value):
        signature = signature.replace(return_annotation=inspect.Signature.empty)
    # a default that is an object has an address or a long text, which nobody types
    plain = [
        one.replace(default=...) if _is_object(one.default) else one for one in signature.parameters.values()
    ]
    return str(stringify_signature(signature.replace(parameters=plain)))


def _is_object(default: Any) -> bool:
    return default is not inspect.Parameter.empty and (
        inspect.isroutine(default) or repr(default).startswith("<") or len(repr(default)) > 40
    )


def _members(cls: type) -> Iterator[Member]:
    """Yield the public members that a class and its private bases document."""
    attributes = _attribute_texts(cls.__module__)
    library = cls.__module__.partition(".")[0]
    bases = [base for base in cls.__mro__ if base.__module__.partition(".")[0] == library]
    seen: set[str] = set()
    for base in bases:
        for name, value in vars(base).items():
            if name.startswith("_") or name in seen:
                continue
            seen.add(name)
            member = _member(name, value)
            if member:
                yield member
    for (owner, name), text in attributes.items():
        if owner == cls.__qualname__ and not name.startswith("_") and name not in seen:
            yield Member(name, "attribute", "", "\n".join(text).strip())


def _member(name: str, value: Any) -> Member | None:
    if isinstance(value, property | functools.cached_property):
        text = inspect.getdoc(value) or ""
        return Member(name, "property", "", text) if text else None
    if isinstance(value, classmethod | staticmethod):
        kind = "classmethod" if isinstance(value, classmethod) else "staticmethod"
        function, bound = value.__func__, isinstance(value, classmethod)
    elif inspect.isfunction(value):
        kind, function, bound = "method", value, True
    else:
        return None
    text = inspect.getdoc(function) or ""
    return Member(name, kind, _signature(function, bound=bound), text) if text else None


def _data_text(room: str, name: str, value: Any) -> str:
    """Return the text below a constant in the module that defines it."""
    for module in [room, *(one for one in sorted(sys.modules) if one.startswith(f"{room}."))]:
        if getattr(sys.modules[module], name, None) is value:
            text = _attribute_texts(module).get(("", name))
            if text:
                return "\n".join(text).strip()
    return ""


@functools.cache
def _attribute_texts(module: str) -> dict[tuple[str, str], list[str]]:
    try:
        return dict(ModuleAnalyzer.for_module(module).find_attr_docs())
    except PycodeError:
        return {}
