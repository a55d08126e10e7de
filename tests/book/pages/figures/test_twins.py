"""The dark twins of the pictures of a page."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from nnutils.book.pages.figures import with_twins
from nnutils.book.pages.figures.narrow_versions import narrow_versions
from nnutils.drawing.narrow.showing import NARROW_SVG

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path style="fill: {}"/></svg>'


@pytest.fixture()
def site(tmp_path: Path) -> Path:
    (tmp_path / "_images").mkdir()
    (tmp_path / "_images/a b.svg").write_text(SVG.format("#fcfcfa"), encoding="utf-8")
    return tmp_path


def test_a_picture_stands_in_the_page_for_each_theme(site: Path) -> None:
    body, wrong = with_twins('<p><img alt="A" src="../_images/a%20b.svg" width="5" /></p>', {}, site)
    assert not wrong
    assert body == (
        '<p><img loading="lazy" class="only-light" alt="A" src="../_images/a%20b.svg" width="5" />'
        '<img loading="lazy" class="only-dark" alt="A" src="../_images/a%20b-dark.svg" width="5" /></p>'
    )
    assert 'fill: #121212"' in (site / "_images/a b-dark.svg").read_text(encoding="utf-8")


def test_what_a_picture_says_already_is_kept(site: Path) -> None:
    body, _ = with_twins('<img class="wide" loading="eager" alt="" src="_images/a%20b.svg">', {}, site)
    assert body.startswith('<img class="wide only-light" loading="eager" alt="" src="_images/a%20b.svg">')


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="_images/a.png">',
        '<img src="_static/a%20b.svg">',
        '<img src="_images/missing.svg">',
        '<img class="only-light" src="_images/a%20b.svg">',
        '<img class="x dark-light" src="_images/a%20b.svg">',
    ],
)
def test_other_pictures_are_left_alone(site: Path, picture: str) -> None:
    assert with_twins(picture, {}, site) == (picture, [])


def test_a_picture_is_read_where_it_comes_from(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "drawn.svg"
    source.write_text(SVG.format("#0072b2"), encoding="utf-8")
    body, wrong = with_twins('<img src="_images/drawn1.svg">', {str(source): "drawn1.svg"}, site)
    assert not wrong and "drawn1-dark.svg" in body
    assert "#5cb3ec" in (site / "_images/drawn1-dark.svg").read_text(encoding="utf-8")


def test_a_colour_without_counterpart_is_reported_and_the_picture_kept(site: Path) -> None:
    (site / "_images/a b.svg").write_text(SVG.format("#ff0000"), encoding="utf-8")
    picture = '<img src="_images/a%20b.svg">'
    body, wrong = with_twins(picture, {}, site)
    assert body == picture
    assert len(wrong) == 1 and "a b.svg" in wrong[0] and "#ff0000" in wrong[0]
    assert not (site / "_images/a b-dark.svg").exists()


# --- for a phone --------------------------------------------------------------------------------------------

WIDE = SVG.format("#fcfcfa")
THIN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="252pt" height="300pt"><path style="fill: #0072b2"/></svg>'
)


def test_a_picture_with_a_narrow_version_shows_it_on_a_phone(site: Path) -> None:
    body, wrong = with_twins('<img src="../_images/a%20b.svg">', {}, site, {WIDE: THIN})
    assert not wrong
    phone = '<source media="screen and (max-width: 36rem)" srcset="../_images/a%20b-narrow{}.svg"'
    for theme, dark in (("light", ""), ("dark", "-dark")):
        assert (
            f'<picture>{phone.format(dark)} width="336" height="400">'
            f'<img loading="lazy" class="only-{theme}" src="../_images/a%20b{dark}.svg"></picture>'
        ) in body
    assert body.count("<picture>") == 2
    assert (site / "_images/a b-narrow.svg").read_text(encoding="utf-8") == THIN
    assert "#5cb3ec" in (site / "_images/a b-narrow-dark.svg").read_text(encoding="utf-8")


def test_the_narrow_version_of_another_picture_is_not_taken(site: Path) -> None:
    body, _ = with_twins('<img src="_images/a%20b.svg">', {}, site, {SVG.format("#ffffff"): THIN})
    assert "<picture>" not in body and "only-dark" in body
    assert not list(site.glob("_images/*narrow*"))


def test_a_colour_of_the_narrow_version_without_counterpart_is_reported(site: Path) -> None:
    picture = '<img src="_images/a%20b.svg">'
    body, wrong = with_twins(picture, {}, site, {WIDE: THIN.replace("#0072b2", "#ff0000")})
    assert body == picture and len(wrong) == 1


def test_narrow_versions_are_read_out_of_the_outputs_of_a_notebook(tmp_path: Path) -> None:
    both = {"image/svg+xml": f"{WIDE}\n", NARROW_SVG: THIN}
    cells = [
        new_code_cell(outputs=[new_output("display_data", data=data)])
        for data in (both, {"image/svg+xml": "<svg/>"})
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "a.ipynb")
    assert narrow_versions(tmp_path / "a.ipynb") == {WIDE: THIN}
    (tmp_path / "a.md").write_text("# Text\n", encoding="utf-8")
    assert narrow_versions(tmp_path / "a.md") == {}
