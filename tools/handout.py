"""The questions, and the questions with model answers, as PDF.

Usage: python tools/handout.py

`make handout` runs this. It writes questions.pdf and model_answers.pdf to _build/handout, with HTML beside.
The system's Chromium prints the PDF; without it the HTML can be printed from any browser.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from nnutils.book.__main__ import main as command  # noqa: E402
from tools import browser as chromium  # noqa: E402

FOLDER = ROOT / "_build/handout"
FOOT = (
    '<div style="width: 100%; font: 8pt serif; text-align: center; color: #555;">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)


def print_pages(path: str, pages: list[Path]) -> list[Path]:
    """Print pages of a folder of this project as PDF beside them, once their formulas are set."""
    printed = []
    with chromium.served(ROOT) as address, chromium.chromium(path) as browser:
        for page in pages:
            window = chromium.open_page(browser, 1000)
            chromium.show(window, f"{address}/{page.relative_to(ROOT).as_posix()}")
            file = page.with_suffix(".pdf")
            window.pdf(
                path=file,
                prefer_css_page_size=True,
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=FOOT,
                outline=True,
                tagged=True,
            )
            window.context.close()
            printed.append(file)
    return printed


def main() -> int:
    """Write both hand-outs; the exit status says whether the PDF could be printed."""
    status = command(["handout"])
    path = chromium.find()
    if status or path is None:
        print(chromium.MISSING, file=sys.stderr)
        return 1
    for file in print_pages(path, sorted(FOLDER.glob("*.html"))):
        print(file.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
