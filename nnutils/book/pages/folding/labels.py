"""What the code that a page hides is called, and which code only draws: rules for cells of notebooks.

A hidden cell is one tagged ``hide-input``. Its label stands where MyST-NB looks for it, in the metadata
``mystnb.code_prompt_show``. Who calls it is, in this order: a comment that begins the cell, words of the
author's own in the metadata, a rule about what the cell gives and where it stands.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any

from nnutils.book.magic import MAGIC

__all__ = ["HIDDEN", "RULED", "label", "only_draws", "own_label", "with_labels"]

HIDDEN = "hide-input"
"""The tag of a cell whose code the page hides."""

_FIGURE = "Code that draws the figure"
_TABLE = "Code that makes the table"
_IMPORTS = "Imports"
_MODEL_ANSWER = "Code of the model answer"
_SECOND_ROUTE = "Code of the second route"
_TEXT = "Code behind the text below"
_PREPARES = "Code that prepares the next step"

RULED = (_FIGURE, _TABLE, _IMPORTS, _MODEL_ANSWER, _SECOND_ROUTE, _TEXT, _PREPARES)
"""The labels that the rule gives: these are set anew where a cell changed, all others are the author's."""

_HEADING = re.compile(r"^(#{1,3})\s+(.*?)\s*$", re.MULTILINE)
_KINDS_OF_PICTURES = ("image/svg+xml", "image/png")
_SET_UP = (ast.Import, ast.ImportFrom)
_MAGIC_LINE = re.compile(r"^[%!].*$", re.MULTILINE)


def with_labels(cells: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Yield the place of each hidden cell of a notebook, and the label that it should have."""
    headings = {1: "", 2: "", 3: ""}
    for place, cell in enumerate(cells):
        if cell["cell_type"] == "markdown":
            for marks, text in _HEADING.findall(cell["source"]):
                headings |= {level: "" for level in headings if level > len(marks)}
                headings[len(marks)] = text
        elif HIDDEN in cell["metadata"].get("tags", ()):
            following = cells[place + 1] if place + 1 < len(cells) else None
            yield place, label(cell, headings[2], headings[3], following)


def label(cell: Any, section: str = "", part: str = "", following: Any = None) -> str:
    """Return what a hidden cell is called, in a section and a part of it, with a cell following it.

    >>> cell = {"cell_type": "code", "source": "import math", "metadata": {}, "outputs": []}
    >>> label(cell)
    'Imports'
    >>> label(cell | {"source": "# Both sides, at random points\\nx = 3"}, "How we know")
    'Both sides, at random points'
    """
    return _comment(cell["source"]) or own_label(cell) or _ruled(cell, section, part, following)


def own_label(cell: Any) -> str:
    """Return the author's words in the metadata of a cell; '' where there are none, or the rule's.

    >>> own_label({"metadata": {"mystnb": {"code_prompt_show": "Imports"}}})
    ''
    """
    words = str(cell["metadata"].get("mystnb", {}).get("code_prompt_show", "")).strip()
    return "" if words in RULED else words


def only_draws(cells: Sequence[Any], place: int) -> bool:
    """Whether the code of a cell is for nothing but its figure, so that a page may hide it.

    It ends in a call of ``drawing`` and shows pictures only; it checks nothing, and no code that stays in
    sight uses a name that it makes (what it imports aside). So what computes an answer, or compares two
    routes, is not of that kind.
    """
    cell = cells[place]
    tree = _parsed(cell)
    if tree is None or not tree.body or not _shows_pictures_only(cell):
        return False
    last = tree.body[-1]
    if not isinstance(last, ast.Expr) or not _calls_drawing(last.value):
        return False
    if any(isinstance(node, ast.Assert) or _is_name(node, "lesson") for node in ast.walk(tree)):
        return False
    made = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    made |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return not made & _used_in_sight(cells[place + 1 :])


def _used_in_sight(cells: Sequence[Any]) -> set[str]:
    """Return the names that visible code in these cells reads before it makes them itself."""
    used: set[str] = set()
    made: set[str] = set()
    for cell in cells:
        tree = _parsed(cell)
        if tree is None:
            continue
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        stored |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        if HIDDEN not in cell["metadata"].get("tags", ()):
            used |= {node.id for node in names if isinstance(node.ctx, ast.Load)} - made - stored
        made |= stored
    return used


def _ruled(cell: Any, section: str, part: str, following: Any) -> str:
    tree = _parsed(cell)
    kinds = [set(output.get("data", {})) for output in cell["outputs"]]
    if any(kind & set(_KINDS_OF_PICTURES) for kind in kinds):
        return _FIGURE
    if any("text/html" in kind for kind in kinds):
        return _TABLE
    if tree is not None and all(isinstance(node, _SET_UP) or _sets_a_style(node) for node in tree.body):
        return _IMPORTS
    if part == "Model answer":
        return _MODEL_ANSWER
    if following is not None and following["source"].startswith(MAGIC):
        return _TEXT
    return _SECOND_ROUTE if section == "How we know" else _PREPARES


def _comment(source: str) -> str:
    """Return the comment that begins a cell, without its sign; '' where none does.

    >>> _comment("# The same by NumPy.\\nx = 3")
    'The same by NumPy'
    """
    first = source.partition("\n")[0]
    return first.lstrip("#").strip().removesuffix(".") if first.startswith("#") else ""


def _parsed(cell: Any) -> ast.Module | None:
    """Return the code of a cell without its magics; None where it is no Python."""
    if cell["cell_type"] != "code" or cell["source"].startswith("%%"):
        return None
    try:
        return ast.parse(_MAGIC_LINE.sub("", cell["source"]))
    except SyntaxError:
        return None


def _shows_pictures_only(cell: Any) -> bool:
    shown = [set(output.get("data", {})) for output in cell["outputs"]]
    return bool(shown) and all(kinds & set(_KINDS_OF_PICTURES) for kinds in shown)


def _calls_drawing(node: ast.AST) -> bool:
    """Whether an expression is a call of something in ``drawing``, or of a function that draws."""
    called = node.func if isinstance(node, ast.Call) else None
    while isinstance(called, ast.Attribute):
        called = called.value
    return isinstance(called, ast.Name) and (called.id in ("drawing", "plt") or called.id.startswith("draw_"))


def _sets_a_style(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and _calls_drawing(node.value)


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
