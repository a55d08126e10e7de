"""The commands of a book: ``python -m nnutils.book COMMAND``.

A command is a row of the table below and a module of its own with ``add_arguments(parser)`` and
``run(options)``, which returns the exit status. The first line of the module's docstring is the command's
help. A module imports the libraries that the table names inside its functions: each command asks for its own.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from nnutils.core.errors import NNUtilsError
from nnutils.core.extras import need

_PROGRAM = "python -m nnutils.book"


@dataclass(frozen=True)
class Command:
    """A command: its module, the libraries that it cannot do without, and the extra that installs them."""

    module: str
    needs: tuple[str, ...] = ()
    extra: str = "book"


COMMANDS = {
    "execute": Command("nnutils.book.executing", ("nbconvert", "ipykernel")),
    "variant": Command("nnutils.book.variants.making", ("nbclient", "nbformat", "yaml")),
    "question": Command("nnutils.book.new_question", ("nbconvert", "ipykernel")),
    "student": Command("nnutils.book.student.building", ("jupyter_book", "nbformat", "yaml")),
    "handout": Command("nnutils.book.paper.handout", ("myst_parser", "nbformat", "yaml")),
    "whole": Command("nnutils.book.away.whole", ("bs4", "myst_parser", "yaml")),
    "zip": Command("nnutils.book.away.packing", ("yaml",)),
    "moodle": Command("nnutils.book.exports.moodle", ("myst_parser", "nbformat", "yaml")),
    "csv": Command("nnutils.book.exports.spreadsheet", ("nbformat", "yaml")),
    "join": Command("nnutils.book.runs.shards", ("yaml",)),
    "serve": Command("nnutils.book.pages.shell.serving"),
    "lint": Command("nnutils.book.linting", ("nbformat", "ruff"), extra="test"),
}


STOPPED = 130
"""The exit status where somebody stopped a command, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status, or exit with 2 and one line where it cannot be carried out.

    Where somebody stops it, say so in a line and return 130; a file is written whole or not at all.
    """
    try:
        return _main(arguments)
    except KeyboardInterrupt:
        print("\nStopped. No file is half-written: run the command again.", file=sys.stderr)
        return STOPPED


def _main(arguments: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog=_PROGRAM, description="What a book of lessons needs done.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    modules = {name: importlib.import_module(command.module) for name, command in COMMANDS.items()}
    for name, module in modules.items():
        text = (module.__doc__ or "").partition("\n")[0]
        module.add_arguments(commands.add_parser(name, help=text, description=text))
    options = parser.parse_args(arguments)
    command = COMMANDS[options.command]
    try:
        need(f"{_PROGRAM} {options.command}", *command.needs, extra=command.extra)
    except ImportError as error:
        _stop(parser, error)
    try:
        return int(modules[options.command].run(options))
    except NNUtilsError as error:
        _stop(parser, error)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        _stop(parser, f"{error.filename} cannot be written: {error.strerror}. Nothing was changed there.")


def _stop(parser: argparse.ArgumentParser, error: Exception | str) -> NoReturn:
    """Say in one line what is wrong, and exit with 2."""
    parser.exit(2, f"{' '.join(str(error).split())}\n")


if __name__ == "__main__":
    raise SystemExit(main())
