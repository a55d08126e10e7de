"""The same pages as a book that Jupyter Book makes when nobody tells it otherwise.

Its settings are Jupyter Book's own, except what the text needs in order to be the same text: nothing is
executed, sentences with figures are read as MyST, and the bibliography and two extensions of Markdown are
there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # called as a file, a benchmark sees this folder only

from tools.pages import listed, source  # noqa: E402

SETTINGS = """\
title: The same pages
author: the same
only_build_toc_files: true
execute:
  execute_notebooks: "off"
parse:
  myst_enable_extensions: [amsmath, colon_fence, deflist, dollarmath]
bibtex_bibfiles: [references.bib]
sphinx:
  config:
    nb_render_markdown_format: myst
"""
MATHJAX = "https://cdn.jsdelivr.net/npm/mathjax@3/"
OF_MATHJAX = "es5/tex-mml-chtml.js"
MAIN = "from jupyter_book.cli.main import main; main()"


def build_default(target: Path, mathjax: Path | None = None) -> Path:
    """Build the default book below ``target``; return the folder of its pages.

    A default page loads MathJax from another host. With the folder of the package `mathjax` (version 3) it
    loads that copy from its own host: the same bytes, without the time to find and greet another host.
    """
    (target / "_config.yml").write_text(SETTINGS, encoding="utf-8")
    for name in ("_toc.yml", "references.bib"):
        shutil.copy(ROOT / name, target)
    for page in listed():
        written = source(page)
        if written is None:
            raise SystemExit(f"_toc.yml lists {page}, but there is neither {page}.md nor {page}.ipynb.")
        file = target / written.relative_to(ROOT)
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(written, file)
    # a warning is no obstacle: some pages use what this book adds to Jupyter Book
    command = [sys.executable, "-c", MAIN, "build", str(target), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    pages = target / "_build/html"
    if done.returncode or not (pages / "index.html").is_file():
        last = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
        raise SystemExit(f"The default book could not be built; jupyter-book said:\n{last}")
    if mathjax is not None:
        with_mathjax(pages, mathjax)
    return pages


def with_mathjax(pages: Path, package: Path) -> None:
    """Have the built pages load MathJax from their own host, out of an unpacked npm package."""
    if not (package / OF_MATHJAX).is_file():
        raise SystemExit(
            f"{package} has no {OF_MATHJAX}. Fetch and unpack the package: npm pack mathjax@3; tar xf "
            "mathjax-3.*.tgz; then name the folder 'package'."
        )
    own = pages / "mathjax"
    shutil.copytree(package / "es5", own / "es5", dirs_exist_ok=True)
    found = 0
    for file in pages.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        up = "../" * (len(file.relative_to(pages).parts) - 1)
        if MATHJAX in text:
            file.write_text(text.replace(MATHJAX, f"{up}mathjax/"), encoding="utf-8")
            found += 1
    if not found:
        raise SystemExit(f"No page of the default book loads {MATHJAX}, so there is nothing to replace.")
