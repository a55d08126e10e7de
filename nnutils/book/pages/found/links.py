"""Links from a page to where it comes from: its file in the repository, and the form that reports a slip."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from nnutils.book.pages.found.publication import Publication

__all__ = ["install_line", "report_link", "source_link"]


def source_link(book: Publication, file: str) -> str:
    """Return the address of a page's source in the repository; empty without one.

    >>> source_link(Publication("B", repository="https://github.com/a/b"), "chapters/01 one.ipynb")
    'https://github.com/a/b/blob/HEAD/chapters/01%20one.ipynb'
    """
    if not book.repository:
        return ""
    return f"{book.repository}/{'-/' if _is_gitlab(book) else ''}blob/HEAD/{quote(file)}"


def report_link(book: Publication, title: str, file: str) -> str:
    """Return the address that reports a slip on a page: a new issue, else a mail, else nothing.

    The page's title, its source and the book's version are filled in.

    >>> report_link(Publication("B", contact="a@b.org"), "Softmax", "s.ipynb")
    'mailto:a@b.org?subject=A%20slip%20in%20%22Softmax%22&body=Page%3A%20s.ipynb%0A%0AWhat%20is%20wrong%3A%0A'
    """
    subject = f'A slip in "{title}"'
    version = f"Version: {book.version}\n" if book.version else ""
    body = f"Page: {file}\n{version}\nWhat is wrong:\n"
    if book.repository:
        if _is_gitlab(book):
            fields = {"issue[title]": subject, "issue[description]": body}
            return f"{book.repository}/-/issues/new?{urlencode(fields)}"
        return f"{book.repository}/issues/new?{urlencode({'title': subject, 'body': body})}"
    if book.contact:
        return f"mailto:{book.contact}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"
    return ""


def install_line(book: Publication, package: str) -> str:
    """Return the command that installs what the notebooks need; empty where the book names no package.

    Without a repository it is the one for somebody who has the book's folder.

    >>> install_line(Publication("B", repository="https://github.com/a/b"), "lib[book]")
    'pip install "lib[book] @ git+https://github.com/a/b"'
    >>> install_line(Publication("B"), "lib[book]")
    'pip install ".[book]"'
    """
    if not package:
        return ""
    if book.repository:
        return f'pip install "{package} @ git+{book.repository}"'
    extras = package.partition("[")[2]
    return f'pip install ".[{extras}"' if extras else "pip install ."


def _is_gitlab(book: Publication) -> bool:
    return "gitlab" in (urlsplit(book.repository).hostname or "")
