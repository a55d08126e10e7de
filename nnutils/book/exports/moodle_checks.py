"""What Moodle's importer needs of a file, checked before the file is written.

After the description of the format, https://docs.moodle.org/en/Moodle_XML_format, and of the fields,
https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from nnutils.book.exports.cloze import CHOICE, NUMBER, fields_in
from nnutils.core.errors import BookError

__all__ = ["problems"]

_COMMON = ("name/text", "questiontext/text", "generalfeedback/text", "idnumber")
_NUMBERS = ("defaultgrade", "penalty", "hidden")
_ESSAY = ("responseformat", "responserequired", "responsefieldlines", "attachments", "graderinfo/text")
_MOST_NAME, _MOST_ID = 255, 100  # letters that Moodle's database keeps
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?")


def problems(text: str) -> list[str]:
    """Return what keeps Moodle from importing a file, or from marking it as meant; nothing for a good one.

    >>> problems("<quiz><question type='essay'></question></quiz>")[0]
    'question 1 (essay) has no name/text'
    """
    try:
        quiz = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return [f"it is not well-formed: {error}"]
    if quiz.tag != "quiz" or len(quiz) == 0:
        return ["it is not a quiz with questions"]
    found = []
    for number, question in enumerate(quiz, 1):
        where = f"question {number} ({question.get('type')})"
        found += [f"{where} {problem}" for problem in _of(question)]
    ids = [one.text or "" for one in quiz.iter("idnumber")]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    return [*found, *(f"the idnumber {one} is there twice" for one in twice)]


def _of(question: ElementTree.Element) -> Iterator[str]:
    kind = question.get("type")
    if question.tag != "question":
        yield f"is an element {question.tag!r}"
    elif kind == "category":
        if not (question.findtext("category/text") or "").startswith("$course$/"):
            yield "has no category/text that begins with $course$/"
    elif kind not in ("cloze", "numerical", "essay"):
        yield "is of a type that is not known"
    else:
        yield from _common(question)
        yield from {"cloze": _cloze, "numerical": _numerical, "essay": _essay}[kind](question)
        yield from _files(question)


def _common(question: ElementTree.Element) -> Iterator[str]:
    for path in _COMMON:
        if not (question.findtext(path) or "").strip():
            yield f"has no {path}"
    for path in ("questiontext", "generalfeedback"):
        element = question.find(path)
        if element is not None and element.get("format") != "html":
            yield f"does not say that its {path} is HTML"
    for name in _NUMBERS:
        if not _NUMBER.fullmatch(question.findtext(name) or ""):
            yield f"has no number in {name}"
    if len(question.findtext("name/text") or "") > _MOST_NAME:
        yield f"has a name of more than {_MOST_NAME} letters"
    if len(question.findtext("idnumber") or "") > _MOST_ID:
        yield f"has an idnumber of more than {_MOST_ID} letters"


def _numerical(question: ElementTree.Element) -> Iterator[str]:
    answers = question.findall("answer")
    if [one.get("fraction") for one in answers].count("100") != 1:
        yield "has not exactly one right answer"
    for one in answers:
        number, margin = one.findtext("text") or "", one.findtext("tolerance") or ""
        if not _NUMBER.fullmatch(number) or not _NUMBER.fullmatch(margin):
            yield f"has the answer {number!r} with the tolerance {margin!r}"


def _cloze(question: ElementTree.Element) -> Iterator[str]:
    try:
        fields = fields_in(question.findtext("questiontext/text") or "")
    except BookError as error:
        yield error.problem
        return
    if not fields:
        yield "has no field"
    grade = question.findtext("defaultgrade") or "0"
    if fields and abs(sum(field.weight for field in fields) - float(grade)) > 1e-6:
        yield f"has the grade {grade}, which is not the sum of the weights of its fields"
    for number, field in enumerate(fields, 1):
        if sum(one.right for one in field.alternatives) != 1:
            yield f"has not exactly one right answer in field {number}"
        if field.kind == CHOICE and len(field.alternatives) < 2:
            yield f"has nothing to choose from in field {number}"
        if len({one.text for one in field.alternatives}) < len(field.alternatives):
            yield f"has an answer twice in field {number}"
        if field.kind == NUMBER and not all(_NUMBER.fullmatch(one.text) for one in field.alternatives):
            yield f"has an answer that is not a number in field {number}"


def _essay(question: ElementTree.Element) -> Iterator[str]:
    for path in _ESSAY:
        if not (question.findtext(path) or "").strip():
            yield f"has no {path}"


def _files(question: ElementTree.Element) -> Iterator[str]:
    """Name pictures that are missing, files that nothing shows, and files that cannot be read."""
    text = question.findtext("questiontext/text") or ""
    shown = set(re.findall(r"@@PLUGINFILE@@/([^\"]+)", text))
    files = question.findall("questiontext/file")
    names = {one.get("name") or "" for one in files}
    if shown != names:
        yield f"shows the files {sorted(shown)} and has {sorted(names)}"
    for one in files:
        try:
            base64.b64decode(one.text or "", validate=True)
        except binascii.Error:
            yield f"has a file {one.get('name')} that is not in base64"
