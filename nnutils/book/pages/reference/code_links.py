"""Links from code to the reference: the first use of each public name on a page.

The code is read with Python's own parser, out of the highlighted HTML. A name counts where an import of the
same page leads from it to a public name; so a variable that happens to be called ``count`` is no link.
"""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Callable, Iterator, Mapping

__all__ = ["LINK", "NamesInCode", "with_links"]

LINK = "api-link"
"""The class of a link in code."""

_BLOCK = re.compile(
    r'(<div class="highlight-(?:ipython3|ipython|python3?) notranslate"><div class="highlight"><pre>)'
    r"(.*?)(</pre>)",
    re.DOTALL,
)
_PIECE = re.compile(r"(<[^>]*>)|([^<]+)")
_NOT_PYTHON = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)


class NamesInCode:
    """What the names in the code of a page stand for, as its imports say, cell after cell.

    Args:
        known: full names by every path that leads to them, as ``nnutils.networks.sizes.conv_output_size``

    >>> names = NamesInCode({"shop.price": "shop.goods.price"})
    >>> list(names.used("from shop import price as p\\nprint(p(2))"))
    [((2, 6), 'p', 'shop.goods.price')]
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._bound: dict[str, str] = {}

    def used(self, code: str) -> Iterator[tuple[tuple[int, int], str, str]]:
        """Yield line and column of each name that is used, its spelling there, and its full name.

        Code that is no Python, such as a line of a shell, has none.
        """
        plain = _NOT_PYTHON.sub(lambda line: f"{line[1]}pass", code)
        try:
            tree = ast.parse(plain)
        except (SyntaxError, ValueError):
            return
        lines = plain.splitlines()
        local = _bound_inside(tree)
        for node in _in_order(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._bind(node)
            elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                path = self._path(node, local)
                if path in self._known:
                    spelling = node.attr if isinstance(node, ast.Attribute) else node.id
                    line, end = node.end_lineno or 0, node.end_col_offset or 0
                    column = len(lines[line - 1].encode()[:end].decode()) - len(spelling)
                    yield (line, column), spelling, self._known[path]
        for name in _assigned(tree):
            self._bound.pop(name, None)

    def _bind(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                if node.module and not node.level:
                    self._bound[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            else:
                first = alias.name.partition(".")[0]
                self._bound[alias.asname or first] = alias.name if alias.asname else first

    def _path(self, node: ast.expr, local: set[str]) -> str:
        if isinstance(node, ast.Attribute):
            before = self._path(node.value, local)
            return f"{before}.{node.attr}" if before else ""
        if isinstance(node, ast.Name) and node.id not in local:
            return self._bound.get(node.id, "")
        return ""


def _in_order(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a tree as they stand in the text."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.expr | ast.stmt)]
    yield from sorted(found, key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0))


def _bound_inside(tree: ast.AST) -> set[str]:
    """Return the names of arguments and of variables in loops of an expression: not what an import brings."""
    found = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.comprehension):
            found |= {one.id for one in ast.walk(node.target) if isinstance(one, ast.Name)}
    return found


def _assigned(tree: ast.AST) -> Iterator[str]:
    """Yield the names to which a piece of code gives another meaning."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def with_links(page: str, known: Mapping[str, str], address: Callable[[str], str]) -> str:
    """Return the HTML of a page with links from the first use of each public name in its code.

    ``address`` returns where a full name is described; nothing where it is not.
    """
    names, linked = NamesInCode(known), set[str]()

    def block(found: re.Match[str]) -> str:
        code = html.unescape(re.sub(r"<[^>]*>", "", found[2]))
        places: dict[tuple[int, int], tuple[str, str]] = {}
        for place, spelling, full in names.used(code):
            if full not in linked and (to := address(full)):
                linked.add(full)
                places[place] = (spelling, f'<a class="{LINK}" href="{html.escape(to)}">{spelling}</a>')
        return found[1] + (_placed(found[2], places) if places else found[2]) + found[3]

    return _BLOCK.sub(block, page)


def _placed(markup: str, places: Mapping[tuple[int, int], tuple[str, str]]) -> str:
    """Return highlighted code with links put in place of names, each of which is one token."""
    made, line, column = [], 1, 0
    for piece in _PIECE.finditer(markup):
        if piece[1]:
            made.append(piece[1])
            continue
        text = html.unescape(piece[2])
        spelling, link = places.get((line, column), ("", ""))
        made.append(link if spelling and text == spelling else piece[2])
        line += text.count("\n")
        column = len(text) - text.rfind("\n") - 1 if "\n" in text else column + len(text)
    return "".join(made)
