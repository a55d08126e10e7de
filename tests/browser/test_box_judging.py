"""The scripts that read and judge typed answers say what nnutils says, on thousands of texts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support.edges_of_judging import EDGES, PRACTICE
from support.practice_book import QUESTION, write_practice
from support.typed_answers import typed_answers
from support.typed_texts import typed_texts

from nnutils.book.pages.boxes import section
from nnutils.book.pages.boxes.placing import FILES
from nnutils.core.errors import ExpressionError
from nnutils.practice import Question, as_data, judge, load, named_numbers, questions
from nnutils.slips.stated import read

pytestmark = pytest.mark.slow

TEXTS = 4_000
OF_EACH = 8  # texts for each quantity
NAMES = [question.name for question in questions()]
# Each question as given, and a few as a variant; the other variants only in `make test-variants`.
BOTH: list[Any] = [
    pytest.param(name, None, id=f"{name}-given", marks=[] if number % 2 == 0 else pytest.mark.variants)
    for number, name in enumerate(NAMES)
]
BOTH += [
    pytest.param(name, 3, id=f"{name}-variant", marks=[] if number % 4 == 0 else pytest.mark.variants)
    for number, name in enumerate(NAMES)
]

# A value as text: exact, or as a number of JavaScript.
READ = """texts => {
  const { Unreadable } = showYourWork.numbers;
  const shown = (value) => (typeof value === "number" ? value : String(value));
  return texts.map(([text, exact]) => {
    try {
      const { value, low, high, digits } = showYourWork.read(text, exact);
      return [shown(value), shown(low), shown(high), digits];
    } catch (problem) {
      return problem instanceof Unreadable && problem.message ? null : `${problem}`;
    }
  });
}"""
JUDGED = """([data, texts]) => texts.map(([name, text]) => {
  const { verdict, sentence, slips } = showYourWork.judge(data.asked.find((one) => one.name === name), text);
  return [verdict, sentence, slips.map((slip) => slip.sentence)];
})"""
SAME_ELEMENTS = """([data, markup]) => {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content.querySelector(".practice-boxes").isEqualNode(showYourWork.elements(data));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with the scripts."""
    with browser.new_page() as one:
        for name in ("numbers", "reading", "typed", "formulas", "judging", "show"):
            one.add_script_tag(path=FILES / f"{name}.js")
        yield one


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Question:
    """A question with an answer of every kind."""
    return load(QUESTION, write_practice(tmp_path_factory.mktemp("book"), PRACTICE))


# --- reading ------------------------------------------------------------------------------------------------


def as_text(value: Any) -> str | float:
    return value if isinstance(value, float) else str(Fraction(value))


def read_here(text: str, exact: bool) -> list[Any] | None:
    try:
        found = read(text, exact=exact)
    except ExpressionError:
        return None
    return [*(as_text(value) for value in (found.value, found.target.low, found.target.high)), found.digits]


def same(one: Any, other: Any) -> bool:
    """Whether two readings agree: exact values as they are, floats but for the last digits."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-12 * max(abs(one), abs(other))
    return bool(one == other)


def test_a_browser_reads_what_python_reads(page: Page) -> None:
    texts = [(text, exact) for text in typed_texts(TEXTS) for exact in (True, False)]
    expected = [read_here(*one) for one in texts]
    assert min(sum(one is None for one in expected), sum(one is not None for one in expected)) > TEXTS // 2
    found = page.evaluate(READ, texts)
    assert not [one for one in zip(texts, expected, found, strict=True) if not same(*one[1:])]


@pytest.mark.parametrize(
    ("one", "other"), [(["1", "1", "1", None], None), (["1"], ["2"]), ([0.1], [0.1001]), (["1/3"], [1 / 3])]
)
def test_readings_that_differ_are_told_apart(one: Any, other: Any) -> None:
    assert same(one, one) and same(other, other) and not same(one, other)


# --- judging ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "seed"), BOTH)
def test_a_browser_shows_the_boxes_and_judges_as_python_does(page: Page, name: str, seed: int | None) -> None:
    question = load(name)
    data = as_data(question, seed)
    assert page.evaluate(SAME_ELEMENTS, [data, section(data)])
    givens = question.givens() if seed is None else question.draw(seed)
    asked, among = question.asked(givens), named_numbers(question, givens)
    texts = [(one, text) for one in asked for text in typed_answers(one, OF_EACH, seed or 1)]
    expected = [judge(one, text, among, asked) for one, text in texts]
    assert {"right", "wrong", "unreadable"} <= {one.verdict for one in expected}
    typed = [(one.name, text) for one, text in texts]
    found = page.evaluate(JUDGED, [data, typed])
    assert all(sentence for _, sentence, _ in found)
    verdicts = [
        (text, one.verdict, there[0]) for text, one, there in zip(typed, expected, found, strict=True)
    ]
    assert not [one for one in verdicts if one[1] != one[2]]


@pytest.mark.parametrize("name", EDGES)
def test_both_judge_alike_at_the_edges(page: Page, edges: Question, name: str) -> None:
    asked, among = edges.asked(), named_numbers(edges, edges.givens())
    one = next(one for one in asked if one.name == name)
    texts = [*EDGES[name], *typed_answers(one, 60, 1)]
    expected = [judge(one, text, among, asked) for text in texts]
    found = page.evaluate(JUDGED, [as_data(edges), [(name, text) for text in texts]])
    assert [(text, made.verdict) for text, made in zip(texts, expected, strict=True)] == [
        (text, verdict) for text, (verdict, _, _) in zip(texts, found, strict=True)
    ]
    # Where neither has a slip, both say the same of a number, too.
    assert not [
        (text, made.sentence, sentence)
        for text, made, (verdict, sentence, slips) in zip(texts, expected, found, strict=True)
        if verdict != "unreadable" and not made.slips and not slips and made.sentence != sentence
    ]


def judged(page: Page, question: Question, name: str, *texts: str) -> list[tuple[str, str, list[str]]]:
    found = page.evaluate(JUDGED, [as_data(question), [(name, text) for text in texts]])
    return [(verdict, sentence, slips) for verdict, sentence, slips in found]


def test_a_slip_of_the_pen_is_named_though_the_data_cannot_list_them_all(page: Page) -> None:
    alexnet = load("sorting_backprop_alexnet/q3")
    typed = ("105,415,207", "1,105,415,200", "15,415,200", "-105,415,200", "105,145,200")
    typed += ("104,415,201", "104415200.5")
    found = judged(page, alexnet, "conv1_connections", *typed)
    assert [sentence for _, sentence, _ in found[:5]] == [
        "One digit is not right.",
        "There is a digit too many.",
        "A digit is missing.",
        "Look at the sign.",
        "Two digits have changed places.",
    ]
    assert [slips[0] for _, _, slips in found[:5]] == [
        "0 became 7: 105,415,207 in place of 105,415,200.",
        "1,105,415,200 is 105,415,200 with one 1 too many.",
        "15,415,200 is 105,415,200 without one 0.",
        "The sign is wrong: −105,415,200 in place of 105,415,200.",
        "4 and 1 are exchanged: 105,145,200 in place of 105,415,200.",
    ]
    assert all(not slips for _, _, slips in found[5:])


# --- showing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"text": "another text"}, {"name": "other"}, {"kind": "table"}])
def test_boxes_that_differ_are_told_apart(page: Page, change: dict[str, str]) -> None:
    data = as_data(load(NAMES[0]))
    other = {**data, "asked": [{**data["asked"][0], **change}, *data["asked"][1:]]}
    assert not page.evaluate(SAME_ELEMENTS, [other, section(data)])
