"""Totals of tables, of lists, and shares: right ones are silent, each kind of slip is found at its place."""

from __future__ import annotations

import random

import pytest
from support.lint_tables import alarms, context_of, judged, verdicts

from nnutils.lint.checks.tables.lists import check_list_totals
from nnutils.lint.checks.tables.shares import check_shares
from nnutils.lint.checks.tables.totals import check_totals

LAYERS = """\
| layer | weights | biases | total |
|-------|--------:|-------:|------:|
| conv1 | 34,848 | 96 | 34,944 |
| conv2 | 307,200 | 256 | 307,456 |
| conv3 | 884,736 | 384 | 885,120 |
| **Total** | **1,226,784** | 736 | 1,227,520 |
"""


def test_right_totals_of_rows_and_columns_are_confirmed() -> None:
    found = list(check_totals(context_of(LAYERS)))
    assert not alarms(found)
    assert {one.statement for one in found} == {
        "1,226,784", "736", "1,227,520", "34,944", "307,456", "885,120",
    }  # fmt: skip


def test_a_wrong_total_names_cell_value_and_work() -> None:
    report = judged(LAYERS.replace("1,226,784", "1,226,684"))
    (one,) = report.wrong
    assert (one.line, one.statement, one.computed) == (6, "1,226,684", "1,226,784")
    assert one.why == "34,848 + 307,200 + 884,736 = 1,226,784 (the rows above it)."
    assert one.slips[0].startswith("7 became 6")


def test_a_wrong_addend_shows_where_its_sums_stand() -> None:
    found = alarms(judged(LAYERS.replace("| 307,200", "| 307,300")))
    assert {one[0] for one in found} == {"1,226,784", "307,456"}


@pytest.mark.parametrize(
    "rows",
    [
        "| a | 1 |\n| b | 2 |\n| subtotal | 3 |\n| c | 4 |\n| d | 5 |\n| subtotal | 9 |\n| total | 12 |",
        "| a | 1 |\n| b | 2 |\n| total | 3 |\n| c | 4 |\n| total | 7 |",
        "| total | 6 |\n| a | 1 |\n| b | 5 |",
        "| block | 10 |\n| ├─ x | 4 |\n| └─ y | 6 |\n| other | 5 |\n| total | 15 |",
        "| a | 1.2M |\n| b | 3.4M |\n| Σ | 4.5M |",
        "| a | 34.8K |\n| b | 96 |\n| sum | 34,944 |",
        "| a | 33 % |\n| b | 33 % |\n| c | 33 % |\n| total | 100 % |",
        "| a | 5 × 5 × 3 = 75 |\n| b | — |\n| c | 5 |\n| in total | 80 |",
        "| a | −3 |\n| b | 10 |\n| gesamt | 7 |",
        "| a | 12 |\n| b | 20 |\n| mean | 16 |\n| total | 32 |",
        "| a | 12 |\n| b | 20 |\n| | 32 |",
        "| a | 12 |\n| b | 20 |\n| overall | 32 |",
    ],
)
def test_a_total_is_right_if_one_reading_is(rows: str) -> None:
    found = list(check_totals(context_of("| part | parameters |\n" + rows)))
    assert found and not alarms(found), verdicts(found)


@pytest.mark.parametrize(
    ("rows", "verdict", "computed"),
    [
        ("| a | 1 |\n| b | 2 |\n| subtotal | 3 |\n| c | 4 |\n| total | 8 |", "wrong", "7"),
        ("| a | 1.2M |\n| b | 3.4M |\n| total | 4.8M |", "wrong", "4.6M"),
        ("| a | 34 % |\n| b | 33 % |\n| c | 38 % |\n| total | 100 % |", "suspicious", "105 %"),
        ("| a | 34 % |\n| b | 33 % |\n| c | 33 % |\n| total | 110 % |", "wrong", "100 %"),
        ("| a | 12 |\n| b | 20 |\n| overall | 33 |", "suspicious", "32"),
        ("| block | 10 |\n| ├─ x | 4 |\n| └─ y | 6 |\n| total | 15 |", "suspicious", "10"),
    ],
)
def test_a_total_that_is_no_sum_in_any_reading_is_found(rows: str, verdict: str, computed: str) -> None:
    found = alarms(list(check_totals(context_of("| part | parameters |\n" + rows))))
    assert [(one[1], one[2]) for one in found][-1] == (verdict, computed)


@pytest.mark.parametrize(
    "table",
    [
        "| class | accuracy |\n| a | 0.91 |\n| b | 0.83 |\n| total | 0.87 |",
        "| layer | params |\n| a | 12 |\n| … | … |\n| z | 5 |\n| total | 1,000 |",
        "| layer | params |\n| a | 12 |\n| b | see below |\n| total | 1,000 |",
        "| layer | params |\n| a | 12 |\n| b | 13 |\n| total | 2 layers |",
        "| source | value |\n| a | 12 |\n| sum of squares | 1,000 |\n| b | 13 |",
        "| n | square |\n| 1 | 1 |\n| 2 | 4 |\n| | 7 |",
        "| task | n |\n| QA-1 | 35 |\n| QA-2 | 29 |\n| SUM-1 | 63 |",
    ],
)
def test_what_may_not_be_a_sum_is_no_alarm(table: str) -> None:
    assert not alarms(list(check_totals(context_of(table))))


@pytest.mark.parametrize(
    "table",
    [
        "| sort | n |\n| valid pass | 43 |\n| bad pass | 2 |\n| valid fail | 42 |\n| bad fail | 13 |\n"
        "| total valid | 86 |\n| total bad | 16 |",
        "| sort | n |\n| total runs | 43 |\n| valid | 37 |\n| bad | 6 |\n| valid end | 23 |\n| bad end | 6 |",
    ],
)
def test_totals_of_parts_in_any_order_are_suspicious_at_most(table: str) -> None:
    assert {one.verdict for one in check_totals(context_of(table))} == {"suspicious"}


def test_a_total_above_other_rows_may_be_one_of_several_kinds() -> None:
    rows = "| X to M | 0.61 |\n| M to Y | 0.02 |\n| Total | 0.14 |\n| Direct | 0.12 |\n| Indirect | 0.02 |"
    assert [one.verdict for one in check_totals(context_of("| path | n |\n" + rows))] == ["suspicious"]


def test_a_table_of_rows_numbered_with_gaps_is_a_selection() -> None:
    table = "| year | sum |\n| 0 | 3 |\n| 1 | 4 |\n| {} | 5 |\n| total | 100 |"
    verdicts = [[one.verdict for one in check_totals(context_of(table.format(n)))] for n in (2, 9)]
    assert verdicts == [["wrong"], ["unchecked"]]


@pytest.mark.parametrize(
    "rows",
    [
        "| valid pass | 43 |\n| bad pass | 2 |\n| valid fail | 42 |\n| bad fail | 13 |\n| total valid | 85 |",
        "| conv 1 | 30 |\n| fc 1 | 7 |\n| conv 2 | 12 |\n| total conv layers | 42 |",
    ],
)
def test_a_total_of_the_rows_of_one_name_is_their_sum(rows: str) -> None:
    found = list(check_totals(context_of("| sort | n |\n" + rows)))
    assert [(one.verdict, one.why[-25:]) for one in found] == [("right", " (the rows of that name).")]


def test_a_wrong_subtotal_is_found_where_another_total_holds() -> None:
    table = "| a | n |\n| x | 3 |\n| y | 4 |\n| total conv | 8 |\n| z | 5 |\n| w | 6 |\n| total dense | 11 |"
    (one,) = alarms(list(check_totals(context_of(table))))
    assert one == ("8", "wrong", "7")


@pytest.mark.parametrize(("debts", "verdict"), [("15", "wrong"), ("25", "suspicious")])
def test_a_balance_sheet_whose_totals_are_mostly_no_sums_leaves_rows_out(debts: str, verdict: str) -> None:
    rows = "| cash | 3 |\n| stock | 4 |\n| total assets now | 9 |\n| land | 5 |\n| loan | 10 |"
    rows += f"\n| total debts | {debts} |"
    rows += f"\n| shares | 6 |\n| profits | 7 |\n| total equity | 12 |\n| total of all | {21 + int(debts)} |"
    found = {one.stated: one.verdict for one in check_totals(context_of("| a | n |\n" + rows))}
    assert found["12"] == verdict


def test_a_guessed_total_row_needs_one_right_sum() -> None:
    table = "| layer | weights | biases |\n| a | 120 | 10 |\n| b | 200 | 20 |\n| | 321 | 30 |"
    assert alarms(list(check_totals(context_of(table)))) == [("321", "wrong", "320")]


def test_one_changed_digit_of_any_number_is_found() -> None:
    draw = random.Random(1)
    for _ in range(60):
        numbers = [draw.randrange(100, 10**6) for _ in range(draw.randrange(2, 6))]
        lines = [f"| layer {i} | {n:,} |" for i, n in enumerate(numbers, 1)]
        text = "\n".join(["| layer | units |", *lines, f"| Total | {sum(numbers):,} |"])
        assert not alarms(list(check_totals(context_of(text))))
        row = draw.randrange(1, len(numbers) + 2)
        changed = text.split("\n")
        places = [
            i for i, sign in enumerate(changed[row]) if sign.isdigit() and i > changed[row].index("|", 1)
        ]
        place = draw.choice(places)
        digit = draw.choice([d for d in "123456789" if d != changed[row][place]])
        changed[row] = changed[row][:place] + digit + changed[row][place + 1 :]
        (one,) = [one for one in check_totals(context_of("\n".join(changed))) if one.verdict == "wrong"]
        assert one.line == len(numbers) + 2


def test_lists_of_lines_have_totals_too() -> None:
    text = "The weights are\n\n- conv1: 96 · 11 · 11 · 3 = 34,848\n- conv2: 307,200\n- Total: {}\n"
    assert not alarms(list(check_list_totals(context_of(text.format("342,048")))))
    (one,) = check_list_totals(context_of(text.format("342,148")))
    assert (one.verdict, one.computed, one.line) == ("wrong", "342,048", 5)


@pytest.mark.parametrize(
    "text",
    [
        "epochs: 10\nbatch size: 32\nlearning rate: 0.1\ntotal: 320",
        "Layer: 3\nTotal: 7",
        "First: 3 apples\nSecond: 4 pears\nTotal: 9 euros",
    ],
)
def test_lists_of_settings_have_no_sum(text: str) -> None:
    assert not alarms(list(check_list_totals(context_of(text))))


SHARES = """\
| layer | weights | share |
| conv1 | 34,848 | {} |
| conv2 | 307,200 | 25.0 % |
| conv3 | 884,736 | 72.1 % |
| total | 1,226,784 | 100 % |
"""


def test_shares_are_those_of_their_column() -> None:
    assert not alarms(list(check_shares(context_of(SHARES.format("2.8 %")))))
    (one,) = [one for one in check_shares(context_of(SHARES.format("3.8 %"))) if one.verdict != "right"]
    assert (one.verdict, one.statement, one.computed) == ("wrong", "3.8 %", "2.8 %")
    assert one.why == "34,848 / 1,226,784 = 2.8 % of the weights."


def test_percentages_that_fit_a_column_by_chance_are_no_shares() -> None:
    flagged = "| check | flagged | % |\n| a | 0 | 0.0% |\n| b | 8 | 26.7% |\n| c | 0 | 0.0% |"
    rates = "| model | late | bad rate |\n| a | 4 | 13.3% |\n| b | 16 | 53.3% |\n| c | 10 | 43.3% |"
    percent = "| model | seen | share |\n| a | 2.9% | 2.9% |\n| b | 0% | 0% |\n| c | 0% | 5% |"
    for table in (flagged, rates, percent):
        assert "wrong" not in {one.verdict for one in check_shares(context_of(table))}


def test_the_total_of_a_part_has_its_own_share() -> None:
    rows = "| good | 43 | 43% |\n| bad | 42 | 42% |\n| odd | 15 | 15% |\n"
    table = f"| sort | n | share |\n{rows}| total {{}} | 85 | {{}} |"
    assert {one.verdict for one in check_shares(context_of(table.format("even", "85%")))} == {"right"}
    assert "wrong" in {one.verdict for one in check_shares(context_of(table.format("even", "75%")))}


def test_shares_without_numbers_make_a_whole() -> None:
    table = "| part | share |\n| a | 41 % |\n| b | 42 % |\n| c | {} % |"
    assert [one.verdict for one in check_shares(context_of(table.format(17)))] == ["right"]
    assert [one.verdict for one in check_shares(context_of(table.format(27)))] == ["suspicious"]
    assert not list(check_shares(context_of(table.format(27).replace("share", "accuracy"))))


WRITTEN_OUT = (
    "{}conv2: 73,792\nfc1: 6,554,000\nfc2: 40,100\n\nTotal: 46,592 + 73,792 + 6,554,000 + 40,100 = {}"
)


@pytest.mark.parametrize("first", ["", "(a) conv1: 46,592\n", "The first layer, conv1, has 46,592.\n"])
def test_a_total_that_is_written_out_as_a_sum_says_itself_what_it_adds_up(first: str) -> None:
    assert not alarms(judged(WRITTEN_OUT.format(first, "6,714,484")))
    (one,) = judged(WRITTEN_OUT.format(first, "6,714,448")).wrong
    assert (one.kind, one.computed) == ("arithmetic", "6,714,484")


def test_the_line_above_a_list_may_be_its_first_part() -> None:
    rest = "conv2: 73,792\nfc1: 6,554,000\nfc2: 40,100\nTotal: {}"
    text = "The first layer, conv1, has 46,592.\n" + rest
    assert not alarms(list(check_list_totals(context_of(text.format("6,714,484")))))
    (one,) = check_list_totals(context_of(rest.format("6,714,484")))
    assert (one.verdict, one.computed) == ("wrong", "6,667,892")


PERCENT = """\
| layer | params | {} |
| conv1 | 17 472 | {} |
| conv2 | 73 792 | {} |
| fc1 | 6 969 600 | {} |
| fc2 | 40 100 | {} |
"""
GOOD = ["0.25 %", "1.04 %", "98.15 %", "0.56 %"]


@pytest.mark.parametrize("header", ["share", "%", "", "part of all"])
@pytest.mark.parametrize("total", ["", "| total | 7 100 964 | 100 % |"])
@pytest.mark.parametrize(
    ("place", "slip", "verdict"),
    [(0, "0.52 %", "wrong"), (2, "98.51 %", "wrong"), (0, "0.24 %", "rounded"), (3, "0.57 %", "rounded")],
)
def test_percentages_beside_numbers_are_shares_of_their_sum(
    header: str, total: str, place: int, slip: str, verdict: str
) -> None:
    assert not alarms(judged(PERCENT.format(header, *GOOD) + total))
    shares = [slip if row == place else text for row, text in enumerate(GOOD)]
    found = [one for one in alarms(judged(PERCENT.format(header, *shares) + total)) if one[0] == slip]
    assert found == [(slip, verdict, GOOD[place])]


def test_two_slips_of_four_shares_are_both_found() -> None:
    text = PERCENT.format("share", "0.24 %", "1.04 %", "98.15 %", "0.65 %")
    assert alarms(judged(text)) == [("0.24 %", "rounded", "0.25 %"), ("0.65 %", "wrong", "0.56 %")]


def test_percentages_of_something_else_are_no_shares() -> None:
    assert not alarms(judged(PERCENT.format("error", "0.25 %", "3.1 %", "98.15 %", "4.6 %")))


def test_a_share_that_fits_the_total_shows_that_its_number_is_wrong() -> None:
    text = PERCENT.format("share", *GOOD).replace("73 792", "37 792") + "| total | 7 100 964 | 100 % |"
    assert [one[0] for one in alarms(judged(text))] == ["7 100 964"]


def test_a_total_of_one_hundred_percent_is_not_wrong_beside_a_right_sum() -> None:
    text = PERCENT.format("share", "0.25 %", "1.04 %", "98.51 %", "0.56 %") + "| total | 7 100 964 | 100 % |"
    assert [(one.stated, one.verdict) for one in judged(text).wrong] == [("98.51 %", "wrong")]


@pytest.mark.parametrize("whole", ["220,871", "220 871", "the 220.871 parameters"])
def test_a_header_that_says_of_what_a_column_holds_the_shares_is_followed(whole: str) -> None:
    table = (
        f"| layer | parameters | share of {whole} |\n| conv1 | 3,904 | 1.80 % |\n| conv2 | 6,960 | 3.51 % |\n"
    )
    found = list(check_shares(context_of(table + "| fc | 210,007 | 95.08 % |")))
    assert [(one.stated, one.verdict) for one in found][:2] == [("1.80 %", "wrong"), ("3.51 %", "wrong")]
    other = list(check_shares(context_of(table.replace(whole, "220,817") + "| fc | 7 | 95.08 % |")))
    assert "wrong" not in [one.verdict for one in other]


def test_each_total_is_that_of_the_rows_since_the_last_one() -> None:
    rows = [("x", 1), ("y", 2), ("total", 3), ("z", 4), ("w", 5), ("total", 9), ("u", 7), ("v", 8)]
    table = "| part | number |\n" + "".join(f"| {name} | {number} |\n" for name, number in rows)
    assert not alarms(judged(f"{table}| total | 15 |\n"))
    assert alarms(judged(f"{table}| total | 16 |\n")) == [("16", "wrong", "15")]
