"""The texts of an unpacked package: documentation, notebooks, long strings in code and in data."""

from __future__ import annotations

import ast
import inspect
import json
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Text", "plain_rst", "strings_of", "strings_of_data", "texts_in"]

SUFFIXES = (".md", ".markdown", ".rst", ".txt", ".tex", ".html", ".ipynb")
DATA = (".json", ".jsonl")
LARGEST = 400_000
"""Larger files are left out. Data may be larger; of its strings the first 1,500,000 characters are read."""
_LARGEST_DATA = 100_000_000
_MOST_DATA = 1_500_000
_SHORTEST = 60  # shorter strings of data are names and settings
_MATH_ROLE = re.compile(r":math:`([^`]*)`")
_MATH_BLOCK = re.compile(r"(?P<indent>\s*)\.\. math::(?P<first>.*)")


@dataclass(frozen=True)
class Text:
    """A text: its file, the line of the file at which it begins, and the name that says its format."""

    file: str
    line: int
    text: str
    name: str


def texts_in(folder: Path, *, data: bool = False, below: str = "") -> Iterator[Text]:
    """Yield every different text with a number below a folder, except those of tests and licences.

    With ``data``, the longer strings in files of JSON are texts too; ``below`` names the one folder to read.
    """
    seen = set[str]()
    for path in sorted((folder / below).rglob("*")):
        inside = path.relative_to(folder)
        if not path.is_file() or {"test", "tests"} & set(inside.parts):
            continue
        suffixes = (*SUFFIXES, ".py", *(DATA if data else ()))
        if path.name.upper().startswith(("LICENSE", "COPYING")) or path.suffix not in suffixes:
            continue
        if path.stat().st_size > (_LARGEST_DATA if path.suffix in DATA else LARGEST):
            continue
        try:
            source = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        found: Iterable[tuple[int, str]] = [(1, source)]
        if path.suffix == ".py":
            found = strings_of(source)
        elif path.suffix in DATA:
            found = strings_of_data(source, lines=path.suffix == ".jsonl")
        for line, text in found:
            if text in seen or not re.search(r"\d", text):
                continue
            seen.add(text)
            plain = {".rst": ".txt", ".py": ".txt"} | dict.fromkeys(DATA, ".md")
            name = path.name + plain.get(path.suffix, "")
            written = plain_rst(text) if path.suffix in (".rst", ".py") else text
            yield Text(inside.as_posix(), line, written, name)


def strings_of(source: str) -> Iterator[tuple[int, str]]:
    """Yield the strings of three lines or more in Python's code, docstrings among them, with their lines.

    >>> list(strings_of('def f():\\n    \\"\\"\\"One.\\n\\n    Two.\\n    \\"\\"\\"'))
    [(2, 'One.\\n\\nTwo.')]
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            every = list(ast.walk(ast.parse(source)))
        except (SyntaxError, ValueError, RecursionError):
            return
    joined = {id(part) for node in every if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in every:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in joined:
            if node.value.count("\n") > 1:
                blank = len(node.value) - len(node.value.lstrip("\n"))
                yield node.lineno + blank, inspect.cleandoc(node.value)


def strings_of_data(source: str, *, lines: bool) -> Iterator[tuple[int, str]]:
    """Yield the longer strings of JSON, or of one value a line, with the line of the value.

    >>> list(strings_of_data('{"a": "short"}\\n["' + 20 * "so " + '7"]', lines=True))[0][1][-4:]
    'so 7'
    """
    read = 0
    for number, part in enumerate(source.split("\n") if lines else [source], start=1):
        try:
            waiting = [json.loads(part)]
        except (ValueError, RecursionError):
            continue
        while waiting and read < _MOST_DATA:
            one = waiting.pop()
            if isinstance(one, str) and len(one) >= _SHORTEST:
                read += len(one)
                yield number, one
            elif isinstance(one, dict):
                waiting += reversed(one.values())
            elif isinstance(one, list):
                waiting += reversed(one)


def plain_rst(text: str) -> str:
    """Return reStructuredText with its formulas between dollar signs; no line changes its number.

    >>> plain_rst("So :math:`3 + 4 = 7`:\\n\\n.. math::\\n\\n   5 + 6 = 11\\n\\nEnd.")
    'So $3 + 4 = 7$:\\n\\n$$\\n\\\\quad\\n5 + 6 = 11$$\\n\\nEnd.'
    """
    lines, made, place = _MATH_ROLE.sub(r"$\1$", text).split("\n"), list[str](), 0
    while place < len(lines):
        found = _MATH_BLOCK.fullmatch(lines[place])
        end = place + 1
        while found and end < len(lines) and _inside(lines[end], len(found["indent"])):
            end += 1
        while end > place + 1 and not lines[end - 1].strip():
            end -= 1
        if found and (end > place + 1 or found["first"].strip()):
            body = [line.strip() or r"\quad" for line in lines[place + 1 : end]]
            formula = ["$$" + found["first"], *body]
            made += [*formula[:-1], formula[-1] + "$$"]
        else:
            made += lines[place:end]
        place = end
    return "\n".join(made)


def _inside(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip()) > indent
