"""The boxes of a question as HTML, and its data as a script.

``files/show.js`` makes the same elements from the same data for a variant; a test compares the two.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

__all__ = ["FOLDED_FROM", "answer_form", "data_script", "section"]

FOLDED_FROM = 11
"""With so many boxes and more, each part of the question is folded, the first one open."""

Data = Mapping[str, Any]

_FORMS = {
    "list": "{} with commas between them",
    "table": "one row on each line, or ; between rows, {} with commas between them",
    "nested": "one row on each line, or ; between rows, {} with commas between them",
    "expression": "a formula",
}
_KEPT = "Your answers are kept on this device only."
_MISSING = "The boxes for your answers need JavaScript, which is switched off here."


def section(data: Data, judge: str = "judging") -> str:
    """Return the boxes of a question, as ``as_data`` gives it, as an element of a page.

    ``judge`` names the script of ``_practice`` that judges what is typed.

    >>> box = {"name": "units", "text": "units of conv1", "part": "a", "kind": "number", "unit": "units"}
    >>> made = section({"question": "part/q1", "seed": None, "asked": [box]})
    >>> '<label for="part-q1-units">units of conv1</label>' in made
    True
    """
    slug = _slug(data)
    return "\n".join(
        [
            f'<section class="practice" data-question="{escape(data["question"])}"'
            f' data-judge="{escape(judge)}" aria-labelledby="{slug}-title">',
            f'<h3 class="practice-title" id="{slug}-title">Your answers</h3>',
            f"<noscript><p>{_MISSING}</p></noscript>",
            _boxes(data),
            "</section>",
        ]
    )


def data_script(data: Data) -> str:
    """Return the script that gives the data of a question to the boxes, its text lightly encoded.

    >>> data_script({"question": "part/q1"})
    'showYourWork.data("part/q1", "eyJxdWVzdGlvbiI6InBhcnQvcTEifQ==");\\n'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    encoded = base64.b64encode(text.encode("utf-8")).decode("ascii")
    return f'showYourWork.data({json.dumps(data["question"])}, "{encoded}");\n'


def answer_form(quantity: Data) -> str:
    """Return what is said below the label: how to type such an answer, and the unit if the label lacks it.

    >>> answer_form({"kind": "list", "text": "is it so?", "unit": "", "answer": [True, False]})
    'yes or no with commas between them'
    >>> answer_form({"kind": "number", "text": "cost of conv1", "unit": "multiplications", "answer": "9"})
    'in multiplications'
    """
    leaf = quantity.get("answer")
    while isinstance(leaf, list):
        leaf = leaf[0]
    what = {bool: "yes or no", dict: "names"}.get(type(leaf), "numbers")
    form = _FORMS.get(quantity["kind"], "").format(what)
    unit = quantity["unit"]
    return form if form or not unit or unit in quantity["text"].split() else f"in {unit}"


def _slug(data: Data) -> str:
    seed = "" if data["seed"] is None else f"-{data['seed']}"
    return escape(str(data["question"]).replace("/", "-") + seed)


def _boxes(data: Data) -> str:
    """Return what a script can make as well: all of the section but its title."""
    asked, slug = data["asked"], _slug(data)
    parts: dict[str, list[Data]] = {}
    for quantity in asked:
        parts.setdefault(quantity["part"], []).append(quantity)
    first, *others = (_group(f"Part ({escape(part)})", parts[part], slug) for part in parts)
    if not others:
        groups = [first.plain]
    elif len(asked) < FOLDED_FROM:
        groups = [group.under_a_heading for group in (first, *others)]
    else:
        groups = [first.folded(' open=""'), *(group.folded() for group in others)]
    return (
        '<div class="practice-boxes">'
        f'<p class="practice-progress">0 of {len(asked)} right</p>{"".join(groups)}'
        f'<p class="practice-tools" hidden="">{_KEPT} '
        '<button type="button" class="practice-clear">Clear my answers</button></p></div>'
    )


def _group(title: str, asked: Sequence[Data], slug: str) -> _Group:
    forms = [quantity["form"] if "form" in quantity else answer_form(quantity) for quantity in asked]
    before = ["", *forms]
    boxes = [
        _box(one, slug, form, form == last) for one, form, last in zip(asked, forms, before, strict=False)
    ]
    return _Group(title, len(asked), "".join(boxes))


@dataclass(frozen=True)
class _Group:
    """The boxes of one part: alone, under a heading, or folded."""

    title: str
    count: int
    boxes: str

    @property
    def plain(self) -> str:
        return f'<div class="practice-part">{self.boxes}</div>'

    @property
    def under_a_heading(self) -> str:
        return f'<div class="practice-part"><h4 class="practice-label">{self.title}</h4>{self.boxes}</div>'

    def folded(self, state: str = "") -> str:
        count = f'<span class="practice-count">0 of {self.count}</span>'
        summary = f"<summary>{self.title} {count}</summary>"
        boxes = f'<div class="practice-grid">{self.boxes}</div>'
        return f'<details class="practice-part"{state}>{summary}{boxes}</details>'


def _box(quantity: Data, slug: str, form: str, repeated: bool) -> str:
    """Return the box of one quantity; a line that repeats the one before is for screen readers only."""
    kind, name = quantity["kind"], escape(quantity["name"])
    identity = f"{slug}-{name}"
    label = f'<label for="{identity}">{escape(quantity["text"])}</label>'
    if form:
        again = " repeated" if repeated else ""
        label += f'<span class="answer-form{again}" id="{identity}-form">{escape(form)}</span>'
    described = f' aria-describedby="{identity}-form"' if form else ""
    return (
        f'<form class="answer-box" data-name="{name}" data-kind="{kind}" novalidate="">'
        f'<div class="answer-asked">{label}</div><div class="answer-entry">'
        f"{_control(quantity, identity, described)}"
        '<button type="submit" class="answer-check">Check</button></div>'
        f'<output for="{identity}" aria-live="polite"></output></form>'
    )


def _control(quantity: Data, identity: str, described: str) -> str:
    """Return what is typed into, or chosen from."""
    kind = quantity["kind"]
    attributes = f'id="{identity}" name="typed"{described}'
    if kind in ("yesno", "choice"):
        words = ("yes", "no") if kind == "yesno" else quantity["choices"]
        options = "".join(f'<option value="{escape(word)}">{escape(word)}</option>' for word in words)
        return f'<select {attributes}><option value="">choose</option>{options}</select>'
    plain = 'autocomplete="off" autocapitalize="off" spellcheck="false"'
    if kind in ("table", "nested"):
        return f'<textarea {attributes} rows="3" {plain}></textarea>'
    return f'<input {attributes} type="text" {plain}>'
