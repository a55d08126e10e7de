"""Pictures of pages of the site and of notebooks in JupyterLab, to look at.

Usage: python tools/screenshots.py PAGE... [--jupyterlab] [--dark] [--width N]

PAGE is a page as _toc.yml names it: chapters/foundations/02_softmax. Of the site (`make book` first) the
whole page is shown, every fold open; with --jupyterlab the whole notebook, as stored. Writes PNG files to
_build/screenshots.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from tools import browser as chromium  # noqa: E402
from tools.pages import listed, source  # noqa: E402

SITE = ROOT / "_build/html"
PICTURES = ROOT / "_build/screenshots"
TALLEST = 16_000  # pixels; Chromium paints no more in one picture


def picture(page: str, kind: str, dark: bool, width: int) -> Path:
    """Return the file of a picture: 'chapters-foundations-02_softmax-site-light-1280.png'."""
    theme = "dark" if dark else "light"
    return PICTURES / f"{page.replace('/', '-')}-{kind}-{theme}-{width}.png"


def of_site(path: str, pages: list[str], dark: bool, width: int) -> Iterator[Path]:
    """Take a picture of each page of the built site."""
    with chromium.served(SITE) as address, chromium.chromium(path) as browser:
        for name in pages:
            page = chromium.open_page(browser, width, dark=dark)
            chromium.show(page, f"{address}/{name}.html")
            page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            chromium.load_pictures(page)
            file = picture(name, "site", dark, width)
            page.screenshot(path=file, full_page=True)
            page.context.close()
            yield file


def of_jupyterlab(path: str, pages: list[str], dark: bool, width: int) -> Iterator[Path]:
    """Take a picture of each notebook in JupyterLab, in a window as high as the notebook is long."""
    notebooks = {name: f"{name}.ipynb" for name in pages}
    with (
        tempfile.TemporaryDirectory() as state,
        chromium.jupyterlab(ROOT, notebooks.values(), Path(state), dark) as lab,
        chromium.chromium(path) as browser,
    ):
        for name, notebook in notebooks.items():
            page = chromium.open_page(browser, width)
            cells = len(json.loads((ROOT / notebook).read_text(encoding="utf-8"))["cells"])
            chromium.show_notebook(page, lab.notebook(notebook), cells)
            needed = page.evaluate(
                """() => document.documentElement.clientHeight + Math.max(0, ...[...document.querySelectorAll(
                    '.jp-NotebookPanel *')].map((one) => one.scrollHeight - one.clientHeight))"""
            )
            page.set_viewport_size({"width": width, "height": min(int(needed) + 20, TALLEST)})
            page.wait_for_timeout(500)  # to be laid out anew
            file = picture(name, "jupyterlab", dark, width)
            page.screenshot(path=file)
            page.context.close()
            yield file


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures that are asked for; the exit status says whether that was possible."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "pages", nargs="+", metavar="PAGE", help="as in _toc.yml: chapters/foundations/02_softmax"
    )
    parser.add_argument("--jupyterlab", action="store_true", help="the notebook in JupyterLab, not the page")
    parser.add_argument("--dark", action="store_true", help="the dark theme")
    parser.add_argument("--width", type=int, default=1280, help="of the window, in pixels (1280)")
    asked = parser.parse_args(arguments)
    names = [name.removesuffix(".ipynb").removesuffix(".md") for name in asked.pages]
    for name in names:
        written = source(name)
        if name not in listed() or written is None:
            parser.error(f"_toc.yml lists no page {name!r}. The first that it lists is {listed()[0]!r}.")
        if asked.jupyterlab and written.suffix != ".ipynb":
            parser.error(f"{name} is no notebook, so there is nothing to open in JupyterLab.")
    if not asked.jupyterlab and not (SITE / "index.html").is_file():
        parser.error("There is no site yet: run 'make book' first.")
    path = chromium.find()
    if path is None:
        parser.error(chromium.MISSING)
    PICTURES.mkdir(parents=True, exist_ok=True)
    take = of_jupyterlab if asked.jupyterlab else of_site
    for file in take(path, names, asked.dark, asked.width):
        print(file.relative_to(ROOT), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
