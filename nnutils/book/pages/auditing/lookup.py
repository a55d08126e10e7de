"""What the search page looks numbers up in: every statement, and the numbers in the text of all pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes

from nnutils.audit.value_text import plain_text
from nnutils.audit.verdict import SYMBOLS

__all__ = ["lookup_script", "numbers_by_section", "numbers_in"]

# Four digits at least: a smaller number stands on every page. A separator is followed by three digits.
_NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d{4,15})(?!\d)(?!\.\d)(?!,\d)")
_UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)

Section = tuple[str, str, set[str]]
"""The anchor of a section, its title, and the numbers in it."""


def numbers_in(text: str) -> set[str]:
    """Return the large whole numbers in a text, as digits.

    >>> sorted(numbers_in("290,400 units, 105415200 connections in 2012; [3,3,96] and 3.14159"))
    ['105415200', '2012', '290400']
    """
    found = _NUMBER.findall(text.replace("{,}", ","))
    return {re.sub(r"\D", "", number) for number in found}


def numbers_by_section(doctree: nodes.document) -> Iterator[Section]:
    """Yield the sections of a page that have numbers in their own text, without that of sections in them.

    Those with docstrings are left out: an example there is not what somebody who looks for a number wants.
    """
    for section in doctree.findall(nodes.section):
        if any(section.findall(addnodes.desc)):
            continue
        found: set[str] = set()
        title = ""
        for child in section.children:
            if isinstance(child, nodes.title):
                title = child.astext()
            if not isinstance(child, nodes.section):
                found |= numbers_in("\n".join(_texts(child)))
        if found and section["ids"]:
            yield section["ids"][0], title, found


def lookup_script(
    lists: Iterable[tuple[str, str, Sequence[Mapping[str, Any]]]],
    pages: Iterable[tuple[str, str, Sequence[Section]]],
) -> str:
    """Return a script that hands over all of it: a page that is opened as a file can load nothing else.

    Pages come with address and title: ``lists`` with the statements on them, ``pages`` with their sections.
    """
    audit_pages: list[dict[str, str]] = []
    statements = []
    for address, title, rows in lists:
        for row in rows:
            texts = (row["says"], plain_text(row["stated"]), plain_text(row["computed"]))
            judged = f"{SYMBOLS[row['verdict']]} {row['verdict']}"
            statements.append([row["id"], len(audit_pages), *texts, judged, _reason(row)])
        audit_pages.append({"address": address, "title": title})
    sections = []
    for page, title, of_page in pages:
        for anchor, name, found in of_page:
            sections.append([f"{page}#{anchor}", title, name, " ".join(sorted(found))])
    data = {"pages": audit_pages, "statements": statements, "sections": sections}
    # A line for each row, so that two versions of the site can be compared.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
    return f"window.showYourWork.lookup({text});\n"


def _reason(row: Mapping[str, Any]) -> str:
    return " ".join(part for part in (row["restored"], row["why"], row["cause"]) if part)


def _texts(node: nodes.Node) -> Iterator[str]:
    for one in node.findall():
        if isinstance(one, nodes.raw):
            if one.get("format") == "html":
                yield _UNSEEN.sub(" ", one.astext())
        elif isinstance(one, nodes.Text) and not isinstance(one.parent, nodes.raw):
            yield one.astext()
