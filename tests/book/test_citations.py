"""A citation is a link that every viewer shows, and names an entry of references.bib."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.notebook_files import NOTEBOOKS, prose, read

from tools.pages import ROOT

ENTRY = re.compile(r"@\w+\{\w+,(.*?)\n\}", re.DOTALL)
LINK = re.compile(r"\[\(([^()\]]+), (\d{4})\)\]\(((?:\.\./)*)references\.md\)")
PAGES = [*NOTEBOOKS, *ROOT.glob("*.md")]


def entries(bibliography: str) -> Iterator[tuple[str, str]]:
    """Yield who wrote an entry and when, as a citation says it."""
    for entry in ENTRY.findall(bibliography):
        authors, year = (re.search(rf"{field}\s*=\s*\{{(.*)\}}", entry) for field in ("author", "year"))
        assert authors and year
        names = [name.split(",")[0] for name in re.split(r"\s+and\s+", authors[1])]
        who = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
        yield who, year[1]


def text_of(page: Path) -> str:
    return "\n".join(prose(read(page))) if page.suffix == ".ipynb" else page.read_text(encoding="utf-8")


def faults(text: str, known: set[tuple[str, str]], depth: int) -> list[str]:
    found = [match[0] for match in LINK.finditer(text) if (match[1], match[2]) not in known]
    found += [match[0] for match in LINK.finditer(text) if match[3] != "../" * depth]
    return found + re.findall(r"\{cite\w*\}`[^`]*`", text)


KNOWN = set(entries((ROOT / "references.bib").read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_each_citation_names_an_entry(page: Path) -> None:
    assert faults(text_of(page), KNOWN, len(page.relative_to(ROOT).parts) - 1) == []


def test_there_are_citations() -> None:
    assert sum(len(LINK.findall(text_of(page))) for page in PAGES) > 10


@pytest.mark.parametrize(
    "text",
    ["[(Knuth, 1997)](references.md)", "[(Knuth, 1998)](../references.md)", "{cite}`knuth1998sorting`"],
)
def test_a_wrong_citation_is_noticed(text: str) -> None:
    assert ("Knuth", "1998") in KNOWN and not faults("[(Knuth, 1998)](references.md)", KNOWN, 0)
    assert faults(text, KNOWN, 0) == [text]
