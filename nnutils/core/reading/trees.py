"""YAML within bounds: how deep it is nested, and how large it is once its aliases are written out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from nnutils.core.numerals import MOST_DIGITS

if TYPE_CHECKING:
    import yaml

__all__ = ["DEEPEST", "MOST_NODES", "yaml_loader", "yaml_value"]

DEEPEST = 30
"""So many lists and mappings may stand inside one another."""

MOST_NODES = 100_000
"""So many values and keys a document may have, each alias counted as what it stands for."""


def yaml_value(text: str) -> Any:
    """Return what a YAML document holds, as ``yaml.safe_load`` does.

    Raises:
        yaml.YAMLError: for what is not YAML, for a value that is not what its tag says, for an alias inside
            itself, and for more than ``DEEPEST`` brackets inside one another or ``MOST_NODES`` values.
        ImportError: where PyYAML is not installed.

    >>> yaml_value("sheets: [A, 3]")
    {'sheets': ['A', 3]}
    """
    loader = yaml_loader(text)
    node = loader.get_single_node()
    return None if node is None else loader.construct_document(node)


def yaml_loader(text: str) -> yaml.SafeLoader:
    """Return a loader for a text, which raises ``yaml.YAMLError`` and nothing else.

    Raises:
        yaml.YAMLError: for characters that YAML does not have.
        ImportError: where PyYAML is not installed.
    """
    return _bounded()(text)


@cache
def _bounded() -> type[yaml.SafeLoader]:
    """Return the class, which is made when PyYAML is asked for."""
    import yaml
    from yaml.composer import ComposerError
    from yaml.constructor import ConstructorError

    class Bounded(yaml.SafeLoader):
        """PyYAML's loader of plain data, within bounds."""

        def __init__(self, text: str) -> None:
            super().__init__(text)
            self.depth = 0
            self.sizes: dict[int, int] = {}

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            """Read the next value; refuse one that is too deep, or too large once written out."""
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            if self.depth >= DEEPEST:
                raise ComposerError(None, None, f"more than {DEEPEST} brackets inside one another", mark)
            self.depth += 1
            is_alias = self.check_event(yaml.AliasEvent)
            node = super().compose_node(parent, index)
            self.depth -= 1
            assert isinstance(node, yaml.Node)
            if id(node) not in self.sizes:
                if is_alias:
                    raise ComposerError(None, None, "an alias inside what it stands for", mark)
                self.sizes[id(node)] = 1 + sum(self.sizes[id(part)] for part in _parts(node))
            if self.sizes[id(node)] > MOST_NODES:
                raise ComposerError(None, None, f"more than {MOST_NODES:,} values", mark)
            return node

        def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
            """Return the value of a node; PyYAML's own conversions fail with errors of many kinds."""
            digits = node.value if isinstance(node, yaml.ScalarNode) else ""
            try:
                if node.tag == "tag:yaml.org,2002:int" and len(digits) > MOST_DIGITS * 4 // 5:
                    raise ValueError  # of a number in base 16, no more could be written in base 10
                return super().construct_object(node, deep)
            except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
                kind = node.tag.rpartition(":")[2]
                problem = f"a value that is not of the kind {kind}, or too long for it"
                raise ConstructorError(None, None, problem, node.start_mark) from None

    return Bounded


def _parts(node: Any) -> list[Any]:
    """Return the nodes inside a node."""
    if not isinstance(node.value, list):
        return []
    return [part for entry in node.value for part in (entry if isinstance(entry, tuple) else (entry,))]
