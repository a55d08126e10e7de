"""The command ``python -m nnutils.audit``: every verdict of the audit files, or a summary."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import groupby

from nnutils.audit.listing.data import as_csv, as_json
from nnutils.audit.report import summary
from nnutils.core.errors import NNUtilsError

_MOST_SHOWN = 20  # problems of one kind in a row that the command lists by name


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the audit files; list the verdicts as JSON or CSV, or sum them up.

    Problems are listed on standard error. Return 0, or 1 where there are any; exit with 2 where the book
    cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m nnutils.audit", description="The verdicts on the sheets, judged now."
    )
    parser.add_argument("--json", action="store_true", help="list every verdict as JSON")
    parser.add_argument("--csv", action="store_true", help="list every verdict as a table for spreadsheets")
    parser.add_argument(
        "--explanations", action="store_true", help="list the wrong numbers with the slips that explain them"
    )
    parser.add_argument("--part", help="only this part of the book: the name of its folder")
    parser.add_argument("--root", help="the book's folder (default: the nearest one upwards with chapters/)")
    options = parser.parse_args(arguments)
    try:
        report = summary(options.root, options.part)
    except NNUtilsError as error:
        parser.exit(2, f"{error}\n")
    if options.json:
        print(as_json([verdict.as_dict() for verdict in report.verdicts]))
    elif options.csv:
        print(as_csv([verdict.as_dict() for verdict in report.verdicts]), end="")
    elif options.explanations:
        print(report.explanations.as_markdown(), end="")
    else:
        print(report)
    for kind, group in groupby(report.problems, key=lambda problem: problem.kind):
        same = list(group)
        print(*same[:_MOST_SHOWN], sep="\n", file=sys.stderr)
        if len(same) > _MOST_SHOWN:
            print(f"{kind}: {len(same) - _MOST_SHOWN} more", file=sys.stderr)
    return 1 if report.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
