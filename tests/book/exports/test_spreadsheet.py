"""The table of answers: every answer of the practice files, read back from CSV, and no cell that acts."""

from __future__ import annotations

import csv
import io
import math
import re
from fractions import Fraction
from pathlib import Path

import pytest
from support.lesson_book import write_book
from support.notebook_files import ROOT

from nnutils.book.__main__ import main
from nnutils.book.exports.spreadsheet import COLUMNS, table_of_answers
from nnutils.book.variants import Variant, asked_without_typing, chosen_parts, variants_of
from nnutils.practice import Asked
from nnutils.practice.leaves import leaves, numeric, plain

SEEDS = [pytest.param(1), *(pytest.param(seed, marks=pytest.mark.variants) for seed in (None, *range(2, 12)))]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def is_answer(row: dict[str, str], quantity: Asked) -> bool:
    """Whether both columns have the answer: as decimal numbers, and where there are fractions exactly."""
    exact = any(Fraction(leaf).denominator > 1 for leaf in fractions_of(quantity))
    if bool(row["exact"]) != exact:
        return False
    return is_value(row["answer"], quantity, exact=False) and (
        not exact or is_value(row["exact"], quantity, exact=True)
    )


def fractions_of(quantity: Asked) -> list[Fraction]:
    values = [plain(leaf) for _, leaf in leaves(quantity.answer)]
    return [value for value in values if isinstance(value, Fraction)]


def is_value(cell: str, quantity: Asked, *, exact: bool) -> bool:
    right = [plain(leaf) for _, leaf in leaves(quantity.answer)]
    words = (
        re.sub(r"[()]", "", cell.removeprefix("'")).split(", ")
        if isinstance(quantity.answer, tuple)
        else [cell.removeprefix("'")]
    )
    if len(words) != len(right):
        return False
    for word, leaf in zip(words, right, strict=True):
        if isinstance(leaf, float):
            if not math.isclose(float(word), leaf, rel_tol=1e-12):
                return False
        elif numeric(leaf):
            decimal = "/" not in word
            if exact and Fraction(word) != leaf or not (decimal or exact):
                return False
            if not exact and float(word) != float(leaf):
                return False
        elif word != ("yes" if leaf is True else "no" if leaf is False else leaf):
            return False
    return True


def wrong_rows(text: str, variants: list[Variant]) -> list[str]:
    rows = rows_of(text)
    asked = [(variant, quantity) for variant in variants for quantity in variant.asked]
    assert len(rows) == len(asked)
    return [
        quantity.name
        for row, (variant, quantity) in zip(rows, asked, strict=True)
        if (row["question"], row["name"], row["asked"], row["unit"], row["part"])
        != (
            variant.question.name,
            quantity.name,
            asked_without_typing(quantity.text),
            quantity.unit,
            quantity.part,
        )
        or row["seed"] != ("as given" if variant.seed is None else str(variant.seed))
        or row["marks of the part"] != str(variant.marks[quantity.part])
        or not is_answer(row, quantity)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_table_has_every_answer(seed: int | None) -> None:
    variants = [one for part in chosen_parts(root=ROOT) for one in variants_of(part, seed, ROOT)]
    text = table_of_answers(variants)
    assert text.startswith("\ufeff" + ",".join(COLUMNS) + "\r\n") and text.endswith("\r\n")
    assert wrong_rows(text, variants) == []
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        assert len(row) == len(COLUMNS)
        for cell in row:
            if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                assert float(cell) < 0, "only a number begins like a formula"
            assert not re.fullmatch(r"\s*\(?\d+\s*([/-]\s*\d+)+\)?|\(\d+\)", cell), "a date, or -7 for (7)"


def test_a_wrong_answer_in_the_table_is_noticed() -> None:
    (part,) = chosen_parts("foundations/q6", ROOT)
    variants = variants_of(part, 3, ROOT)
    text = table_of_answers(variants)
    right = str(plain(variants[0].asked[0].answer))
    assert wrong_rows(text.replace(f",{right},", f",{right}0,"), variants) == [variants[0].asked[0].name]


def test_the_command_writes_it_for_a_spreadsheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write_book(tmp_path))
    assert main(["csv", "--seeds", "1..3"]) == 0
    assert capsys.readouterr().out == "_build/csv/answers.csv: 6 answers, 0.0 MB\n"
    data = (tmp_path / "_build/csv/answers.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfseed,question") and data.count(b"\r\n") == 7
    first = rows_of(data.decode())[0]
    assert (first["seed"], first["question"], first["title"]) == ("1", "sizes/q1", "Counting <weights>")
    assert first["work"] == f"width · features = {first['work'].split(' = ')[1]} = {first['answer']}"
