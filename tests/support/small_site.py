"""A small book and its site, written by hand: two pages that link to each other, with what pages have."""

from __future__ import annotations

from pathlib import Path

PAGES = {
    "intro": """<section id="start"><h1>Start<a class="headerlink" href="#start">#</a></h1>
<p>See <a href="chapters/sizes/01_one.html#solution">the solution</a>, <a href="#start">this</a>,
<a href="search.html">the search</a>, <a href="https://example.org/">another site</a>
and <a href="chapters/sizes/01_one.html#answer">a box</a>.</p></section>""",
    "chapters/sizes/01_one": """<section id="one"><h1>One size</h1>
<script>alert(1)</script><div class="fold-switches"><button>Show all code</button></div>
<section class="practice"><form><input id="answer"></form></section>
<section id="solution"><details class="fold">
<summary><h2>Solution<a class="headerlink" href="#solution">#</a></h2>
</summary><div class="cell">
<details class="hide above-input"><summary>Imports</summary><pre>import hidden</pre></details>
</div><div class="cell"><div class="cell_input"><pre>seen = 3</pre></div></div>
<p>It has <span class="worked" tabindex="0" title="a = 3 · 4 = 12">12</span> and again
<span class="worked" title="a = 3 · 4 = 12">12</span>, then
<span class="worked" title="b = 5 · 5 = 25">25</span>, with
<span class="worked" title="7">7</span> given. <a href="../../intro.html">Back</a></p>
<details class="sd-dropdown"><summary><span>A hint</span></summary><div><p>Count.</p></div></details>
<img src="../../_images/one.svg" alt="one" loading="lazy">
<svg viewbox="0 0 9 9" width="9"><defs><clippath id="start"></clippath></defs>
<path clip-path="url(#start)" d="M0 0h9"/></svg>
</details></section></section>""",
}
"""The article of each page."""

_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def write_small_site(root: Path) -> Path:
    """Write the book into a folder and its site below; return where the site is."""
    (root / "_config.yml").write_text("title: A Book\nauthor: A. Writer\n", encoding="utf-8")
    chapters = "parts:\n- caption: Sizes\n  chapters:\n  - file: chapters/sizes/01_one\n"
    (root / "_toc.yml").write_text(f"root: intro\n{chapters}", encoding="utf-8")
    (root / "chapters").mkdir()
    site = root / "_build/html"
    for page, text in PAGES.items():
        write_page(site, page, text)
    for name, text in (
        ("_images/one.svg", _PICTURE),
        ("index.html", "<title>A Book</title>"),
        ("pyodide/p.js", "1"),
    ):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


def write_page(site: Path, page: str, article: str) -> None:
    """Write a page of the site around an article."""
    file = site / f"{page}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    whole = f'<!DOCTYPE html><body><nav>elsewhere</nav><article class="bd-article">{article}</article></body>'
    file.write_text(whole, encoding="utf-8")
