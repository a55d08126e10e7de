"""What a command answers, in each of the forms that can be asked for: text, JSON, LaTeX."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from importlib import metadata
from typing import Any

from nnutils.core.errors import NNUtilsError
from nnutils.core.worked import Worked

__all__ = ["CommandError", "Result", "installed_version"]


class CommandError(NNUtilsError):
    """Arguments of a command that cannot be."""


@dataclass(frozen=True)
class Result:
    """The answer of a command: ``text``, ``data`` for JSON, and ``latex`` where there is such a form.

    ``status`` is the exit status.
    """

    text: str
    data: Any
    latex: Callable[[], str] | None = None
    status: int = 0

    def shown(self, form: str) -> str:
        """Return the answer as 'text', 'json' or 'latex'.

        Raises:
            CommandError: for LaTeX where there is none.

        >>> Result("a third", {"value": Fraction(1, 3)}).shown("json")
        '{\\n  "value": "1/3"\\n}'
        """
        if form == "json":
            return json.dumps(self.data, indent=2, ensure_ascii=False, default=_plain)
        if form == "latex":
            if self.latex is None:
                raise CommandError("This command has no LaTeX.", remedy="Leave --latex out, or use --json.")
            return self.latex()
        return self.text


def installed_version() -> str:
    """Return the version of the installed library, or nothing where it is not installed."""
    try:
        return metadata.version("nnutils")
    except metadata.PackageNotFoundError:
        return ""


def _plain(value: object) -> object:
    """Return what JSON can hold of a value that it does not know."""
    value = value.value if isinstance(value, Worked) else value
    return str(value) if isinstance(value, Fraction) else value
