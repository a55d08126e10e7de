"""Fresh exercises at the end of a lesson: its question on drawn givens, with the answers in a fold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nnutils.core.errors import BookError
from nnutils.core.messages import shown
from nnutils.practice import Answer, Asked, Question, answer_text, with_unit

__all__ = ["Exercises"]

_MOST_SEEDS = 100  # so far a draw is repeated that gives the page's own givens

_OPENING = (
    "**Fresh exercises.** The question of this page with other numbers; the answers come from its practice "
    "file."
)


class Exercises:
    """Fresh exercises of one question, drawn from the first seeds whose givens are not those of the page.

    At the end of a cell it shows each in a fold, the question in words, and the answers in a fold inside.
    ``seeds`` says which seeds were drawn.

    Raises:
        BookError: where the question has no such variants.
    """

    def __init__(self, question: Question, givens: Mapping[str, object], number: int) -> None:
        self._question = question
        found = self._other(givens)
        try:
            self.seeds = tuple(next(found) for _ in range(number))
        except (StopIteration, RuntimeError) as error:
            raise BookError(
                f"Of {_MOST_SEEDS} draws of {question.name}, fewer than {shown(number)} give a new exercise.",
                where=question.file,
                remedy="Let draw(seed) give more different givens.",
            ) from error

    def _other(self, givens: Mapping[str, object]) -> Iterator[int]:
        seen = [dict(givens)]
        for seed in range(1, _MOST_SEEDS + 1):
            drawn = self._question.draw(seed)
            if drawn not in seen:
                seen.append(drawn)
                yield seed

    def _repr_markdown_(self) -> str:
        folds = [self._exercise(number, seed) for number, seed in enumerate(self.seeds, start=1)]
        return "\n\n".join([_OPENING, *folds])

    def _exercise(self, number: int, seed: int) -> str:
        drawn = self._question.draw(seed)
        rows = [_row(quantity) for quantity in self._question.asked(drawn)]
        lines = [
            f"::::{{dropdown}} Exercise {number}",
            self._question.statement(drawn),
            "",
            ":::{dropdown} Answers",
            "| asked | answer |",
            "|---|---|",
            *rows,
            ":::",
            "::::",
        ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<exercises of {self._question.name}, seeds {', '.join(map(str, self.seeds))}>"


def _row(quantity: Asked) -> str:
    text = with_unit(quantity, _cell(quantity.answer, quantity.choices))
    return f"| {_escaped(quantity.text)} | {text} |"


def _cell(answer: Answer, choices: tuple[str, ...]) -> str:
    """Return an answer for a cell of a table; an expression is code."""
    text = _escaped(answer_text(answer))
    return f"`{text}`" if isinstance(answer, str) and answer not in choices else text


def _escaped(text: str) -> str:
    """Return a text in which nothing ends the cell of a table."""
    return " ".join(text.replace("|", r"\|").split())
