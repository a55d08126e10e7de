"""The boxes of a question as HTML and as data: what is in them, folded or not, and no text as markup."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from nnutils.book.contents import question_name
from nnutils.book.pages.boxes import data_script, section
from nnutils.book.pages.boxes.markup import FOLDED_FROM
from nnutils.book.pages.boxes.placing import FILES


def quantity(name: str, **fields: Any) -> dict[str, Any]:
    usual = {"name": name, "text": f"the {name}", "part": "a", "kind": "number", "unit": "", "choices": []}
    return usual | fields


def data(*asked: dict[str, Any], seed: int | None = None) -> dict[str, Any]:
    return {"question": "part/q1", "seed": seed, "version": "0", "asked": list(asked)}


def test_each_box_has_a_label_a_control_a_button_and_a_place_for_the_verdict() -> None:
    made = section(data(quantity("units", unit="units"), quantity("rule", kind="expression")))
    for name in ("units", "rule"):
        assert f'<label for="part-q1-{name}">the {name}</label>' in made
        assert re.search(rf'<input id="part-q1-{name}" name="typed"', made)
        assert f'<output for="part-q1-{name}" aria-live="polite"></output>' in made
    assert made.count('<button type="submit" class="answer-check">Check</button>') == 2
    assert made.count("<noscript>") == 1
    assert 'aria-describedby="part-q1-rule-form"' in made and 'id="part-q1-rule-form">a formula<' in made
    assert "0 of 2 right" in made


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        ("number", "input"),
        ("list", "input"),
        ("table", "textarea"),
        ("nested", "textarea"),
        ("yesno", "select"),
    ],
)
def test_the_control_is_one_for_the_kind_of_answer(kind: str, element: str) -> None:
    assert re.search(rf'<{element} id="part-q1-one"', section(data(quantity("one", kind=kind))))


def test_a_choice_offers_its_words_and_none_at_first() -> None:
    made = section(data(quantity("path", kind="choice", choices=["A and B", "D"])))
    assert re.findall(r'<option value="(.*?)">(.*?)</option>', made) == [
        ("", "choose"),
        ("A and B", "A and B"),
        ("D", "D"),
    ]


def test_parts_have_a_heading_where_there_are_several() -> None:
    assert "Part (" not in section(data(quantity("x"), quantity("y")))
    made = section(data(quantity("x"), quantity("y", part="b")))
    assert re.findall(r"<h4 [^>]*>(.*?)</h4>", made) == ["Part (a)", "Part (b)"]
    assert "<details" not in made


def test_many_boxes_are_folded_by_part_and_the_first_part_is_open() -> None:
    def made(count: int) -> str:
        return section(data(*(quantity(f"x{i}", part="ab"[i % 2]) for i in range(count))))

    assert "<details" not in made(FOLDED_FROM - 1)
    assert re.findall(r"<details ([^>]*)>", made(FOLDED_FROM)) == [
        'class="practice-part" open=""',
        'class="practice-part"',
    ]


def test_how_to_type_an_answer_is_shown_once_and_said_of_each_box() -> None:
    lists = [quantity(name, kind="list") for name in "xy"]
    made = section(data(*lists, quantity("k"), quantity("z", kind="list")))
    assert re.findall(r'class="answer-form( repeated)?" id="part-q1-(\w)-form"', made) == [
        ("", "x"),
        (" repeated", "y"),
        ("", "z"),
    ]


def test_what_an_answer_looks_like_may_be_told_without_the_answer() -> None:
    made = section(data(quantity("x", kind="list", form="yes or no"), quantity("y", unit="cm", form="")))
    assert ">yes or no<" in made and "in cm" not in made


def test_texts_are_text() -> None:
    sly = '<b onclick="x">&'
    made = section(
        data(quantity("x", text=sly, unit=sly, part=sly), quantity("y", kind="choice", choices=[sly]))
    )
    assert "<b " not in made and 'onclick="x"' not in made
    assert made.count("&lt;b onclick=&quot;x&quot;&gt;&amp;") == 5


def test_a_variant_has_ids_of_its_own() -> None:
    given, variant = (
        set(re.findall(r' id="(.*?)"', section(data(quantity("x"), seed=seed)))) for seed in (None, 12)
    )
    assert given and variant and not given & variant


def test_the_data_travels_as_a_script() -> None:
    whole = data(quantity("x", text="Größe α </script>"))
    script = data_script(whole)
    found = re.fullmatch(r'showYourWork\.data\("part/q1", "([A-Za-z0-9+/=]+)"\);\n', script)
    assert found and json.loads(base64.b64decode(found[1])) == whole


@pytest.mark.parametrize("file", sorted(FILES.iterdir()), ids=lambda file: file.name)
def test_a_file_of_the_boxes_stays_small(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 350
    assert file.suffix == ".css" or max(map(len, lines)) <= 110


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("chapters/part/01_name", "part/q1"),
        ("chapters/part/12_two_words", "part/q12"),
        ("chapters/part/02_without_practice", None),
        ("chapters/part/01_name-seed7", None),
        ("chapters/part/index", None),
        ("chapters/01_name", None),
        ("intro", None),
    ],
)
def test_a_page_asks_the_question_of_its_number(tmp_path: Path, page: str, name: str | None) -> None:
    for number in (1, 12):
        file = tmp_path / f"chapters/part/practice/q{number}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert question_name(page, tmp_path) == name
