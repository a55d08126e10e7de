"""The questions, and the questions with model answers, as PDF; or sheets and solutions drawn from seeds.

Usage: python tools/handout.py [--seeds 1..30] [--parts "foundations sizing_networks/q4"]

`make handout` runs this. Without seeds it writes questions.pdf and model_answers.pdf to _build/handout, with
HTML beside. With seeds it writes a question sheet and a solution sheet for each to _build/handout/seeds, and
all_questions.pdf and all_solutions.pdf to print in one go. The system's Chromium prints the PDF; without it
the HTML can be printed from any browser.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from nnutils.book.__main__ import main as command  # noqa: E402
from nnutils.book.paper import FOLDER, SEEDS_FOLDER, bound, bound_length  # noqa: E402
from nnutils.book.paper.sheets import COLLECTED  # noqa: E402
from nnutils.book.variants.choosing import add_choices  # noqa: E402
from nnutils.core.words import counted  # noqa: E402
from tools import browser as chromium  # noqa: E402

FOOT = (
    '<div style="width: 100%; font: 8pt serif; text-align: center; color: #555;">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)
LONGEST = 600_000  # milliseconds that one page may take: all sheets in one have thousands of formulas


def print_pages(path: str, pages: Iterable[Path], foot: bool = True) -> list[Path]:
    """Print pages of a folder of this project as PDF beside them, once their formulas are set.

    With ``foot`` each has its number at the foot; sheets bring their own.
    """
    printed = []
    with chromium.served(ROOT) as address, chromium.chromium(path) as browser:
        for page in pages:
            window = chromium.open_page(browser, 1000)
            window.set_default_timeout(LONGEST)
            chromium.show(window, f"{address}/{page.relative_to(ROOT).as_posix()}")
            file = page.with_suffix(".pdf")
            window.pdf(
                path=file,
                prefer_css_page_size=True,
                display_header_footer=foot,
                header_template="<span></span>",
                footer_template=FOOT,
                outline=True,
                tagged=True,
            )
            window.context.close()
            printed.append(file)
    return printed


def print_sheets(path: str, folder: Path) -> list[Path]:
    """Print the sheets of a folder, each alone and then all of a kind in one file; return the files.

    In that file each sheet begins on a right-hand page and counts its pages from 1.

    Raises:
        RuntimeError: where the file of all has not as many pages as its sheets and the empty ones between.
    """
    printed = print_pages(path, sorted(folder.glob("seed_*.html")), foot=False)
    for name in COLLECTED:
        _, _, kind = name.partition("_")
        alone = {int(file.stem.split("_")[1]): file for file in printed if file.stem.endswith(kind)}
        lengths = {seed: number_of_pages(file) for seed, file in alone.items()}
        page = (folder / f"{name}.html").read_text(encoding="utf-8")
        # Beside it, for the address of MathJax; the page itself stays as any browser may print it.
        bound_page = folder / f"{name}.bound.html"
        bound_page.write_text(bound(page, lengths), encoding="utf-8")
        try:
            (made,) = print_pages(path, [bound_page], foot=False)
        finally:
            bound_page.unlink()
        printed.append(made.replace(folder / f"{name}.pdf"))
        if number_of_pages(printed[-1]) != bound_length(page, lengths):
            raise RuntimeError(
                f"{name}.pdf has {number_of_pages(printed[-1])} pages in place of "
                f"{bound_length(page, lengths)}, so its page numbers would be wrong."
            )
    return printed


def number_of_pages(pdf: Path) -> int:
    """Return how many pages a PDF of Chromium has: it writes each page as an object of its own."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def main(arguments: list[str] | None = None) -> int:
    """Write the hand-outs; the exit status says whether the PDF could be printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add_choices(parser)
    options = parser.parse_args(arguments)
    command(["handout", f"--seeds={options.seeds}", f"--parts={options.parts}"])  # ends here where it fails
    path = chromium.find()
    if path is None:
        print(chromium.MISSING, file=sys.stderr)
        return 1
    seeds = bool(options.seeds.strip())
    if seeds:
        printed = print_sheets(path, ROOT / SEEDS_FOLDER)
    else:
        printed = print_pages(path, sorted((ROOT / FOLDER).glob("*.html")))
    total = 0
    for file in printed:
        total += number_of_pages(file)
        print(f"{file.relative_to(ROOT)}: {counted(number_of_pages(file), 'page')}")
    print(f"{counted(len(printed), 'PDF')}, {counted(total, 'page', spec=',')}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
