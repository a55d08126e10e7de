"""The audit files of a book, run: ``load_audit("foundations/q4")`` returns the judged audit."""

from __future__ import annotations

from pathlib import Path

from nnutils.audit.session import Audit
from nnutils.core.errors import ClaimError
from nnutils.core.messages import shown_with_type
from nnutils.core.places import book_folder, question_file, run_file

__all__ = ["load_audit"]


def load_audit(name: str, root: Path | str | None = None) -> Audit:
    """Return the audit of a question, '<part>/q<number>', as its file judges it now.

    ``root`` is the book's folder; by default the nearest one upwards that has ``chapters/``. The file is
    chapters/<part>/audits/q<number>.py and has a function ``audit()``.

    Raises:
        BookError: where there is no book, and for a question without such a file.
        ClaimError: for a file that has no function ``audit``, or that returns something else than the audit
            of its own question.
        whatever the file raises.
    """
    book = book_folder(root)
    path = question_file(name, "audits", book)
    file = path.relative_to(book).as_posix()
    function = getattr(run_file(path), "audit", None)
    if not callable(function):
        raise ClaimError(
            "The audit file has no function audit().",
            where=file,
            remedy="Define audit(), and return the judged Audit.of(__file__).",
        )
    audit = function()
    if not isinstance(audit, Audit):
        raise ClaimError(
            f"audit() returns {shown_with_type(audit)}.", where=file, remedy="Return the judged Audit."
        )
    if audit.name != name:
        raise ClaimError(
            f"audit() returns the audit of {audit.name}.",
            where=file,
            remedy="Make it with Audit.of(__file__), so that it judges its own question.",
        )
    return audit
