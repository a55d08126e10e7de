"""Answers as hashes: the same in every build, none of what tells an answer in the data, none for nothing."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from support.practice_book import PRACTICE, write_practice

from nnutils.book.student.hashing import (
    ITERATIONS,
    digest,
    exact_form,
    forms,
    hashed,
    three_digits,
    value_form,
)
from nnutils.practice import as_data, load

MORE = """
def asked(givens):
    return (
        Asked("weights", "weights of the layer", "a", Worked(12, "weights")),
        Asked("rule", "y in x", "a", "2 * x"),
        Asked("shares", "shares", "a", (0.25, 0.123456)),
        Asked("wide", "is it wide?", "a", False),
        Asked("which", "which", "a", "Conv 1", choices=("Conv 1", "fc1")),
    )
"""


@pytest.fixture
def data(tmp_path: Path) -> dict[str, object]:
    return as_data(load("sizes/q1", write_practice(tmp_path, PRACTICE + MORE)))


def test_a_try_is_slow() -> None:
    assert ITERATIONS >= 210_000


def test_nothing_of_the_answers_is_left(data: dict[str, object]) -> None:
    made = hashed(data, 10)
    assert set(made) == {"question", "seed", "version", "parts", "asked"}
    allowed = {"name", "text", "part", "unit", "kind", "any_order", "choices", "form", "leaf"}
    allowed |= {"points", "functions"}
    for quantity in made["asked"]:
        assert set(quantity) <= allowed | {"salt", "iterations", "hashes"}
        assert quantity["choices"] in ([], ["Conv 1", "fc1"])
    assert "0.123456" not in json.dumps(made) and "2 * x" not in json.dumps(made)


def test_the_same_answers_give_the_same_hashes_and_other_names_others(data: dict[str, object]) -> None:
    assert hashed(data, 10) == hashed(data, 10)
    hashes = [one for quantity in hashed(data, 10)["asked"] for one in quantity["hashes"]]
    assert len(set(hashes)) == len(hashes)
    renamed = [
        one for quantity in hashed({**data, "question": "a/q1"}, 10)["asked"] for one in quantity["hashes"]
    ]
    assert not set(hashes) & set(renamed)
    assert digest("a", "salt", 10) != digest("a", "salt", 11) != digest("b", "salt", 11)


def test_nothing_typed_has_no_hash(data: dict[str, object]) -> None:
    nothing = ['""', "[]", "[[]]", "null", '"null"', '"undefined"', '"NaN"', '[""]', "[null]", '"0"', ""]
    for quantity in hashed(data, 10)["asked"]:
        for text in nothing:
            for kind in ("exact:", "three:", "cut:", "values:", ""):
                assert digest(kind + text, quantity["salt"], 10) not in quantity["hashes"]


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ({"kind": "number", "answer": "1000"}, ('exact:"1000"',)),
        ({"kind": "number", "answer": "-1/3"}, ('exact:"-1/3"', 'three:"-333e-3"', 'cut:"-333e-3"')),
        ({"kind": "number", "answer": 0.5}, ('exact:"1/2"', 'three:"500e-3"', 'cut:"500e-3"')),
        ({"kind": "number", "answer": 0.5000000000000001}, ('exact:"1/2"', 'three:"500e-3"', 'cut:"500e-3"')),
        ({"kind": "number", "answer": 0.126956789}, ('three:"127e-3"', 'cut:"126e-3"')),
        ({"kind": "yesno", "answer": True}, ('exact:"yes"',)),
        ({"kind": "choice", "answer": {"word": " With  Reduction"}}, ('exact:"with reduction"',)),
        (
            {"kind": "table", "answer": [["1", 0.25], ["0", "-2"]]},
            (
                'exact:[["1","1/4"],["0","-2"]]',
                'three:[["100e-2","250e-3"],["0","-200e-2"]]',
                'cut:[["100e-2","250e-3"],["0","-200e-2"]]',
            ),
        ),
        (
            {"kind": "list", "answer": [True, {"word": "x"}, 0.123956789]},
            ('three:["yes","x","124e-3"]', 'cut:["yes","x","123e-3"]'),
        ),
        (
            {"kind": "table", "any_order": True, "answer": [["2", "1"], ["1", "2"]]},
            ('exact:[["1","2"],["2","1"]]',),
        ),
        (
            {"kind": "expression", "values": [0.5, [[1.0], [-2e-12]]]},
            ('values:["3.69543e-1",[["7.39085e-1"],["0"]]]',),
        ),
    ],
)
def test_the_forms_of_an_answer(quantity: dict[str, object], expected: tuple[str, ...]) -> None:
    assert forms(quantity) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", ("0",)),
        ("1", ("100e-2",)),
        ("999.4", ("999e0",)),
        ("999.6", ("100e1",)),
        ("999.5", ("100e1", "999e0")),
        ("-0.0012345", ("-123e-5",)),
        ("0.12350", ("124e-3", "123e-3")),
        ("123456789012345678901", ("123e18",)),
    ],
)
def test_three_digits(value: str, expected: tuple[str, ...]) -> None:
    assert three_digits(Fraction(value)) == expected


def test_a_float_is_exact_only_where_it_is_short() -> None:
    assert exact_form(0.1 + 0.2) == "3/10"
    assert exact_form(1 / 3) is None
    assert value_form(1e5) == "7.39085e+4"


def test_a_value_halfway_between_two_neighbours_has_one_form() -> None:
    assert value_form(-2.770625) == value_form(-2.7706250000000003)
