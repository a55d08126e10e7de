"""The ratios in the README come from the benchmark of the site, and are summed up as they should be."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.default_book import MATHJAX, OF_MATHJAX, with_mathjax
from benchmarks.readme_block import write_block
from benchmarks.site_visits import Visit
from benchmarks.site_weight import BEGIN, END, MEASURES, PAGES, Comparison, Run, as_markdown, parsed
from tools.pages import ROOT

VISIT = Visit(
    received=200_000,
    asked=("page.html", "one.css"),
    came={},
    refused=0,
    text=500.0,
    mathematics=600.0,
    folds=700.0,
    theme=800.0,
    shift=0.001,
    nodes=5000,
    closed=3000,
    opened=30_000,
)
HEAVY = replace(
    VISIT, received=1_600_000, text=1000.0, mathematics=6000.0, folds=1400.0, shift=0.1, nodes=20_000
)
ROWS = {measure.name: measure for measure in MEASURES}


def runs(visit: Visit, *texts: float) -> list[Run]:
    """A run for each time to text."""
    return [Run(replace(visit, text=text), visit, visit) for text in texts]


COMPARISON = Comparison(PAGES[0], runs(VISIT, 400.0, 500.0, 9000.0), runs(HEAVY, 900.0, 1000.0, 1100.0))


def rows_in(text: str) -> list[list[str]]:
    """The rows of the table below its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "`" not in line]


def test_the_readme_quotes_each_measure_once_for_both_pages() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    quoted = rows_in(text.partition(BEGIN)[2].partition(END)[0])
    assert [row[0].removesuffix(", kB") for row in quoted] == [measure.name for measure in MEASURES]
    for _, *cells in quoted:
        assert len(cells) == len(PAGES)
        assert all(re.fullmatch(r"[\d.]+|[\d,.]+ : [\d,.]+", cell) for cell in cells), cells


def test_a_fresh_table_has_the_form_of_what_is_quoted() -> None:
    fresh = rows_in(as_markdown([COMPARISON, replace(COMPARISON, page=PAGES[1])]))
    assert [row[0].removesuffix(", kB") for row in fresh] == list(ROWS)
    assert fresh[0] == ["first visit, kB", "200 : 1,600", "200 : 1,600"]


def test_a_ratio_is_that_of_the_medians_and_a_weight_stays_one() -> None:
    assert COMPARISON.ratio(ROWS["time to text"]) == "0.50"  # the 9000 of a disturbed run counts once
    assert COMPARISON.ratio(ROWS["nodes"]) == "0.25"
    assert COMPARISON.quoted(ROWS["layout shift, slow line"]) == "0.001 : 0.100"
    assert "500 (400 to 9,000)" in COMPARISON.as_text()


def test_what_was_not_measured_is_said() -> None:
    without = replace(HEAVY, mathematics=None)
    comparison = replace(COMPARISON, default=[*runs(HEAVY, 1.0), *runs(without, 1.0)])
    assert comparison.quoted(ROWS["time to mathematics"]) == "not measured"
    assert comparison.ratio(ROWS["time to mathematics"]) == "-"
    assert "not measured" in comparison.as_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chapters/nowhere"], "_toc.yml lists no page 'chapters/nowhere'"),
        (["--runs", "0"], "at least one run"),
        (["--site", "nowhere"], "run 'make book' first"),
        (["--readme"], "--readme needs --mathjax"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    (tmp_path / "index.html").touch()
    with pytest.raises(SystemExit):
        parsed(["--site", str(tmp_path), *arguments])
    assert words in capsys.readouterr().err


def test_the_goal_is_that_of_lessons_and_audit_pages(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    pages = parsed(["--site", str(tmp_path), "--goal"]).pages
    assert set(PAGES) < set(pages) and len(pages) > 20
    assert not [page for page in pages if page.endswith("index") or page.startswith("library")]


def test_default_pages_load_mathjax_from_where_they_are(tmp_path: Path) -> None:
    package, pages = tmp_path / "package", tmp_path / "html"
    for file in (package / OF_MATHJAX, pages / "a/b/page.html", pages / "index.html"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'<script src="{MATHJAX}{OF_MATHJAX}"></script>', encoding="utf-8")
    with_mathjax(pages, package)
    assert f'src="../../mathjax/{OF_MATHJAX}"' in (pages / "a/b/page.html").read_text(encoding="utf-8")
    assert f'src="mathjax/{OF_MATHJAX}"' in (pages / "index.html").read_text(encoding="utf-8")
    assert (pages / "mathjax" / OF_MATHJAX).is_file()


def test_a_folder_or_a_book_without_mathjax_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="npm pack mathjax@3"):
        with_mathjax(tmp_path, tmp_path)
    (tmp_path / OF_MATHJAX).parent.mkdir()
    (tmp_path / OF_MATHJAX).touch()
    (tmp_path / "html").mkdir()
    with pytest.raises(SystemExit, match="No page of the default book loads"):
        with_mathjax(tmp_path / "html", tmp_path)


def test_a_block_of_the_readme_is_written_between_its_comments_only(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- a -->\nold\n<!-- b -->\nafter\n", encoding="utf-8")
    write_block("<!-- a -->", "<!-- b -->", "new", readme)
    assert readme.read_text(encoding="utf-8") == "before\n<!-- a -->\nnew\n<!-- b -->\nafter\n"
    with pytest.raises(SystemExit, match="lacks"):
        write_block("<!-- a -->", "<!-- c -->", "new", readme)
