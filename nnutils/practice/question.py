"""Practice files, found, checked and asked: ``load("foundations/q4")``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from nnutils.core.errors import NNUtilsError, PracticeError
from nnutils.core.messages import brief, shown, shown_with_type
from nnutils.core.places import book_folder, question_file, question_files, run_file
from nnutils.practice.agreement import Agreement, compare
from nnutils.practice.asked import Asked
from nnutils.practice.source import one_line
from nnutils.slips import Quantity

__all__ = ["Question", "load", "questions"]

_FUNCTIONS = ("givens", "draw", "asked", "parts", "statement")

Givens = dict[str, Any]


class Question:
    """One question of a book, as its practice file tells it.

    ``name`` is '<part>/q<number>', ``file`` the path of the practice file within the book. What the file
    returns is checked on every call: the names of the givens, what is asked, the words.

    Raises:
        PracticeError: for a file that fails, or that does not define the five functions.
    """

    def __init__(self, name: str, path: Path, book: Path) -> None:
        self.name = name
        self.file = path.relative_to(book).as_posix()
        self._module = _run(path, self.file)
        self._names = tuple(self.givens())

    def givens(self) -> Givens:
        """Return the question's own givens by name."""
        return self._checked("givens()", self._module.givens())

    def draw(self, seed: int) -> Givens:
        """Return the givens of the variant with this seed: the same names, other values.

        Raises:
            PracticeError: for a seed that is not a whole number, and for a file that draws other names.
        """
        if type(seed) is not int:
            raise PracticeError(
                f"The seed {shown_with_type(seed)} is not a whole number.",
                where=self.file,
                remedy="Use 1, 2, 3, ...",
            )
        return self._checked(f"draw({seed})", self._module.draw(seed))

    def asked(self, givens: Mapping[str, object] | None = None) -> tuple[Asked, ...]:
        """Return what is asked for these givens, each with its answer; by default for the question's own.

        Raises:
            PracticeError: for names that are not those of the givens, and for givens that have no answer; the
                message says which of them cannot be.
        """
        values = self.givens() if givens is None else dict(givens)
        self._check_names("these givens", values)
        try:
            asked = self._module.asked(values)
        except NNUtilsError as error:
            raise self._blamed(values, error) from error
        if not isinstance(asked, tuple) or not asked or not all(isinstance(q, Asked) for q in asked):
            raise PracticeError(
                f"asked(givens) returns {brief(asked)}, not a tuple of Asked.",
                where=self.file,
                remedy='Return (Asked("units", "units of the layer", "a", units), ...).',
            )
        names = [quantity.name for quantity in asked]
        if repeated := sorted({name for name in names if names.count(name) > 1}):
            raise PracticeError(
                f"{', '.join(repeated)} is asked for twice.",
                where=self.file,
                remedy="Give each its own name.",
            )
        parts = self.parts(values)
        if strangers := [quantity for quantity in asked if quantity.part not in parts]:
            raise PracticeError(
                f"{strangers[0].name} belongs to part {shown(strangers[0].part)}, which parts() does not "
                "have.",
                where=self.file,
                remedy=f"Use one of {', '.join(parts)}.",
            )
        return asked

    def parts(self, givens: Mapping[str, object] | None = None) -> dict[str, int]:
        """Return the marks of each part of the question by its label, in order; a proof has a part as well.

        Raises:
            PracticeError: for anything but positive whole numbers by label.
        """
        values = self.givens() if givens is None else dict(givens)
        self._check_names("these givens", values)
        parts = self._module.parts(values)
        usual = isinstance(parts, dict) and parts and all(isinstance(label, str) for label in parts)
        if not usual or not all(type(marks) is int and marks > 0 for marks in parts.values()):
            raise PracticeError(
                f"parts(givens) returns {brief(parts)}, not marks by part.",
                where=self.file,
                remedy='Return a dictionary: {"a": 4, "b": 6}.',
            )
        return dict(parts)

    def numbers(self, givens: Mapping[str, object] | None = None) -> tuple[Quantity, ...]:
        """Return the named numbers of the question, any of which may be put in the place of another.

        They are what the practice file's function ``numbers(givens)`` returns, where it has one.
        """
        values = self.givens() if givens is None else dict(givens)
        self._check_names("these givens", values)
        own = getattr(self._module, "numbers", None)
        return tuple(own(values)) if own else ()

    def statement(self, givens: Mapping[str, object] | None = None) -> str:
        """Return the question in words, for these givens; by default for the question's own."""
        values = self.givens() if givens is None else dict(givens)
        self._check_names("these givens", values)
        text = self._module.statement(values)
        if not isinstance(text, str) or not text.strip():
            raise PracticeError(
                f"statement(givens) returns {brief(text)}, not words.",
                where=self.file,
                remedy="Return text.",
            )
        return text

    def check(self, givens: Mapping[str, object]) -> None:
        """Refuse givens that have no answer; see ``asked``."""
        self.asked(givens)

    def compare(
        self, givens: Mapping[str, object], answers: Mapping[str, object], **tolerance: float
    ) -> Agreement:
        """Compare answers with the file's own for these givens; ``tolerance`` is that of ``compare``.

        Raises:
            PracticeError: where they differ; the message names the answer and shows both.
        """
        return compare(self.asked(givens), answers, self.file, **tolerance)

    @property
    def marks(self) -> int:
        """What the whole question is worth."""
        return sum(self.parts().values())

    def __repr__(self) -> str:
        return f"<question {self.name}: {len(self.asked())} asked, {self.marks} marks>"

    def _checked(self, call: str, values: object) -> Givens:
        if not isinstance(values, dict) or not values or not all(isinstance(key, str) for key in values):
            raise PracticeError(
                f"{call} returns {brief(values)}, not givens by name.",
                where=self.file,
                remedy='Return a dictionary: {"features": 1200}.',
            )
        if hasattr(self, "_names"):
            self._check_names(call, values)
        return dict(values)

    def _check_names(self, what: str, values: Mapping[str, object]) -> None:
        if set(values) != set(self._names):
            raise PracticeError(
                f"{what} name {', '.join(values)}; the question's givens are {', '.join(self._names)}.",
                where=self.file,
                remedy="Use the same names.",
            )

    def _blamed(self, values: Givens, error: NNUtilsError) -> PracticeError:
        """Return an error that names the given at fault: the one that, put back, makes the error go away."""
        own = self.givens()
        changed = [name for name in values if values[name] != own[name]]
        for name in changed:
            try:
                self._module.asked({**values, name: own[name]})
            except NNUtilsError:
                continue
            return PracticeError(
                f"The given {one_line(name, values[name])} cannot be: {error.problem}",
                where=error.where,
                remedy=f"{error.remedy} The question itself has {one_line(name, own[name])}.".strip(),
            )
        together = " and ".join(changed) or "the question's own givens"
        return PracticeError(
            f"There is no answer for {together}: {error.problem}", where=error.where, remedy=error.remedy
        )


def load(name: str, root: Path | str | None = None) -> Question:
    """Return the question with this name, '<part>/q<number>', of the book around or of the one in ``root``.

    Raises:
        BookError: where there is no book, and for a question that it does not have.
        PracticeError: for a practice file that fails or is not complete.
    """
    book = book_folder(root)
    return Question(name, question_file(name, "practice", book), book)


def questions(root: Path | str | None = None) -> Iterator[Question]:
    """Yield the questions of a book that have a practice file, in the order of parts and numbers.

    Raises:
        what ``load`` raises.
    """
    book = book_folder(root)
    for path in question_files("practice", book):
        yield load(f"{path.parents[1].name}/{path.stem}", book)


def _run(path: Path, file: str) -> ModuleType:
    try:
        module = run_file(path)
    except Exception as error:
        raise PracticeError(
            f"The practice file fails: {type(error).__name__}: {error}",
            where=file,
            remedy=f"Run it alone to see where: python {file}",
        ) from error
    if missing := [name for name in _FUNCTIONS if not callable(getattr(module, name, None))]:
        raise PracticeError(
            f"The practice file has no function {' and no function '.join(missing)}.",
            where=file,
            remedy=f"Define {', '.join(f'{name}()' for name in _FUNCTIONS)}.",
        )
    return module
