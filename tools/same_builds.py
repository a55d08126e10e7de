"""Build the last commit twice, in different surroundings, and compare the two sites file by file.

Usage: python tools/same_builds.py [--store]

The folders have different names, and the processes different seeds of hashes, time zones and languages.
SOURCE_DATE_EPOCH is the time of the commit. With --store what was compared is kept in docs/status, for the
page "How this book is checked".
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from nnutils.book.runs.facts import Facts, write_facts  # noqa: E402
from nnutils.core.words import counted  # noqa: E402

__all__ = ["SURROUNDINGS", "different", "digests", "main"]

STORED = ROOT / "docs/status/builds.json"
SURROUNDINGS = {
    "a": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "another folder, für Züge": {"PYTHONHASHSEED": "2", "TZ": "Asia/Kolkata", "LANG": "de_DE.UTF-8"},
}
"""The name of the folder of each build, and what is different in its environment."""


def digests(site: Path) -> dict[str, str]:
    """Return the digest of each file below a folder, by its place there."""
    files = sorted(file for file in site.rglob("*") if file.is_file())
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def different(one: Path, two: Path) -> list[str]:
    """Return a line for each file that only one of two sites has, or that differs, and where."""
    left, right = digests(one), digests(two)
    lines = []
    for name in sorted(left.keys() | right.keys()):
        if name not in left or name not in right:
            lines.append(f"{name}: only in the {'first' if name in left else 'second'} build")
        elif left[name] != right[name]:
            lines.append(f"{name}: {_first_difference((one / name).read_bytes(), (two / name).read_bytes())}")
    return lines


def _first_difference(left: bytes, right: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    if at is None:
        at = min(len(left), len(right))
    begin = max(0, at - 30)
    return f"at byte {at}: {left[begin : at + 30]!r} and {right[begin : at + 30]!r}"


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def _built(commit: str, folder: Path, surroundings: dict[str, str]) -> Path:
    """Build a commit in a folder that does not exist yet; return the site."""
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(folder)], check=True)
    subprocess.run(["git", "checkout", "--quiet", commit], cwd=folder, check=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LANG", "TZ")}
    environment |= {"SOURCE_DATE_EPOCH": _git("show", "-s", "--format=%ct", commit), **surroundings}
    environment["PYTHONPATH"] = str(folder)
    subprocess.run([sys.executable, str(folder / "tools/book.py")], env=environment, cwd=folder, check=True)
    return folder / "_build/html"


def main(arguments: list[str] | None = None) -> int:
    """Build twice and compare; the exit status says whether anything differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--store", action="store_true", help="keep what was compared, for the book's page")
    options = parser.parse_args(arguments)
    try:
        commit = _git("rev-parse", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        print("There is no commit to build: this needs git, and a clone of the repository.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="builds-") as scratch:
        try:
            sites = [_built(commit, Path(scratch) / name, own) for name, own in SURROUNDINGS.items()]
        except subprocess.CalledProcessError as error:
            print(f"A build failed, so there is nothing to compare: {error}", file=sys.stderr)
            return 1
        lines = different(*sites)
        found = digests(sites[0])
        together = hashlib.sha256("".join(f"{name} {one}\n" for name, one in found.items()).encode())
        size = sum((sites[0] / name).stat().st_size for name in found)
    print("\n".join(lines) or f"Both builds of {commit[:7]} are the same.")
    print(f"{counted(len(found), 'file', spec=',')}, {size:,} bytes; digest of all {together.hexdigest()}")
    if options.store:
        facts = (
            ("builds in different folders, time zones and languages", len(SURROUNDINGS)),
            ("files compared byte by byte", len(found)),
            ("files that differ", len(lines)),
        )
        write_facts(STORED, Facts("Builds compared", "make same", commit[:7], facts))
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
