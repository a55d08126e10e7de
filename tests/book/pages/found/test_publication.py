"""What is known of a publication comes from the first place that says it; nothing is made up."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nnutils.book.pages.found.publication import Publication, read_publication
from nnutils.core.errors import NNUtilsError

SAID = """\
title: "Solved: a book"
version: 1.2
date-released: 2031-05-06
url: https://cff.example.org/book
repository-code: https://cff.example.org/repo.git
authors:
  - name: The group
  - given-names: Ada
    family-names: Example
  - alias: nobody
contact:
  - email: slips@example.org
"""


def config(**values: str) -> Any:
    empty = {"html_baseurl": "", "html_title": "", "book_repository": "", "book_contact": "", "release": ""}
    return SimpleNamespace(**{"project": "Site", "author": "unknown", **empty, **values})


def read(folder: Path, environment: dict[str, str] | None = None, **values: str) -> Publication:
    return read_publication(config(**values), folder, environment or {})


def test_a_book_that_says_nothing_has_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == Publication("Site")
    assert read(tmp_path, author="The group").authors == ("The group",)


def test_the_citation_file_is_enough(tmp_path: Path) -> None:
    (tmp_path / "CITATION.cff").write_text(SAID, encoding="utf-8")
    assert read(tmp_path, author="Other") == Publication(
        title="Solved: a book",
        authors=("The group", "Ada Example", "nobody"),
        version="1.2",
        year="2031",
        address="https://cff.example.org/book/",
        repository="https://cff.example.org/repo",
        contact="slips@example.org",
    )


def test_the_configuration_comes_first_and_the_environment_before_it(tmp_path: Path) -> None:
    (tmp_path / "CITATION.cff").write_text(SAID, encoding="utf-8")
    values = {
        "html_baseurl": "https://a.org",
        "book_repository": "https://b.org/r/",
        "book_contact": "c@d.org",
    }
    configured = read(tmp_path, release="3", **values)
    assert (configured.address, configured.repository) == ("https://a.org/", "https://b.org/r")
    assert (configured.contact, configured.version) == ("c@d.org", "3")
    environment = {
        "BOOK_ADDRESS": "https://e.org/",
        "BOOK_REPOSITORY": "https://f.org/r",
        "BOOK_CONTACT": "g@h.org",
    }
    told = read(tmp_path, environment, **values)
    assert (told.address, told.repository, told.contact) == ("https://e.org/", "https://f.org/r", "g@h.org")


def test_an_address_without_its_beginning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        NNUtilsError, match="address is given as 'example.org', .* beginning: https://example.org"
    ):
        read(tmp_path, {"BOOK_ADDRESS": "example.org"})
    with pytest.raises(NNUtilsError, match="repository is given as 'git@example.org:a/b'"):
        read(tmp_path, {"BOOK_REPOSITORY": "git@example.org:a/b"})


@pytest.mark.parametrize("text", ["a: [", "a: b: c"])
def test_a_citation_file_that_is_not_yaml_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    with pytest.raises(NNUtilsError, match="CITATION.cff cannot be read as YAML"):
        read(tmp_path)
