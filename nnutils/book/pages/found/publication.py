"""What is known of a book's publication: title, authors, version, and the addresses that somebody configured.

Each value is taken from the first place that has it:

========== ======================== ================================== ======================
value      environment              ``_config.yml``                    ``CITATION.cff``
========== ======================== ================================== ======================
address    ``BOOK_ADDRESS``         ``html: baseurl``                  ``url``
repository ``BOOK_REPOSITORY``      ``sphinx: config: book_repository`` ``repository-code``
contact    ``BOOK_CONTACT``         ``sphinx: config: book_contact``   ``contact: - email``
title                                                                  ``title``, else the book's
authors                                                                ``authors``, else the book's
version                             ``sphinx: config: release``        ``version``
year                                                                   ``date-released``
========== ======================== ================================== ======================
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sphinx.config import Config

from nnutils.core.errors import NNUtilsError
from nnutils.core.reading import file_text, yaml_value

__all__ = ["Publication", "read_publication"]


@dataclass(frozen=True)
class Publication:
    """A book as it is published; what nobody has said is empty.

    An ``address`` ends with a slash, a ``repository`` does not.
    """

    title: str
    authors: tuple[str, ...] = ()
    version: str = ""
    year: str = ""
    address: str = ""
    repository: str = ""
    contact: str = ""


def read_publication(
    config: Config, folder: Path, environment: Mapping[str, str] = os.environ
) -> Publication:
    """Return what is known of the publication of the book in a folder.

    Raises:
        NNUtilsError: when CITATION.cff cannot be read, or an address is not one of the web.
    """
    said = _citation(folder / "CITATION.cff")
    contacts = [str(one.get("email") or "") for one in said.get("contact") or [] if isinstance(one, dict)]
    address = environment.get("BOOK_ADDRESS") or config.html_baseurl or said.get("url") or ""
    repository = environment.get("BOOK_REPOSITORY") or config.book_repository or said.get("repository-code")
    return Publication(
        title=str(said.get("title") or config.html_title or config.project),
        authors=tuple(filter(None, map(_author, said.get("authors") or []))) or _names(config.author),
        version=str(config.release or said.get("version") or ""),
        year=str(said.get("date-released") or "")[:4],
        address=f"{_checked(address, 'address')}/" if address else "",
        repository=_checked(repository or "", "repository").removesuffix(".git"),
        contact=environment.get("BOOK_CONTACT") or config.book_contact or "".join(contacts[:1]),
    )


def _citation(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        said = yaml_value(file_text(file, file.name, NNUtilsError))
    except yaml.YAMLError as error:
        raise NNUtilsError(f"CITATION.cff cannot be read as YAML: {' '.join(str(error).split())}") from None
    return said if isinstance(said, dict) else {}


def _author(said: Any) -> str:
    if not isinstance(said, dict):
        return str(said or "")
    given = " ".join(
        str(said[key]) for key in ("given-names", "name-particle", "family-names") if said.get(key)
    )
    return str(said.get("name") or given or said.get("alias") or "")


def _names(author: str) -> tuple[str, ...]:
    # Sphinx's own placeholder for a book that does not say
    return (author,) if author and author != "unknown" else ()


def _checked(address: Any, what: str) -> str:
    text = str(address).strip().rstrip("/")
    if text and not text.startswith(("https://", "http://")):
        raise NNUtilsError(
            f"The book's {what} is given as {text!r}, which is not an address of the web. "
            f"Give it with its beginning: https://{text.lstrip('/')}"
        )
    return text
