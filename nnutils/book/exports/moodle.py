"""Makes a file of questions for Moodle from each part, as given or drawn from seeds, with feedback.

In a book's folder: ``python -m nnutils.book moodle [--seeds 1..30] [--parts NAMES]``. The files stand in
``_build/moodle``. The format: https://docs.moodle.org/en/Moodle_XML_format

A question becomes one with fields inside its text ('cloze'), or a 'numerical' one where a single number is
asked. Moodle cannot judge a formula or a proof: what asks for these becomes an 'essay' with its marks, and
the answers are in the notes for the person who marks it.
"""

from __future__ import annotations

import argparse
import base64
import html
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from nnutils.book.contents.listing import Part
from nnutils.book.contents.reading import book_title
from nnutils.book.exports.fields import (
    alternatives,
    common_scale,
    field_markup,
    quantity_text,
    shares,
    smallest_scale,
    unit_text,
    weights,
)
from nnutils.book.exports.figures import Picture, question_pictures
from nnutils.book.exports.moodle_checks import problems
from nnutils.book.paper.markup import html_of_line, html_of_markdown
from nnutils.book.paper.sheets import MODEL_ANSWER, solved_parts
from nnutils.book.variants.choosing import (
    Variant,
    add_choices,
    chosen_parts,
    chosen_seeds,
    library_version,
    variants_of,
)
from nnutils.book.variants.working import answer_markup, asked_without_typing, with_colon
from nnutils.book.whole_files import write_whole
from nnutils.core.errors import BookError
from nnutils.core.places import book_folder
from nnutils.core.words import counted
from nnutils.practice import as_data
from nnutils.practice.leaves import leaves

__all__ = ["FOLDER", "add_arguments", "moodle_file", "run"]

FOLDER = "_build/moodle"
PENALTY = "0.3333333"
"""What a wrong try costs where a quiz allows several: a third of the marks, as in Moodle itself."""

MOST_MARKS = 99_999
"""Moodle's database keeps marks of up to five digits."""

_NO_UNITS = {"unitgradingtype": "0", "unitpenalty": "0.1", "showunits": "3", "unitsleft": "0"}
_FREE_TEXT = {
    "responseformat": "editor", "responserequired": "1", "responsefieldlines": "15", "minwordlimit": "",
    "maxwordlimit": "", "attachments": "1", "attachmentsrequired": "0", "maxbytes": "0", "filetypeslist": "",
}  # fmt: skip
_HOW = (
    "Type whole numbers in full, without separators. Of other numbers three significant digits are enough; "
    "the decimal sign is a point."
)
_ONLY = "Only the fields below are marked here; what is to be shown or drawn is handed in separately."


def moodle_file(part: Part, seeds: Sequence[int | None], root: Path | None = None) -> str:
    """Return the questions of a part for these seeds as Moodle XML; None stands for the question as given.

    Raises:
        BookError: for what Moodle would not import.
        PracticeError: for a practice file that fails.
    """
    book = book_folder(root)
    title = book_title(book)
    quiz = ElementTree.Element("quiz")
    drawn = [variants_of(part, seed, book) for seed in seeds]
    for variants in zip(*drawn, strict=True):
        category = [title, part.title or part.folder, variants[0].title]
        sources = [_source(quiz, variant, title) for variant in variants]
        _category(quiz, category)
        scale = _same_scale(sources)
        for source in sources:
            _fields(source, scale)
        # Apart, so that a question drawn by chance from a category is of one kind.
        if written := [source for source in sources if source.marks < source.total]:
            _category(quiz, [*category, "Formulas and proofs"])
            for source in written:
                _essay(source)
    text = ElementTree.tostring(quiz, encoding="unicode")
    if found := problems(text):
        raise BookError(f"Moodle would not import this file: {found[0]}", where=f"part {part.folder}")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command ``moodle``."""
    add_choices(parser)


def run(options: argparse.Namespace) -> int:
    """Write a file for each part, and print its size."""
    book = book_folder()
    seeds = chosen_seeds(options.seeds) or (None,)
    folder = book / FOLDER
    texts = {part.folder: moodle_file(part, seeds, book) for part in chosen_parts(options.parts, book)}
    for earlier in folder.glob("*.xml"):
        earlier.unlink()  # it would be imported with these
    for name, text in texts.items():
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.xml"
        write_whole(file, text)
        number = text.count("<question type=") - text.count('<question type="category"')
        print(f"{os.path.relpath(file)}: {counted(number, 'question')}, {file.stat().st_size / 1e6:.1f} MB")
        for line in _sums(text):
            print(f"  {line}")
    return 0


def _sums(text: str) -> Iterator[str]:
    """Yield for each question with fields its name, its marks, and the marks that it has in Moodle."""
    sums: dict[tuple[str, str], set[float]] = {}
    for question in ElementTree.fromstring(text.encode()).iterfind("question[@type='cloze']"):
        name, _, marks = html.unescape(question.findtext("name/text") or "").rpartition(" (")
        found = sums.setdefault((name.rpartition(", ")[0], marks.rstrip(")")), set())
        found.add(float(question.findtext("defaultgrade") or 0))
    for (name, marks), grades in sums.items():
        yield f"{name}: {marks}, in Moodle {', '.join(f'{grade:.0f}' for grade in sorted(grades))}"


@dataclass(frozen=True)
class _Source:
    """What the Moodle questions for one variant are made from, and the quiz that they are added to."""

    quiz: ElementTree.Element
    variant: Variant
    data: Mapping[str, Any]
    pictures: Sequence[Picture]
    book: str

    @property
    def statement(self) -> str:
        """The question in words, and its pictures."""
        return html_of_markdown(self.variant.statement) + "".join(map(_picture, self.pictures))

    @property
    def seed(self) -> str:
        return "as given" if self.variant.seed is None else f"seed {self.variant.seed}"

    @property
    def judged(self) -> list[Mapping[str, Any]]:
        """The quantities that Moodle can judge."""
        return [one for one in self.data["asked"] if one["kind"] != "expression"]

    @property
    def marks(self) -> Fraction:
        """The marks of what Moodle can judge."""
        share = shares(self.data["parts"], self.data["asked"])
        return sum((share[one["name"]] for one in self.judged), Fraction(0))

    @property
    def total(self) -> int:
        """The marks of the whole question."""
        return sum(self.data["parts"].values())


def _source(quiz: ElementTree.Element, variant: Variant, book: str) -> _Source:
    pictures = question_pictures(variant.lesson) if variant.seed is None else ()
    return _Source(quiz, variant, as_data(variant.question, variant.seed), pictures, book)


def _same_scale(sources: Sequence[_Source]) -> Fraction | None:
    """Return by what the marks of all variants are multiplied; None where that is too much for Moodle."""
    judged = [one for one in sources if one.judged]
    scale = common_scale([smallest_scale(one.data["parts"], one.data["asked"], one.judged) for one in judged])
    return scale if all(scale * one.marks <= MOST_MARKS for one in judged) else None


def _fields(source: _Source, scale: Fraction | None) -> None:
    """Add the question with what Moodle can judge."""
    judged = source.judged
    if len(source.data["asked"]) == 1 and judged and judged[0]["kind"] == "number":
        _numerical(source, judged[0])
    elif judged:
        _cloze(source, judged, scale)


def _cloze(source: _Source, judged: Sequence[Mapping[str, Any]], scale: Fraction | None) -> None:
    weight = weights(source.data["parts"], source.data["asked"], judged, scale)
    pieces = [source.statement, f"<p><em>{_HOW} {_ONLY}</em></p>"]
    for part in source.data["parts"]:
        quantities = [one for one in judged if one["part"] == part]
        if quantities:
            pieces.append(f"<h5>({html.escape(part)})</h5>")
        for one in quantities:
            tag = "div" if one["kind"] in ("table", "nested") else "p"  # no table inside a paragraph
            fields = field_markup(one, weight[one["name"]])
            pieces.append(
                f"<{tag}>{with_colon(html_of_line(quantity_text(one)))} {fields}{unit_text(one)}</{tag}>"
            )
    made = _begun(source, "cloze", "\n".join(pieces), _mark_words(source.marks))
    # Moodle itself takes the sum of the weights for the marks of the question; a quiz scales them.
    total = sum(weight[one["name"]] * len(list(leaves(one["answer"]))) for one in judged)
    _end(source, made, Fraction(total))


def _numerical(source: _Source, quantity: Mapping[str, Any]) -> None:
    words = f"<p>{html_of_line(quantity_text(quantity))}{unit_text(quantity, ' (', ')')}</p>"
    made = _begun(source, "numerical", f"{source.statement}\n{words}\n<p><em>{_HOW}</em></p>")
    _end(source, made, source.marks)
    for one in alternatives(quantity, ()):
        answer = _element(made, "answer", fraction="100" if one.right else "0", format="plain_text")
        _element(answer, "text", one.text)
        _text(answer, "feedback", html.escape(one.feedback, quote=False))
        _element(answer, "tolerance", f"{one.tolerance:.6g}")
    for name, value in _NO_UNITS.items():
        _element(made, name, value)


def _essay(source: _Source) -> None:
    marks = source.total - source.marks
    formulas = [one for one in source.variant.asked if isinstance(one.answer, str) and not one.choices]
    asked = {one["part"] for one in source.data["asked"]}
    proofs = [part for part in source.data["parts"] if part not in asked]
    words = [html_of_line(asked_without_typing(one.text)) for one in formulas]
    wanted = [f"({html.escape(one.part)}) {text}" for one, text in zip(formulas, words, strict=True)]
    wanted += [f"({html.escape(part)}): all of it" for part in proofs]
    text = f"{source.statement}\n<p>Hand in here what is a formula or a proof:</p>\n{_list(wanted)}"
    made = _begun(source, "essay", text, f"formulas and proofs, {_mark_words(marks)}", "-text")
    _end(source, made, marks)
    for name, value in _FREE_TEXT.items():
        _element(made, name, value)
    answers = [
        f"{with_colon(text)} {html_of_line(answer_markup(one.answer))}"
        for one, text in zip(formulas, words, strict=True)
    ]
    notes = [_list(answers), "<p>An equal formula in another form is right.</p>"] if formulas else []
    if proofs:
        notes.append(f"<p>{MODEL_ANSWER}</p>")
    _text(made, "graderinfo", "\n".join(notes))
    _text(made, "responsetemplate", "")


def _begun(source: _Source, kind: str, text: str, remark: str = "", ending: str = "") -> ElementTree.Element:
    """Begin a question with what all kinds have: name, text with its pictures, and its number."""
    made = _element(source.quiz, "question", type=kind)
    title = f"{source.variant.title}, {source.seed}"
    name = f"{title} ({remark})" if remark else title
    _element(_element(made, "name"), "text", _plain_name(name))
    place = _text(made, "questiontext", text)
    for picture in source.pictures:
        data = base64.b64encode(picture.data).decode()
        _element(place, "file", data, name=picture.name, path="/", encoding="base64")
    number = f"{source.variant.question.name}-{source.seed}{ending}"
    _element(made, "idnumber", number.replace("/", "-").replace(" ", "-"))
    return made


def _end(source: _Source, made: ElementTree.Element, grade: Fraction | int) -> None:
    """Add the work of the answers, the marks, and the tags."""
    _text(made, "generalfeedback", solved_parts(source.variant))
    _element(made, "defaultgrade", f"{float(grade):.7f}")
    _element(made, "penalty", PENALTY)
    _element(made, "hidden", "0")
    tags = _element(made, "tags")
    for words in (source.book, f"version {library_version()}", source.seed):
        _element(_element(tags, "tag"), "text", words)


def _category(quiz: ElementTree.Element, names: Sequence[str]) -> None:
    """Begin a category; a slash inside a name is written twice."""
    made = _element(quiz, "question", type="category")
    path = "/".join(["$course$", "top", *(_plain_name(name).replace("/", "//") for name in names)])
    _element(_element(made, "category"), "text", path)
    _text(made, "info", "")


def _plain_name(name: str) -> str:
    """Return a name in which Moodle finds no tags, which it would drop without a word."""
    return html.escape(name, quote=False)


def _element(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, tag, attributes)
    made.text = text
    return made


def _text(parent: ElementTree.Element, tag: str, text: str) -> ElementTree.Element:
    made = _element(parent, tag, format="html")
    _element(made, "text", text)
    return made


def _list(entries: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


def _picture(picture: Picture) -> str:
    alt = html.escape(picture.words)
    return f'<p><img src="@@PLUGINFILE@@/{picture.name}" alt="{alt}" class="img-fluid"></p>\n'


def _mark_words(marks: Fraction) -> str:
    return counted(f"{float(marks):.3g}", "mark") if marks != 1 else "1 mark"
