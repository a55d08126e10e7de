"""Names that code takes from modules that nobody here knows."""

from __future__ import annotations

import ast

from nnutils.lint.checks.printed.calls import OF_MATH
from nnutils.lint.checks.printed.tensors import FUNCTIONS

__all__ = ["foreign_names"]

_USUAL = ("math", "numpy", "torch", "scipy", "jax", "builtins", "statistics")
"""Modules whose functions do what their names say, to numbers as Python has them."""


def foreign_names(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Return the names that an import takes from a module whose functions may be others: of mpmath, say.

    >>> foreign_names(ast.parse("from mpmath import exp, mp as m").body[0]) == {"exp", "m"}
    True
    >>> foreign_names(ast.parse("from torch.nn.functional import relu").body[0])
    set()
    """
    if isinstance(node, ast.Import) or (node.module or "").partition(".")[0] in _USUAL:
        return set()
    names = {one.asname or one.name for one in node.names}
    return names - {"*"} | (set(FUNCTIONS) | OF_MATH if "*" in names else set())
