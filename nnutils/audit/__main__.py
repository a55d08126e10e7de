"""The command ``python -m nnutils.audit``: every verdict that is stored in the notebooks, or a summary."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import groupby

from nnutils.audit.report import collect, problems, summary
from nnutils.core.errors import NNUtilsError

_MOST_SHOWN = 20  # problems of one kind in a row that the command lists by name


def main(arguments: Sequence[str] | None = None) -> int:
    """List the stored verdicts as JSON, or sum them up.

    Return 0, or 1 where the summary finds problems; exit with 2 where the book cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m nnutils.audit", description="The verdicts stored in the notebooks."
    )
    parser.add_argument("--json", action="store_true", help="list every verdict as JSON")
    parser.add_argument("--part", help="only this part of the book: the name of its folder")
    parser.add_argument("--root", help="the book's folder (default: the nearest one upwards with chapters/)")
    options = parser.parse_args(arguments)
    try:
        if options.json:
            print(json.dumps(collect(options.root, options.part), indent=2, ensure_ascii=False))
            return 0
        print(summary(options.root, options.part))
        found = problems(options.root, options.part)
    except NNUtilsError as error:
        parser.exit(2, f"{error}\n")
    for kind, group in groupby(found, key=lambda problem: problem.kind):
        same = list(group)
        print(*same[:_MOST_SHOWN], sep="\n")
        if len(same) > _MOST_SHOWN:
            print(f"{kind}: {len(same) - _MOST_SHOWN} more")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
