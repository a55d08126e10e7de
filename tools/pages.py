"""The pages that _toc.yml lists, and whether each of them is there.

Usage: python tools/pages.py SITE    checks the sources and the built pages in SITE
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from nnutils.book.contents.listing import pages_listed  # noqa: E402
from nnutils.book.contents.reading import read_contents  # noqa: E402

SUFFIXES = (".md", ".ipynb")


def listed(root: Path = ROOT) -> list[str]:
    """Every page that _toc.yml lists, in reading order, without suffix: 'chapters/audit'."""
    return list(pages_listed(read_contents(root)))


def source(page: str, root: Path = ROOT) -> Path | None:
    """The file a page is written in; None where there is none."""
    files = (root / f"{page}{suffix}" for suffix in SUFFIXES)
    return next((file for file in files if file.is_file()), None)


def problems(site: Path, root: Path = ROOT) -> list[str]:
    """What is wrong with the pages, one line each: no source, an empty one, no built page, an empty one."""
    found = []
    for page in listed(root):
        written = source(page, root)
        if written is None:
            found.append(f"{page}: in _toc.yml, but there is neither {page}.md nor {page}.ipynb")
        elif not written.read_text(encoding="utf-8").strip():
            found.append(f"{written.relative_to(root)}: empty")
        built = site / f"{page}.html"
        if not built.is_file():
            found.append(f"{page}: not built, {built} is missing")
        elif "<h1" not in built.read_text(encoding="utf-8"):
            found.append(f"{built}: built, but without a title")
    return found


def main() -> int:
    """Print what is missing; the exit status says whether anything is."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    found = problems(Path(sys.argv[1]))
    print("\n".join(found) or f"All {len(listed())} pages of _toc.yml are there.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
