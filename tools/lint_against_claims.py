"""What `nnutils lint` finds alone of the statements that the audit records, and what needs a person.

    python tools/lint_against_claims.py SHEET=FILE... [--network SHEET=NETWORK] [--write PAGE] [--root BOOK]
    python tools/lint_against_claims.py --write PAGE

SHEET is the name of a sheet in claims.yml, FILE its text; the sheets are not in the repository. Writes a page
in Markdown: by sheet and by kind how many recorded statements were found and judged, without and with the
networks that the questions are about; each error, and whether it was found; each alarm that is none, with its
reason. The networks, the lines where statements stand and the reasons are in
tools/against_claims/sheets.toml; an alarm without a reason is named, and the exit status is then 1.

Without a sheet only the part of the page that needs none is written anew: each recorded statement by itself.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nnutils.audit import Claim, Verdict, load_claims, summary
from nnutils.audit.claim_files.claims import parts_of
from nnutils.core.errors import NNUtilsError
from nnutils.lint import lint
from nnutils.practice.live.network_text import read_network
from tools.against_claims.alone import alone, lines_of
from tools.against_claims.comparing import Place, compare
from tools.against_claims.writing import Alarm, Read, open_alarms, page, with_recorded

__all__ = ["KNOWN", "main", "places_of", "questions_of"]

KNOWN = Path(__file__).resolve().parent / "against_claims" / "sheets.toml"
"""The networks of the sheets, where their statements stand, and why an alarm is none of their errors."""


def questions_of(root: str | None = None) -> dict[str, list[Claim]]:
    """Return the recorded statements of a book by the names of their questions, '<part>/q<number>'."""
    found: dict[str, list[Claim]] = {}
    for part in parts_of(root):
        for one in load_claims(part, root):
            found.setdefault(f"{part}/{one.question}", []).append(one)
    return found


def places_of(known: Mapping[str, Any]) -> dict[str, Place]:
    """Return on which lines statements stand, by how their ids begin.

    >>> places_of({"places": {"001": {"5": "q1-h1 q1-h2", "7-9": "q2"}}})
    {'001-q1-h1': (5, 5), '001-q1-h2': (5, 5), '001-q2': (7, 9)}
    """
    found: dict[str, Place] = {}
    for sheet, lines in known.get("places", {}).items():
        for line, names in lines.items():
            first, _, last = line.partition("-")
            found |= {f"{sheet}-{name}": (int(first), int(last or first)) for name in names.split()}
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write the page, or say in one line why there is none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sheets", nargs="*", metavar="SHEET=FILE")
    parser.add_argument("--network", action="append", default=[], metavar="SHEET=NETWORK")
    parser.add_argument("--write", metavar="PAGE", help="the file to write; otherwise it is printed")
    parser.add_argument("--root", help="the book's folder (the nearest one upwards with chapters/)")
    options = parser.parse_args(arguments)
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    try:
        files = _pairs(options.sheets)
        known["networks"] |= _pairs(options.network)
        questions = questions_of(options.root)
        claims = [one for some in questions.values() for one in some]
        _check(files, claims, bool(options.write))
        verdicts = {one.id: one for one in summary(options.root).verdicts}
        recorded = [*lines_of({name: alone(some, verdicts) for name, some in questions.items()})]
        without_reason = []
        if files:
            readings = _readings(files, known, claims, verdicts)
            alarms = [Alarm(**one) for one in known["alarms"] if one["sheet"] in files]
            made = page(readings, alarms, known["differences"], recorded)
            without_reason = open_alarms(readings, alarms)
        else:
            made = with_recorded(Path(options.write).read_text(encoding="utf-8"), recorded)
        if options.write:
            Path(options.write).write_text(made, encoding="utf-8")
        else:
            print(made, end="")
    except (NNUtilsError, OSError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    print(*without_reason, sep="\n", end="\n" if without_reason else "", file=sys.stderr)
    return 1 if without_reason else 0


def _check(files: Mapping[str, str], claims: Sequence[Claim], writes: bool) -> None:
    sheets = sorted({one.sheet for one in claims})
    remedy = f"The sheets are {', '.join(sheets)}."
    if unknown := sorted(set(files) - set(sheets)):
        raise NNUtilsError(f"No claim is of sheet {unknown[0]!r}.", remedy=remedy)
    if not files and not writes:
        raise NNUtilsError("Neither a sheet nor a page to write is named.", remedy=remedy)


def _readings(
    files: Mapping[str, str],
    known: Mapping[str, Any],
    claims: Sequence[Claim],
    verdicts: Mapping[str, Verdict],
) -> list[Read]:
    networks, places, readings = known["networks"], places_of(known), []
    for name, given in (("without a network", dict[str, str]()), ("with the network", networks)):
        reports = {
            sheet: lint(
                Path(file).read_bytes(),
                Path(file).name,
                read_network(given[sheet]) if sheet in given else None,
            )
            for sheet, file in files.items()
        }
        compared = {
            sheet: compare([one for one in claims if one.sheet == sheet], verdicts, report, places)
            for sheet, report in reports.items()
        }
        readings.append(Read(name, compared, reports))
    return readings


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    if bad := [name for name, equals, rest in pairs if not (name and equals and rest)]:
        raise NNUtilsError(f"{bad[0]!r} does not name a sheet and a file.", remedy="Write 001=FILE.")
    return {name: rest for name, _, rest in pairs}


if __name__ == "__main__":
    raise SystemExit(main())
