"""What speaks against calling a relation wrong: other units, another notation, a denial beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from nnutils.lint.checks.relations.judging import Judged, compared, is_lone
from nnutils.lint.language import Node, Side
from nnutils.lint.language.words import UNITS
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, compute

__all__ = ["denied", "doubted"]

_AROUND, _NEARBY = 200, 30
_CLAUSE = re.compile(
    r"[.!?]\s|[,;()\n]|\b(?:so|because|hence|since|therefore|thus|then|but|and|we get|which)\b", re.IGNORECASE
)
_DENIAL = re.compile(
    r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|false(?:ly)?|mistake|mistaken(?:ly)?|misread|fallacy|absurd\w*|nonsense"
    r"|contradict\w*|impossible|not|never|cannot|instead of|rather than|unlike)\b|n't\b|❌|✗|✘",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"[\s\"'`”’$)]*(?:[,;–—-]\s*)?(?:(?:which|that|this|it)\s+)?"
    r"(?:(?:is|was|would be|are|→|->|=>|evaluates to|returns|gives|yields)\s+(?:\w+\s+)?"
    r"(?:wrong|incorrect|false|not|impossible|absurd|nonsense|a contradiction|a mistake|invalid)\b"
    r"|\(?(?:❌|✗|✘|wrong\b|false\b))",
    re.IGNORECASE,
)
_MODULAR = re.compile(
    r"\b(?:mod|modulo|modular|modulus|congruent|congruences?|residues?|GF|finite field|Galois)\b|ℤ/|ℤ_"
    r"|\bmod(?=\d)"
)
_CONDITION = re.compile(r"\b(?:must|should|would|could|might|may|cannot|can)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\d\s+[+\-−–]\d[\d.,]*[^=]*→")  # 'year 1 +320 → +355': from one change to another
_BY = re.compile(r"\bby\b")
_EXCHANGE = re.compile(r"replac|substitut|approximat|increas|decreas|reduc|exceed|chang", re.IGNORECASE)
_CALL = re.compile(r"[^\W\d_]\w+\Z")  # the name before a bracket
_INDEXED = re.compile(r"(?<![\w)\]])(?<![\d)\]] )x(\d)(?!\d)")
_TIMES_ONE = re.compile(r"(?<=\d)x(\d)(?!\d)")
_TERM_BEFORE = re.compile(r"[-+−–*/·×^]\s*\d[\d.,]*[ \t]*\Z")
_THREE_DIGITS = re.compile(r"\d{1,3}[.,]\d{3}")
_REPEATING = re.compile(r"\d\.\d*\(\d+\)")  # 0.1(6): a decimal that repeats, or one with its uncertainty
_UNIT_LETTER = re.compile(r"\s?[A-Z]\b")
_PREPOSITION = re.compile(
    r"\b(?:in|of|for|at|from|per|through|between|over|after|by|to|on|within|a|an|the)\s+$", re.IGNORECASE
)
_STEP = re.compile(r"(?:^|\n)[ \t>*+-]*$")
_WORD = re.compile(r"[^\W\d_]+")
_MEASURES = frozenset(
    "minute hour day week month year mile foot feet inch yard meter metre km/h mph kph knot "
    "gram kilogram pound ounce liter litre gallon quart pint cup dollar cent euro penny pence "
    "radian percent dozen tonne ton watt joule newton calorie volt ampere amp ohm sq "
    "ft lb lbs oz hr hrs yr yrs min mins sec secs kelvin celsius fahrenheit acre hectare "
    "dime nickel bps".split()
)
_FACTORS = (
    tuple(
        Fraction(one)
        for one in (60, 3600, 86400, 1440, 24, 7, 30, 52, 12, 365, 4, 3, 16, 5280, 1760, 36, 20, 2, 8, 128)
    )
    + tuple(Fraction(10) ** power for power in (*range(1, 13), 15))
    + (Fraction(18, 5), Fraction(1024))
)
_NEAR = Fraction(1, 100)
_SIMILAR = 2


def doubted(piece: Piece, left: Side, sign: str, right: Side, judged: Judged) -> Judged:
    """Return the verdict on a relation whose sides differ: wrong, or why the evidence for that is too thin.

    >>> from nnutils.lint import lint
    >>> [lint(text).judged[0].verdict for text in ("5 ^ 3 = 6", "5 ^ 3 = 16", "It is wrong that 2 + 2 = 5.")]
    ['suspicious', 'wrong', 'unchecked']
    """
    context = Judged("unchecked", cause="context")
    before = piece.text[max(0, left.start - _NEARBY) : left.start]
    if _CHANGE.search(piece.text[left.start : right.start]):
        return context
    if _BY.search(piece.text[left.start : left.end]) and _EXCHANGE.search(before):
        return context
    if piece.text[left.start] in "([" and _TERM_BEFORE.search(before):  # the rest of '4 − 10 (2 + 3)² = …'
        return context
    if piece.text[right.end : right.end + 1] == "!":  # an exclamation or a factorial
        return context
    if _is_an_argument(piece, left, sign) or _with_indices(piece, left, right):
        return context
    if denied(piece, left.start, right.end) or _in_a_name(piece, left):
        return context
    if _MODULAR.search(piece.text[max(0, left.start - _AROUND) : right.end + _AROUND]):
        return context
    if _converted(piece, left, right, judged) or _CONDITION.search(piece.text[left.start : right.start]):
        return context
    if any(_REPEATING.search(piece.text[side.start : side.end]) for side in (left, right)):
        return context
    if _decimals_of_another_country(left, right, judged):
        return context
    if _letters_meant(piece, left, right, judged):
        return Judged("unchecked", cause="name")
    if _worked_in_brackets(left) or _added_to_a_list(piece, left, right):
        return context
    if _numbered(left, right, judged):
        return context
    if sign == "=" and (note := _in_other_notation(left, right)):
        return replace(judged, verdict="suspicious", note=note)
    return judged


def _worked_in_brackets(side: Side) -> bool:
    """Whether what looks like a product is a number with its working behind it: 'n = 12 (4 + 8) = 12'."""
    node = side.node
    if node is None or not node.loose or node.names or node.arguments[1].operation != "group":
        return False
    try:
        number, working = (compute(part, Reading()) for part in node.arguments)
    except UndefinedError:
        return False
    return number.low <= working.nominal <= number.high


def _numbered(left: Side, right: Side, judged: Judged) -> bool:
    """Whether the number before a function counts something: 'In step 2 tanh(0.5) = 0.462'."""
    node, above = left.node, list[Node]()
    while (
        node is not None and node.arguments and not (node.loose and node.arguments[0].operation == "number")
    ):
        above.append(node)
        node = node.arguments[0]
    if node is None or not node.loose or node.arguments[1].operation != "call" or right.node is None:
        return False
    made = node.arguments[1]
    for one in reversed(above):
        made = one._replace(arguments=(made, *one.arguments[1:]))
    return compared(made, "=", right.node, {}).verdict in ("right", "rounded")


def _added_to_a_list(piece: Piece, left: Side, right: Side) -> bool:
    """Whether a comma and 'plus' go on with a list: '0.09 · 80 = 7.2 of fees, plus 18/12 = 1.5 of others'."""
    node = left.node
    if (
        node is None
        or right.node is None
        or node.operation not in ("add", "subtract")
        or len(node.arguments) != 2
    ):
        return False
    first, last = node.arguments
    if "," not in piece.text[first.end : last.start]:
        return False
    try:
        own, stated = compute(last, Reading()), compute(right.node, Reading())
    except (UndefinedError, KeyError):
        return False
    return stated.low <= own.nominal <= stated.high


def _is_an_argument(piece: Piece, left: Side, sign: str) -> bool:
    """Whether a function is given the relation: a condition, 'test(2 > 3)', or equations, 'solve([x = 1'."""
    depth, listed = 0, False
    for place in range(left.start - 1, max(-1, left.start - _AROUND), -1):
        letter = piece.text[place]
        if letter in ")]":
            depth += 1
        elif letter in "([" and depth:
            depth -= 1
        elif letter == "[":
            listed = True
        elif letter == "(":
            called = _CALL.search(piece.text[max(0, place - _NEARBY) : place]) is not None
            return called and (listed or sign in "<>≤≥≠")
    return False


def _with_indices(piece: Piece, left: Side, right: Side) -> bool:
    """Whether 'x1' names a variable in the text, so that '6x1' is no product with 1."""
    found = {one[1] for one in _TIMES_ONE.finditer(piece.text, left.start, right.end)}
    around = piece.text[max(0, left.start - _AROUND) : right.end + _AROUND]
    return bool(found) and not found.isdisjoint(_INDEXED.findall(around))


def denied(piece: Piece, start: int, end: int) -> bool:
    """Whether the clause before a statement, or the words behind it, say that it does not hold."""
    before = _CLAUSE.split(piece.text[max(0, start - _AROUND) : start])[-1]
    return _DENIAL.search(before) is not None or _REFUSAL.match(piece.text, end) is not None


def _in_a_name(piece: Piece, left: Side) -> bool:
    """Whether the number before the sign is in a name or a remark: '60 mm pipe', '2.2 area', '(3 swaps)'."""
    node = left.node
    assert node is not None
    if node.operation == "group" and is_lone(node) and _WORD.search(piece.text[node.start : node.end]):
        return True
    if not is_lone(node) or not _WORD.search(piece.text[node.end : left.end]):
        return False
    before = piece.text[max(0, left.start - _AROUND) : left.start]
    numbered = node.number is not None and "." in node.number.text and _STEP.search(before) is not None
    return numbered or _PREPOSITION.search(before) is not None


def _converted(piece: Piece, left: Side, right: Side, judged: Judged) -> bool:
    """Whether the sides have different units of measure, and differ by a factor that may be between these."""
    first, second = (_measures(piece.text[side.start : side.end + 12]) for side in (left, right))
    if (
        not first
        or not second
        or not (first ^ second) - UNITS.keys()
        or left.node is None
        or right.node is None
    ):
        return False
    for reading in (judged.reading, replace(judged.reading, unit=-1)):
        try:
            one, other = (abs(compute(side, reading).nominal) for side in (left.node, right.node))
        except (UndefinedError, KeyError):
            continue
        if one and other:
            ratio = max(one, other) / min(one, other)
            if any(abs(ratio / factor - 1) <= _NEAR for factor in _FACTORS):
                return True
    return False


def _decimals_of_another_country(left: Side, right: Side, judged: Judged) -> bool:
    """Whether 29,295 holds as 29.295: a sheet may write its decimals in two ways."""
    assert left.node is not None and right.node is not None
    for stated, computed in ((right.node, left.node), (left.node, right.node)):
        number = stated.number
        if number is None or not _THREE_DIGITS.fullmatch(number.text):
            continue
        try:
            value = compute(computed, judged.reading).nominal
        except (UndefinedError, KeyError):
            continue
        if abs(value - number.value / 1000) <= Fraction(1, 2000):
            return True
    return False


def _letters_meant(piece: Piece, left: Side, right: Side, judged: Judged) -> bool:
    """Whether letters read as e, π or a scale may mean something else: 'e · e = 0', '12M = 12 · 4 W'."""
    assert left.node is not None and right.node is not None
    nodes = [*left.node.walk(), *right.node.walk()]
    number = left.node.number
    if number is not None and number.text[-1:].isalpha() and _UNIT_LETTER.match(piece.text, right.end):
        return True
    spelled = [node for node in nodes if node.operation == "name" and node.text in ("e", "pi")]
    spelled = [node for node in spelled if node.text not in judged.reading.names]
    if not any(piece.text[node.start : node.end] in ("e", "pi", "PI") for node in spelled):
        return False
    try:
        one, other = (float(compute(side, judged.reading).nominal) for side in (left.node, right.node))
    except (UndefinedError, OverflowError, KeyError):
        return True
    if one * other <= 0:
        return True
    bases = [node.arguments[0] for node in nodes if node.operation == "power"]  # e^2: the constant
    other_uses = any(all(node is not base for base in bases) for node in spelled)
    return other_uses and not 1 / _SIMILAR < one / other < _SIMILAR


def _measures(text: str) -> set[str]:
    found = set()
    for word in _WORD.findall(text):
        if word in UNITS:
            found.add(word)
        for form in (word.lower(), word.lower().removesuffix("s"), word.lower().removesuffix("es")):
            if form in _MEASURES:
                found.add(form)
                break
    return found


def _in_other_notation(left: Side, right: Side) -> str:
    """Return in which other notation a statement on whole numbers holds; nothing if in none."""
    assert left.node is not None and right.node is not None
    for name, note in (
        ("binary", "It holds for binary numbers."),
        ("xor", "It holds if ^ is the exclusive or, as in many languages."),
        ("or", "It holds for truth values."),
        ("parity", "It holds modulo 2."),
    ):
        values = {_in_notation(side.node, name) for side in (left, right) if side.node is not None}
        if len(values) == 1 and None not in values:
            return note
    return ""


def _in_notation(node: Node, name: str) -> int | None:
    """Return the value of a tree of whole numbers in another notation; None where it has none."""
    if node.operation == "number" and node.number is not None:
        text = node.number.text
        if not text.isdigit() or not text.isascii() or len(text) > 40:
            return None
        if name == "xor":
            return int(text)
        if set(text) - {"0", "1"} or (name != "binary" and len(text) > 1):
            return None
        return int(text, 2)
    if node.operation == "group":
        return _in_notation(node.arguments[0], name)
    if len(node.arguments) != 2 or node.operation not in ("add", "subtract", "multiply", "power"):
        return None
    one, other = (_in_notation(part, name) for part in node.arguments)
    if one is None or other is None:
        return None
    if node.operation == "power":
        return one ^ other if name == "xor" else None
    if name == "or":
        return {"add": one | other, "multiply": one & other}.get(node.operation)
    if name == "parity":
        return (one * other if node.operation == "multiply" else one + other) % 2
    return {"add": one + other, "subtract": one - other, "multiply": one * other}[node.operation]
