"""The list of all pages, made once, reads on every page as Sphinx itself would write it there."""

from __future__ import annotations

import io

import pytest
from sphinx.application import Sphinx

from nnutils.book.pages.shell import contents as module
from nnutils.book.pages.shell.contents import Contents, seen_from

PAGES = {
    "index": "Top\n===\n\n.. toctree::\n   :caption: One\n\n   words\n   a/index\n\n"
    ".. toctree::\n   :caption: Two & more\n\n   b/index\n   Outside <https://example.org/x>\n",
    "words": "A word & another\n================\n\nPart\n----\n",
    "a/index": "A\n=\n\n.. toctree::\n\n   one\n   deep/index\n",
    "a/one": "One ``code``\n============\n\nPart\n----\n",
    "a/deep/index": "Deep\n====\n\n.. toctree::\n\n   two letters é\n",
    "a/deep/two letters é": "Two\n===\n",
    "b/index": "B\n=\n\nPart\n----\n",
}
WANTED = {"maxdepth": 4, "collapse": False, "includehidden": True, "titles_only": True}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Sphinx:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        path = folder / f"{name}.rst"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    out = folder / "_out"
    silent = io.StringIO()
    made = Sphinx(folder, None, out, out / "trees", "html", {"html_theme": "basic"}, silent, silent)
    made.build()
    return made


@pytest.mark.parametrize("page", [*PAGES, "search"])
@pytest.mark.parametrize("titles_only", [True, False])
@pytest.mark.parametrize("collapse", [True, False])
def test_it_reads_as_sphinx_writes_it(app: Sphinx, page: str, titles_only: bool, collapse: bool) -> None:
    wanted = {**WANTED, "titles_only": titles_only, "collapse": collapse}
    own = app.builder._get_local_toctree  # type: ignore[attr-defined]
    context = {"toctree": lambda **given: own(page, **given)}
    Contents().give(app, page, "page.html", context, None)
    assert context["toctree"](**wanted) == own(page, **wanted)


def test_it_is_resolved_once_for_all_pages(app: Sphinx, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved: list[str] = []
    real = module.global_toctree_for_doc

    def counted(env: object, page: str, *rest: object, **wanted: object) -> object:
        resolved.append(page)
        return real(env, page, *rest, **wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "global_toctree_for_doc", counted)
    contents = Contents()
    said = []
    for page in PAGES:
        context = {"toctree": lambda **given: pytest.fail("made for this page alone")}
        contents.give(app, page, "page.html", context, None)
        said.append(context["toctree"](**WANTED))
    assert resolved == ["index"]
    assert len(set(said)) == len(PAGES)


def test_a_page_that_is_not_listed_has_nothing_current() -> None:
    listed = '<ul><li class="toctree-l1"><a class="reference internal" href="b.html">B</a></li></ul>'
    assert seen_from("a.html", listed) == listed
    assert seen_from("b.html", listed).count("current") == 3
