"""The page "How this book is checked" as reStructuredText, made of the record of a run and of the files."""

from __future__ import annotations

from nnutils.book.runs.records import Holdings, Run
from nnutils.core.words import counted, listed

__all__ = ["text_of_checks"]

_UNKNOWN = (
    "No full run of the tests went before this build here, so there is no date, no duration and no count of "
    "what was compared. What the files hold is known:"
)


def text_of_checks(run: Run | None, held: Holdings, versions: dict[str, str], digest: str) -> str:
    """Return what is known of the last full run, of the files of the book, and of what built this site.

    ``digest`` is that of the notebooks now: where it is not that of the run, the text says so.

    >>> print(text_of_checks(None, Holdings(1, 2, 3, {}), {"Python": "3.13.1"}, "").splitlines()[5])
    - 1 notebook with 3 stored outputs of 2 cells
    """
    parts = ["**The last full run.**", "", *(_run(run, digest) if run else [_UNKNOWN]), "", *_held(held)]
    if run:
        parts += ["", *_table(f"Versions in the run of {run.date}", run.versions)]
    if not run or run.versions != versions:
        parts += ["", *_table("Versions that built these pages", versions)]
    return "\n".join(parts)


def _run(run: Run, digest: str) -> list[str]:
    lines = [
        f"It began on {run.date} and took {run.duration}.",
        f"{_number(run.cells, 'code cell')} of {_number(run.notebooks, 'notebook')} gave what is stored:",
        f"{_number(run.outputs, 'output')}, compared as text.",
        f"{_number(run.tests, 'test')} and the examples of {_number(run.examples, 'docstring')} passed.",
    ]
    if run.skipped:
        lines.append(f"{_number(run.skipped, 'test')} could not run there and {_were(run.skipped)} left out.")
    if run.passed:
        lines.append("Nothing failed.")
    else:
        lines.append(f"**The run failed**: {counted(run.failed, 'check')} did not pass.")
    if run.digest != digest:
        lines.append("**The notebooks have changed since**, and are to be checked again.")
    return [*lines, "", "The files of the book hold:"]


def _held(held: Holdings) -> list[str]:
    outputs = f"{_number(held.outputs, 'stored output')} of {_number(held.cells, 'cell')}"
    lines = ["", f"- {_number(held.notebooks, 'notebook')} with {outputs}"]
    if held.verdicts:
        verdicts = listed(f"{number:,} {verdict}" for verdict, number in held.verdicts.items())
        lines.append(f"- {_number(sum(held.verdicts.values()), 'statement')} of solution sheets: {verdicts}")
    return lines


def _table(title: str, versions: dict[str, str]) -> list[str]:
    rows = [line for name, version in versions.items() for line in (f"   * - {name}", f"     - {version}")]
    return [f".. list-table:: {title}", "   :header-rows: 1", "", "   * - package", "     - version", *rows]


def _number(number: int, noun: str) -> str:
    return counted(number, noun, spec=",")


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
