"""The benchmark on texts of others: what it reads of a package, and how it keeps its record."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import lint_elsewhere
from benchmarks.lint_texts import plain_rst, strings_of, strings_of_data, texts_in
from nnutils.lint import lint


def test_texts_are_documents_and_long_strings_each_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Here 3 + 4 = 7.", encoding="utf-8")
    (tmp_path / "copy.md").write_text("Here 3 + 4 = 7.", encoding="utf-8")
    (tmp_path / "none.md").write_text("No figures.", encoding="utf-8")
    (tmp_path / "code.py").write_text('x = "1"\ny = """One\n\n2 + 2 = 5\n"""\n', encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "b.md").write_text("1 + 1 = 3", encoding="utf-8")
    found = list(texts_in(tmp_path))
    assert [(one.file, one.line, one.name) for one in found] == [
        ("a.md", 1, "a.md"),
        ("code.py", 2, "code.py.txt"),
    ]
    assert [one.line + found[1].line - 1 for one in lint(found[1].text, found[1].name).wrong] == [4]


def test_parts_of_formatted_strings_are_left_alone() -> None:
    assert list(strings_of('a = f"""x\n{1}\n\n2 + 2 = 5\n\n"""')) == []
    assert list(strings_of("not python (")) == []


def test_formulas_of_restructured_text_are_read_and_lines_keep_their_numbers() -> None:
    text = "One :math:`\\frac{6}{2} = 4`.\n\n.. math::\n\n   2 \\cdot 3 = 7\n\nSo 1 + 1 = 3."
    assert plain_rst(text).count("\n") == text.count("\n")
    assert [one.line for one in lint(plain_rst(text), "a.txt").wrong] == [1, 5, 7]


def test_longer_strings_of_data_are_texts_where_a_package_asks_for_it(tmp_path: Path) -> None:
    long = "A sentence that is long enough to be read, with so many words: 3 + 4 = 8."
    (tmp_path / "a.jsonl").write_text(
        f'{{"id": 1}}\n{{"x": ["{long}", "2 + 2"]}}\nnot json\n', encoding="utf-8"
    )
    assert list(texts_in(tmp_path)) == list(texts_in(tmp_path, data=True, below="elsewhere")) == []
    (found,) = texts_in(tmp_path, data=True)
    assert (found.line, found.text, found.name) == (2, long, "a.jsonl.md")
    assert list(strings_of_data(f'["{long}"]', lines=False)) == [(1, long)]


def test_a_cache_inside_the_repository_is_refused() -> None:
    with pytest.raises(SystemExit, match="inside the repository"):
        lint_elsewhere.main([str(lint_elsewhere.ROOT / "cache")])


def test_an_alarm_that_nobody_judged_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "one-1.0"
    folder.mkdir()
    (folder / "a.md").write_text("Here 3 + 4 = 8.\n\nThere 2 · 3 = 5.", encoding="utf-8")
    package = lint_elsewhere.Package("one", "1.0", "sdist", 1)
    judged = lint_elsewhere.Alarm("one", "a.md", 1, "3 + 4 = 8", True, "it is 7")
    gone = lint_elsewhere.Alarm("one", "a.md", 5, "2 + 2 = 4", False, "mended")
    later = lint_elsewhere.Alarm("one", "a.md", 7, "5 + 5 = 1", True, "it is 10", later=True)
    monkeypatch.setattr(lint_elsewhere, "recorded", lambda: ([package], [judged, gone, later]))
    assert lint_elsewhere.main([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "not judged: a.md:3 2 · 3 = 5" in said
    assert "| all | 1 | 1 | 6 | 2 | 2 | 2, 1 | 1, 1 |\n" in said
    assert "50 % were true when first read, and 100 % are now. False ones now: 0.0 in 1,000" in said
    assert lint_elsewhere.main([str(tmp_path), "--processes", "2"]) == 1
    assert capsys.readouterr().out == said


def test_the_record_is_whole() -> None:
    packages, alarms = lint_elsewhere.recorded()
    assert len({one.name for one in packages}) == len(packages) >= 10
    assert {one.package for one in alarms} <= {one.name for one in packages}
    assert len({one.key for one in alarms}) == len(alarms)
    assert all(one.why and len(one.statement) <= 120 for one in alarms)
