"""Comments and docstrings of code, which are statements of its author like any other text."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import replace

from nnutils.lint.readers.placed import Placed, joined
from nnutils.lint.readers.python_code import parsed_python
from nnutils.lint.sheets import Piece, Table

__all__ = ["COMMENTS", "comment_pieces", "with_comments"]

COMMENTS = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|#[^\n]*", re.DOTALL
)
"""Strings and comments of Python, told apart by what they begin with."""

_LONGEST = 40_000
_COMPUTED = re.compile(
    r"[\w)²³][ ]*(?:\*\*|[-−+*·×⋅/÷^])[ ]*[\w(√−-](?:[^\n;]{0,200}?[\w)²³])?[ ]*[=≈≃]"
    r"[ ]*[-−]?[ ]?\d[\d.,'’_ ]*(?:$|[^\d;{(\n]*$|[kKMG]?[ ]{2,})",
    re.MULTILINE,
)
_BESIDE = re.compile(r"[ \t]*")


def comment_pieces(source: Placed) -> list[Piece]:
    r"""Return the comments and docstrings of code that have numbers; comments in a row are one piece.

    What is Python itself, a line that was switched off, stays code.

    >>> from nnutils.lint.readers.placed import placed
    >>> code = "n = 3  # 3 * 5 = 15\n# m = n + 1\n# 2 + 2\n# = 4"
    >>> [(one.text, one.kind) for one in comment_pieces(placed(code))]
    [('3 * 5 = 15', 'text'), ('m = n + 1', 'code'), ('2 + 2\n= 4', 'text')]
    """
    made: list[tuple[str, Placed, int, bool]] = []  # kind, text, line, whether it has its line to itself
    text = source.text
    for found in COMMENTS.finditer(text):
        start, end = found.span()
        line = text.count("\n", 0, start)
        alone = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        if found[0].startswith("#"):
            start += len(found[0]) - len(found[0].lstrip("#"))
            start = _BESIDE.match(text, start).end()  # type: ignore[union-attr]
            part = source[start:end]
            kind = "code" if _is_code(part.text) else "text"
            before = made[-1] if made else None
            if before and alone and before[3] and before[2] == line - 1 and before[0] == kind:
                stop = text.rfind("\n", 0, found.start())
                made[-1] = (kind, joined([before[1], source[stop : stop + 1], part]), line, True)
                continue
            made.append((kind, part, line, alone))
        elif alone and found[0][:3] in ('"""', "'''"):
            made.append(("text", source[start + 3 : end - 3].stripped(), -9, False))
    return [
        Piece(part.text, tuple(part.places), (), "code" if kind == "code" else "text")
        for kind, part, _, _ in made
        if any(sign.isdigit() for sign in part.text)
    ]


def with_comments(blocks: Sequence[Piece | Table]) -> list[Piece | Table]:
    """Return the blocks of a sheet, behind each piece of Python its comments; set-off working is text.

    >>> from nnutils.lint.sheets import piece_of
    >>> texts = ("m = 2*3 = 6\\nv = 6/4 = 1.5", "m = 2*3")
    >>> [with_comments([piece_of(text, kind="code")])[0].kind for text in texts]
    ['text', 'code']
    """
    made: list[Piece | Table] = []
    for block in blocks:
        if not isinstance(block, Piece) or block.kind != "code":
            made.append(block)
            continue
        made.append(replace(block, kind="text") if _is_working(block.text) else block)
        if _is_python(block.text):
            made += comment_pieces(Placed(block.text, block.places))
    return made


def _is_working(text: str) -> bool:
    """Whether a block that is set as code is working on paper: two lines or more, half of all, compute.

    No program has two signs of equality with arithmetic between them.
    """
    if len(text) > _LONGEST or ">>>" in text or not _COMPUTED.search(text):
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    worked = sum(_COMPUTED.search(line) is not None for line in lines)
    return 2 * worked >= max(len(lines), 4) and parsed_python(text) is None


def _is_python(text: str) -> bool:
    if len(text) > _LONGEST or parsed_python(text) is None:
        return False
    return "#" in text or '"""' in text


def _is_code(text: str) -> bool:
    """Return whether a comment is a statement of Python that computes or calls something."""
    tree = parsed_python(text) if len(text) <= _LONGEST else None
    if tree is None:
        return False
    return any(
        not isinstance(one, ast.Expr) or any(isinstance(inner, ast.Call) for inner in ast.walk(one))
        for one in tree.body
    )
