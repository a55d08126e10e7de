"""Shares told in a sentence, and numbers told again in short."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

SAID = {
    "Somebody with 17 of 22 points has 77 %.": ("right", "77 %"),
    "Somebody with 17 of 22 points has 78 %.": ("rounded", "77 %"),
    "Somebody with 17 of 22 points has 87 %.": ("wrong", "77 %"),
    "conv2: 83,040 of 150,364, that is 65.2%": ("wrong", "55.2 %"),
    "17 of 22 points (77 %)": ("right", "77 %"),
    "60 out of 120, i.e. 40 %": ("wrong", "50 %"),
    "It is 7 of 78,013,471, exactly 0.01 %": ("rounded", "0.00 %"),
    "22,579,200 multiplications, 3.2 x 10^7 in short": ("wrong", "23,000,000"),
    "36,864,000, or about 37 million": ("right", "37,000,000"),
    "fc1 has 8,640,400 of 8,702,756 values, or 993.3 %.": ("wrong", "99.3 %"),
    "Of the 8,702,756 values, 8,640,400 are in fc1, that is 59.3 %.": ("wrong", "99.3 %"),
    "Of 8,702,756 values in all, fc1 has 8,640,400 (99.3 percent).": ("right", "99.3 %"),
    "59.3 % of the values (8,640,400 of 8,702,756) are in fc1.": ("wrong", "99.3 %"),
    "fc1 has 99.3 % of the values: 8,640,400 out of 8,702,756.": ("right", "99.3 %"),
    "138,674,176 bytes, i.e. 1,338.7 MB": ("wrong", "138,700,000"),
    "138,674,176 bytes (132.3 MB)": ("right", "138,700,000"),
    "138,674,176 bytes, so 137 MB": ("wrong", "139,000,000"),
    "138,674,176 bytes, that is 13.87 GB\nand more": ("wrong", "140,000,000"),
    "9,216,000 bytes, or 9.3 MB": ("rounded", "9,200,000"),
    "8,640,400 of a total of 8,702,756 values: 59 per cent.": ("wrong", "99 %"),
}


@pytest.mark.parametrize("text", SAID)
def test_a_sentence_is_judged(text: str) -> None:
    (found,) = lint(text, "sheet.md").judged
    assert (found.verdict, found.computed) == SAID[text]


@pytest.mark.parametrize(
    "text",
    [
        "5 of the 20 layers have 37 % of the values",
        "in 3 of 5 cases, 90 % fail",
        "the 10 of 20 students at 50 %",
        "12,345 units, about 3 million weights",
        "Part 3 of 5. It takes 70 % of the time.",
        "Step 2 of 4, 37 % done.",
        "41,287,680 bytes of 400.3 MB",
        "138,674,176 bytes, and 8.00 GB are free",
        "Of 12,000 pictures, 3,456 have labels; 40 % is used.",
        "It has 8,640,400 of 8,702,756 values, and 59 % of the units.",
    ],
)
def test_numbers_about_different_things_are_left_alone(text: str) -> None:
    assert not lint(text, "sheet.md").judged


def test_a_share_of_more_than_the_whole_is_wrong() -> None:
    for text in ("17,472 of these 171,200, i.e. 102.2%", "Somebody with 16 of 18 points has 800 %."):
        assert [one.verdict for one in lint(text, "sheet.md").judged] == ["wrong"], text


SHARES = [
    ("Of all 127,426 parameters the last layer holds 81,130, which is {}.", "63.7%", "36.7%"),
    ("Of the 127,426 parameters, 81,130 ({}) are in the last layer.", "63.7%", "36.7%"),
    ("81,130 out of a total of 127,426 parameters are in the last layer: {}.", "63.7%", "36.7%"),
    ("There are 127,426 parameters, of which 81,130 ({}) are in the last layer.", "63.7%", "36.7%"),
    ("There are 127,426 parameters; 81,130 of them, or {}, sit in the last layer.", "63.7%", "36.7%"),
    ("The last layer has 81,130 parameters, which is {} of all 127,426.", "63.7%", "36.7%"),
    ("A share of {} (81,130 of 127,426) is in the last layer.", "63.7%", "36.7%"),
    ("La dernière couche en contient 81 130 sur un total de 127 426, soit {}.", "63,7 %", "36,7 %"),
    ("Le réseau a 127 426 paramètres, dont 81 130 (soit {}) dans la dernière.", "63,7 %", "36,7 %"),
    ("Sur les 127 426 paramètres, la dernière en contient 81 130, ce qui fait {}.", "63,7 %", "36,7 %"),
    ("Von den 127.426 Parametern liegen 81.130 in der letzten, das sind {}.", "63,7 %", "36,7 %"),
    ("81.130 von insgesamt 127.426 Parametern, also {}", "63,7 %", "36,7 %"),
    ("De los 127.426 parámetros, 81.130 están en la última, es decir, el {}.", "63,7 %", "36,7 %"),
    ("L'ultimo strato contiene 81.130 parametri su 127.426, cioè il {}.", "63,7 %", "36,7 %"),
    ("A última camada tem 81.130 dos 127.426 parâmetros, ou seja, {}.", "63,7 %", "36,7 %"),
    ("De laatste laag heeft 81.130 van de 127.426 parameters, dus {}.", "63,7 %", "36,7 %"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), SHARES)
def test_a_share_is_judged_wherever_its_numbers_stand(text: str, right: str, wrong: str) -> None:
    for share, verdict in ((right, "right"), (wrong, "wrong")):
        found = lint(text.format(share), "sheet.md").judged
        assert [one.verdict for one in found if one.kind == "share"] == [verdict], share


@pytest.mark.parametrize(
    "text",
    [
        "Everybody who got at least 4 of 10 points has passed; 60 % did.",
        "Of 1,000 patients, 300 took the drug, and 45% got better.",
        "There are 10,000 samples, of which 9,000 (a random 50% of each class) are used.",
        "17 of 22 points, that is better than 70 %.",
        "Table 3 of 10: 5%.",
        "9.10% from 5 to 17, 8.70% from 18 to 24, 29.70% from 25 to 44",
        "Of 500 people aged 18, 8.70% of 18 to 24 year olds smoke.",
        "We use 5 of the 10 GPUs, which makes it 80 % faster.",
        "Model A got 45 out of 50 and model B has 80%.",
        "In 2019 there were 12,345 users, which is 10% more than in 2018.",
    ],
)
def test_a_percentage_of_something_else_is_left_alone(text: str) -> None:
    assert not lint(text, "sheet.md").judged


def test_numbers_of_different_scales_are_no_part_and_whole() -> None:
    assert lint("| cover | 242 000 (0.3 % of 81.4 m) |\n|---|---|\n| 1 | 2 |").wrong == ()
    assert [one.computed for one in lint("We have 242 (0.3 % of 814) here.").wrong] == ["29.7 %"]
