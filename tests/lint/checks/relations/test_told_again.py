"""Numbers told again in short, in several languages; and numbers about other things, which are left alone."""

from __future__ import annotations

import re

import pytest

from nnutils.lint import lint

AGAIN = [
    ("In total 4,848 + 115,296 = 120,144 parameters. That is about {} thousand.", "120", "210"),
    ("The network has 8,514,496 parameters, or roughly {} million.", "8.5", "5.8"),
    ("The network has 8,514,496 parameters (about {} million).", "8.5", "85"),
    ("The network has 8,514,496 parameters (≈ {}M).", "8.5", "5.8"),
    ("So there are 8,514,496 weights. This is roughly {} million weights.", "8.5", "8.1"),
    ("So there are 8,514,496 weights. In round numbers: {} million.", "8.5", "8.1"),
    ("8,514,496 weights, i.e. {} × 10^6", "8.5", "8.1"),
    ("Roughly {} million parameters (exactly 8,514,496).", "8.5", "5.8"),
    ("Connections: 123,008 × 147 = 18,082,176, roughly {} million.", "18", "1"),
    ("Total: 8,514,496 weights, about {}.", "8,500,000", "5,800,000"),
    ("1,020,348 × 4 = 4,081,392 bytes, that is {} MB.", "4.08", "4.80"),
    ("1,020,348 × 4 = 4,081,392 bytes, which is {} MiB.", "3.89", "3.98"),
    ("Die Schicht hat 8.514.496 Gewichte; das sind etwa {} Millionen.", "8,5", "5,8"),
    ("Die Schicht hat 8.514.496 Gewichte (rund {} Mio.).", "8,5", "5,8"),
    ("Le réseau a 8 514 496 paramètres, soit environ {} millions.", "8,5", "5,8"),
    ("Le réseau a 8 514 496 paramètres, c’est-à-dire {} millions environ.", "8,5", "5,8"),
    ("Le réseau a 8 514 496 paramètres. Cela fait près d’environ {} millions.", "8,5", "5,8"),
    ("Mémoire : 1 020 348 × 4 = 4 081 392 octets, soit {} Mo.", "4,08", "4,80"),
    ("La red tiene 8.514.496 parámetros, es decir, unos {} millones.", "8,5", "5,8"),
    ("La rete ha 8.514.496 parametri, cioè circa {} milioni.", "8,5", "5,8"),
    ("A rede tem 8.514.496 parâmetros, ou seja, cerca de {} milhões.", "8,5", "5,8"),
    ("Het netwerk heeft 8.514.496 parameters, dus ongeveer {} miljoen.", "8,5", "5,8"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), AGAIN)
def test_a_number_told_again_is_judged(text: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, "right"), (wrong, "wrong")):
        found = lint(text.format(number), "sheet.md").judged
        assert [one.verdict for one in found if re.match(rf"{number}(?![\d,.])", one.stated)] == [verdict], (
            number
        )


@pytest.mark.parametrize(
    "text",
    [
        "The network has 8,514,496 parameters. That is about 4 million more than the other one needs.",
        "The first layer has 290,400 units. That is about 1.2 million parameters.",
        "The network has 8,514,496 weights, 8.1 million in the encoder.",
        "The network has 8,514,496 parameters, or 8.1 million parts.",
        "The network has 8,514,496 weights, 8.1 million for the encoder.",
        "The layer has 123,456 weights, about 3 million with the other layers.",
        "Trained on 60,000 images, or roughly 47 million pixels.",
        "AlexNet was published in 2012, with about 60 million parameters.",
        "The file has 1,020,348 numbers, i.e. 4.08 MB.",
        "Each of 12,544 units reads 3 · 3 · 16 values; that is about 1.8 million connections.",
        "The 500 kernels have 12,000 weights each, altogether about 6 million.",
        "The two layers have 12,000 and 30,000 weights, roughly 42 thousand.",
        "34,848 weights × 3,025 positions, about 105 million.",
        "We drive 12,345 m, or 5 miles.",
    ],
)
def test_another_number_is_no_mistake(text: str) -> None:
    assert {one.verdict for one in lint(text, "sheet.md").judged} <= {"right", "unchecked"}


def test_the_short_number_is_right_where_the_long_one_is_wrong() -> None:
    report = lint("We get 4,848 + 115,296 = 1,201,440 parameters, that is about 120 thousand.", "sheet.md")
    assert [one.stated for one in report.wrong] == ["1,201,440"]


def test_a_short_number_behind_the_right_value_of_a_product_is_judged() -> None:
    text = "there are 61,504 × 363 = 22,325,952 connections (about {})."
    for number, verdict in (("2.2×10^7", "right"), ("2.3×10^7", "rounded"), ("2.5×10^7", "wrong")):
        found = [one for one in lint(text.format(number), "a.txt").judged if one.stated == number]
        assert [one.verdict for one in found] == [verdict]
