"""Sheets drawn from seeds: for each seed the questions, and the same with the answers and their work."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nnutils.book.contents.listing import Part
from nnutils.book.contents.reading import book_title
from nnutils.book.paper.binding import NUMBERED
from nnutils.book.paper.markup import html_of_line, html_of_markdown
from nnutils.book.paper.page import printed_page
from nnutils.book.variants.choosing import Variant, chosen_parts, library_version, variants_of
from nnutils.book.variants.working import (
    Chain,
    answer_markup,
    asked_without_typing,
    chain_markup,
    is_traced,
    with_colon,
    work_chains,
)
from nnutils.core.places import book_folder
from nnutils.core.words import counted, listed
from nnutils.practice import Asked

__all__ = [
    "COLLECTED",
    "MODEL_ANSWER",
    "drawn_sheets",
    "page_text",
    "question_on_sheet",
    "solution_on_sheet",
    "solved_parts",
]

STYLE = Path(__file__).resolve().parent / "sheets.css"
COLLECTED = ("all_questions", "all_solutions")
"""The pages that have the sheets of all seeds; their numbers are added by ``bound``."""

MODEL_ANSWER = (
    "A table, proof or drawing: compare it with the lesson's model answer, "
    "in which numbers may be other ones."
)
_NUMBER = f"  {NUMBERED} {{ content: counter(page); }}\n"
_LONG_TEXT = 32  # letters; with more, half a line is not enough for words and answer
_LONG_LIST_TEXT = 85  # letters; with more, the line for a list stands below the words
_LONG_WORK = 6  # lines; more may go on to the next page, and stand side by side where they are short
_COLUMNS = {"columns3 ": 36, "columns2 ": 76}  # letters of the longest line
_KINDS = (("questions", "Questions", False), ("solutions", "Solutions", True))


def drawn_sheets(
    seeds: Sequence[int], parts: str = "", root: Path | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of each sheet; then all questions, all solutions.

    Each seed has two sheets, 'seed_7_questions' and 'seed_7_solutions'.

    Raises:
        BookError: for a part that the book does not have, for a book without lessons, and for a formula that
            cannot be set.
        PracticeError: for a practice file that fails.
    """
    book = book_folder(root)
    title = book_title(book)
    chosen = chosen_parts(parts, book)
    bodies: dict[str, list[str]] = {name: [] for name in COLLECTED}
    rules: dict[str, list[str]] = {name: [] for name in COLLECTED}
    for seed in seeds:
        drawn = [(part, variants_of(part, seed, book)) for part in chosen]
        for (kind, words, answers), collected in zip(_KINDS, COLLECTED, strict=True):
            body = _sheet(title, words, seed, drawn, answers=answers)
            rule = _page_rule(seed, f"{title} {library_version()}", words)
            bodies[collected].append(body)
            rules[collected].append(rule.replace(_NUMBER, ""))  # see binding.py
            name = f"{title}: {words}, sheet {seed}"
            yield f"seed_{seed}_{kind}", printed_page(book, name, body, _style([rule]))
    for collected, (_, words, _) in zip(COLLECTED, _KINDS, strict=True):
        text = "\n".join(bodies[collected])
        yield collected, printed_page(book, f"{title}: {words}", text, _style(rules[collected]))


def question_on_sheet(variant: Variant) -> str:
    """Return a question in HTML, with a line for each answer."""
    rows = []
    for quantity in (one for part in variant.marks for one in variant.asked if one.part == part):
        words = f"({html.escape(quantity.part)}) {_words(quantity)}{html.escape(_choices(quantity))}"
        rows.append(
            f'<li class="{_room(quantity)}"><span class="asked">{words}</span>'
            f'<span class="blank"></span><span class="unit">{html.escape(quantity.unit)}</span></li>'
        )
    return _article(variant, '<ul class="answers">\n' + "\n".join(rows) + "\n</ul>")


def solution_on_sheet(variant: Variant) -> str:
    """Return a question in HTML, and for each part its marks, its answers and their work."""
    return _article(variant, f'<section class="answer">\n{solved_parts(variant)}\n</section>')


def solved_parts(variant: Variant) -> str:
    """Return for each part of a question its marks, its answers and their work, in HTML."""
    pieces = []
    shown: set[Chain] = set()
    for part, marks in variant.marks.items():
        pieces.append(f"<h3>({html.escape(part)}) · {counted(marks, 'mark')}</h3>")
        quantities = [quantity for quantity in variant.asked if quantity.part == part]
        pieces += [_solved(quantity, shown) for quantity in quantities]
        if not quantities:
            pieces.append(f"<p>{MODEL_ANSWER}</p>")
    return "\n".join(pieces)


def _solved(quantity: Asked, shown: set[Chain]) -> str:
    """Return one answer with its work; a line of work that stands above already is not repeated."""
    chains = work_chains(quantity, shown)
    lines = [chain_markup(chain) for chain in chains]
    if not chains and is_traced(quantity) and not shown.issuperset(work_chains(quantity, most=None)):
        lines = ["Too long to stand here: the lesson has the table of this computation."]
    shown.update(chains)
    unit = f" {html.escape(quantity.unit)}" if quantity.unit else ""
    answer = html_of_line(answer_markup(quantity.answer, words=bool(quantity.choices)))
    below = " below" if "pmatrix" in answer else ""
    asked = f'<p>{with_colon(_words(quantity))} <span class="key{below}">{answer}{unit}</span></p>'
    paragraphs = "".join(f'<p class="work">{html_of_line(line)}</p>\n' for line in lines)
    work = f'<div class="works">{paragraphs}</div>'
    room = ""
    if len(lines) > _LONG_WORK:
        longest = max(sum(len(text) + 3 for text, _ in chain) for chain in chains)
        room = "long " + next((name for name, most in _COLUMNS.items() if longest <= most), "")
    name = html.escape(quantity.name)
    return f'<div class="{room}quantity" data-name="{name}">\n{asked}\n{work}\n</div>'


def _choices(quantity: Asked) -> str:
    """Return what there is to choose from, in quotation marks where one holds 'and' or 'or'."""
    if not quantity.choices:
        return ""
    joined = any({"and", "or"} & set(choice.split()) for choice in quantity.choices)
    choices = [f"“{choice}”" for choice in quantity.choices] if joined else quantity.choices
    return f" ({listed(choices, 'or')})"


def _words(quantity: Asked) -> str:
    return html_of_line(asked_without_typing(quantity.text))


def _sheet(
    title: str, words: str, seed: int, drawn: Iterable[tuple[Part, list[Variant]]], *, answers: bool
) -> str:
    """Return all questions of a seed, below the number of the sheet and a place for the name."""
    name = "" if answers else '<p class="name">Name: <span class="blank"></span></p>\n'
    pieces = [
        f'<section class="sheet" style="page: sheet{seed}">',
        f'<header>\n<p class="book">{html.escape(title)}</p>\n'
        f'<h1 class="title">{words}, sheet {seed}</h1>\n{name}</header>',
    ]
    for part, variants in drawn:
        pieces.append(f'<h1 class="part">{html.escape(part.title)}</h1>')
        pieces += [solution_on_sheet(one) if answers else question_on_sheet(one) for one in variants]
    return "\n".join([*pieces, "</section>"])


def _article(variant: Variant, below: str) -> str:
    marks = counted(sum(variant.marks.values()), "mark")
    return (
        f'<article class="question" data-question="{variant.question.name}" data-seed="{variant.seed}">\n'
        f'<h2>{html.escape(variant.title)} <span class="marks">{marks}</span></h2>\n'
        f"{html_of_markdown(variant.statement)}{below}\n</article>"
    )


def _page_rule(seed: int, book: str, words: str) -> str:
    """Return what stands at the foot of each page of a sheet, which browsers know since 2024."""
    return (
        f"@page sheet{seed} {{\n"
        f"  @bottom-left {{ content: {page_text(book)}; }}\n"
        f"  @bottom-center {{ content: {page_text(f'{words}, sheet {seed}')}; }}\n"
        f"{_NUMBER}}}\n"
    )


def _style(rules: Sequence[str]) -> str:
    return STYLE.read_text(encoding="utf-8") + "".join(rules)


def page_text(text: str) -> str:
    """Return text as a string of CSS, inside a style element."""
    signs = (sign if sign.isalnum() or sign in " .,-" else f"\\{ord(sign):x} " for sign in text)
    return f'"{"".join(signs)}"'


def _room(quantity: Asked) -> str:
    """Return the class of the line for an answer: how much room it has, whatever the answer is."""
    answer = quantity.answer
    letters = len(asked_without_typing(quantity.text)) + len(_choices(quantity)) + len(quantity.unit)
    if isinstance(answer, tuple):
        rows = isinstance(answer[0], tuple)
        return "wide table" if rows else "wide below" if letters > _LONG_LIST_TEXT else "wide"
    if isinstance(answer, str) and not quantity.choices:
        return "wide below"  # a formula
    return "wide" if letters > _LONG_TEXT else "short"
