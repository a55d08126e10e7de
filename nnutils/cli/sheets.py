"""The command ``nnutils lint``: sheets from files or from the standard input, and what is said of them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from nnutils.cli.answer import CommandError, Result, installed_version
from nnutils.core.errors import NNUtilsError
from nnutils.lint import Report, lint
from nnutils.lint.reports import (
    GENERATOR,
    Unread,
    as_claims,
    as_data,
    as_lines,
    as_page,
    as_sarif,
    coverage_lines,
)
from nnutils.networks.network import Network
from nnutils.practice.live.network_text import read_network

__all__ = ["FORMATS", "LARGEST", "lint_command"]

FORMATS = ("md", "tex", "txt", "html", "rst", "adoc", "org", "csv", "ipynb", "pdf")
"""The formats of sheets, by the usual ends of their names."""

LARGEST = 64_000_000
"""Bytes of the largest file that is read."""


def lint_command(options: argparse.Namespace) -> Result:
    """Check the statements of worked solutions: what is wrong, where, and why.

    The exit status is 0 where nothing is wrong, 1 where something is, 2 where a sheet could not be read.
    """
    network = read_network(options.network) if options.network else None
    page = _page_file(options.html) if options.html else None
    reports, unread = [], []
    for file in options.files:
        try:
            reports.append(_linted(file, options.format, network))
        except (NNUtilsError, ImportError) as error:
            unread.append(Unread(file, " ".join(str(error).split())))
        except OSError as error:
            unread.append(Unread(file, f"{file}: {error.strerror or error}."))
    for one in unread:
        print(one.reason, file=sys.stderr)
    if page is not None:
        _write(page, as_page(reports, unread))
    status = 2 if unread else int(any(report.wrong for report in reports))
    if options.form == "claims":
        return Result(as_claims(reports).rstrip() if reports else "", None, status=status)
    if options.form == "sarif":
        log = as_sarif(reports, unread, everything=options.all, version=installed_version())
        return Result(json.dumps(log, indent=2, ensure_ascii=False), log, status=status)
    data = as_data(reports, unread, everything=options.all)
    return Result(_text(reports, options), data, status=status)


def _text(reports: list[Report], options: argparse.Namespace) -> str:
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    lines = [line for one in reports for line in as_lines(one, everything=options.all, colours=colours)]
    if reports and not options.quiet:
        lines += coverage_lines(reports)
    return "\n".join(lines)


def _linted(file: str, form: str | None, network: Network | None) -> Report:
    """Return what is found in one file; ``form`` says its format where its name does not."""
    if file == "-":
        if form is None:
            raise CommandError(
                "The standard input has no name that says its format.",
                remedy=f"Add --format, one of {', '.join(FORMATS)}.",
            )
        name, source = "standard input", sys.stdin.buffer.read(LARGEST + 1)
    else:
        name, source = file, _content(Path(file))
    if len(source) > LARGEST:
        raise CommandError(f"{name} is larger than {LARGEST:,} bytes.", remedy="Split it.")
    if form is None:
        return lint(source, file, network)
    return replace(lint(source, f"{name}.{form}", network), name=name)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise CommandError(
            f"{path} is a folder.", remedy=f"Name the sheets in it, such as {(path / '*.md').as_posix()}."
        )
    if not path.exists():
        raise CommandError(f"There is no file {path}.", remedy="Name a sheet, or - for the standard input.")
    with path.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _page_file(name: str) -> Path:
    """Return the file of a page, unless it is one that somebody else wrote.

    Whoever forgets OUT would otherwise have a sheet replaced by its report.
    """
    path = Path(name)
    if path.suffix.lower() not in (".html", ".htm"):
        raise CommandError(f"The page cannot be {path}.", remedy="Name a file that ends in .html.")
    if path.is_file():
        mark = f'<meta name="generator" content="{GENERATOR}">'.encode()
        with path.open("rb") as stream:
            if mark not in stream.read(2000):
                raise CommandError(
                    f"{path} is there already, and {GENERATOR} did not write it.",
                    remedy="Name another file, or remove it.",
                )
    return path


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"{path} cannot be written: {error.strerror}.", remedy="Name a file in a folder that is there."
        ) from None
