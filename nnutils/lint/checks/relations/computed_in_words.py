"""Computations told in words only: half of a number, so many for each of some, bytes, a share 'of all'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from nnutils.lint.checks.relations.explaining import explained
from nnutils.lint.checks.relations.judging import compared
from nnutils.lint.checks.relations.plausible import plausible
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node, Token
from nnutils.lint.language.cursor import whole_number
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber, at_precision, match

__all__ = ["check_words"]


def _any(words: str) -> str:
    """Return a pattern for any of these words; _ is a blank in a word."""
    return "(?:" + "|".join(words.split()).replace("_", " ") + ")"


_PARTS: tuple[tuple[str, str, int], ...] = (
    ("half half_of one_half_of halved_of (?:Hälfte|moitié|mitad|metà)_(?:of|von|der|de|di)", "/", 2),
    ("a_third_of one_third_of ein_Drittel_von un_tiers_de un_tercio_de un_terzo_di", "/", 3),
    ("(?:a|one)_(?:quarter|fourth)_of ein_Viertel_von un_quart_de un_cuarto_de un_quarto_di", "/", 4),
    ("twice two_times double das_Doppelte_von le_double_de el_doble_de il_doppio_di", "*", 2),
    ("three_times das_Dreifache_von le_triple_de el_triple_de il_triplo_di", "*", 3),
)
_NOUNS = rf"(?:[ ]+(?!{_any('of and or per is are than plus minus times')}\b)[^\W\d_][\w'’-]*){{0,3}}"
_BEING = _any(
    "is are would_be will_be makes? gives? i\\.e\\. that_is that's which_is so also ist sind wären wäre macht"
    " ergibt soit est sont fait font es son serían sería è sono sarebbero"
)
_IS = rf"[ ]*(?:=|:|,?[ ]+{_BEING})[ ]+(?:{_any('about exactly just genau')}[ ]+)?"
_WHOLE = r"[ ]+(?:(?:the|these|den|les)[ ]+)?$"
_TAKEN = [
    (re.compile(rf"(?<![\w-]){_any(words)}{_WHOLE}", re.IGNORECASE), sign, n) for words, sign, n in _PARTS
]
_PART_IS = re.compile(rf"{_NOUNS}{_IS}$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[.;:!?(]|\b(?:and|so|then|but|und|et|y|e)\b)[\s\"'“*_]*$", re.IGNORECASE)
_ENDS = re.compile(r"(?:[ ]+[^\W\d_]+)?\s*(?:[.;!?)]|$)")
"""What stands around a sentence that says nothing else: 'Half of 12 points would be 6.'"""
_COMPARED = _any("more less fewer other rather")
_NEARLY = _any(
    "about nearly almost over under another every each mehr_als weniger_als fast plus_de moins_de más_de"
)
_INEXACT = re.compile(rf"\b(?:{_COMPARED}[ ]+than|{_NEARLY})\s+(?:the[ ]+)?$", re.IGNORECASE)
_EACH = _any("each each_one every every_one every_single_one jede[rs]? chacun\\w* cada_un[oa]")
_OF, _THE = _any("of von des der de di dei"), _any("the these those all den los las les")
_EACH_OF = re.compile(rf"(?<![\w-]){_EACH}[ ]+{_OF}?[ ]*{_THE}?[ ]*$", re.IGNORECASE)
_VERBS = _any(
    "reads? sees? has have needs? uses? looks?_at takes? gets? receives? holds?"
    " (?:is|are)_connected_(?:to|with) connects?_(?:to|with) hat haben liest sieht braucht"
    " lit voit a tiene lee ve ha legge vede"
)
_READING = re.compile(
    rf"(?:[ ]+[^\W\d_][\w'’-]*){{1,4}}?[ ]+{_VERBS}[ ]+(?:{_any('exactly all')}[ ]+)?$", re.IGNORECASE
)
_SO = _any(
    "so hence thus therefore then and that which altogether in total all also insgesamt donc así quindi"
    " (?:this|it|das|cela)_(?:makes|gives|leads_to|macht|ergibt|fait|donne)"
)
_THERE_ARE = _any(
    "there we it that this you es il sie are is have get gives? makes? sind gibt y a hay son sono"
)
_SO_MANY = re.compile(
    rf"(?:[ ]+[^\W\d_][\w'’-]*){{0,4}}[ ]*[,;:.–—]?[ ]+(?:{_SO}[ ,]+){{1,4}}(?:{_THERE_ARE}[ ]+){{0,3}}$",
    re.IGNORECASE,
)
_APIECE = _any(
    "each apiece per_\\w+ a_value a_number a_weight a_parameter for_each je_\\w+ pro_\\w+ par_\\w+ chacun"
)
_HENCE = _any("so hence thus therefore then that this which it we they all also das donc soit")
_NEED = _any("is are makes? gives? needs? takes? occupy get macht ist sind fait font")
_BYTES_EACH = re.compile(
    rf"[ ]+{_any('bytes? octets?')}[ ]+{_APIECE}\)?[ ]*[,;:.–—]?[ ]+(?:{_HENCE}['’]?s?[ ,]+){{0,3}}"
    rf"(?:{_NEED}[ ]+)?$",
    re.IGNORECASE,
)
_BYTES = re.compile(r"[ ]+(?:bytes?|octets?)\b", re.IGNORECASE)
_THINGS = _any(
    "weights? parameters? params values? numbers? entries activations gewichte parameter werte poids valeurs"
)
_COUNTED = re.compile(rf"[ ]+(?:\w+[ ])?{_THINGS}\b", re.IGNORECASE)
_ALL = _any("all them it these those the_(?:total|whole|network|model|parameters|weights)")
_OF_ALL = re.compile(rf"[ ]*(?:%|percent|per cent)[ ]+of[ ]+{_ALL}\b(?![ ]+\d)", re.IGNORECASE)
_SHARE_IS = re.compile(rf"{_NOUNS}(?:{_IS}|[ ]*\()$", re.IGNORECASE)
_WEIGHTS = re.compile(
    r"[ ]+(?:\w+[ ])?(?:weights?|Gewichte|poids)[ ]*(?:,|and|und|et|plus|\+|&|;)[ ]*(?:plus[ ]+|and[ ]+)?$"
)
_BIASES = re.compile(
    r"[ ]+(?:\w+[ ])?(?:bias(?:es)?(?:[ ]terms)?|biais)[ ]*(?:[,:;=→(]|->|=>)?[ ]*(?:=[ ]*)?"
    r"(?:(?:so|in all|in total|total|that is|makes?"
    r"|together|altogether|and|which makes|i\.e\.)[ ,:=]*){0,3}$",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"[ ]+(?:parameters[ ]+|params[ ]+)?"
    r"(?:in all|in total|altogether|all together|together|total|overall|parameters)\b",
    re.IGNORECASE,
)
_FLOATS = re.compile(
    r"(?:\b(?:float|fp|f)[ ]?(?P<bits>16|32|64)|\b(?P<word>half|single|double)[ -]precision)"
    r"[)\]]?[ ]*(?:[:=,]|→|is|are|takes?|needs?)?"
    r"[ ]*(?:weights?[ ]*[:=]?[ ]*)?$",
    re.IGNORECASE,
)
_PRECISIONS = {"half": 16, "single": 32, "double": 64}
_PARAMETERS_BEFORE = re.compile(
    r"(?:\b(?:parameters|params)(?:[ ]+(?:in total|in all|total))?|^[ ]*total)[ ]*(?:[:=]|->|→|is|are)[ ]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PARAMETERS_BEHIND = re.compile(r"[ ]+(?:\w+[ ])?(?:parameters|params)\b", re.IGNORECASE)
_LARGE = 1000
_MOST_OFF = 2
_FARTHEST = Fraction(3, 2)


_WORDS: dict[str, tuple[str, ...]] = {
    "part": tuple(
        "half halve hälfte moiti mitad metà third drittel tiers tercio terzo quarter fourth viertel quart"
        " cuarto quarto twice times double doppel doble doppio dreifach triple triplo".split()
    ),
    "each": ("each", "every", "jede", "chacun", "cada"),
    "weights": ("weight", "gewicht", "poids"),
    "bytes": ("byte", "octet"),
    "share": ("%", "percent", "per cent"),
    "count": ("param", "total"),
}
"""What a text must have for a computation of a sort: to look for it is faster than to try the patterns."""


def check_words(context: Context) -> Iterator[Finding]:
    """Judge computations of which a sentence tells the operation in words.

    >>> from nnutils.lint import lint
    >>> report = lint("Half of 13 points is 7.5. Each of the 50 units reads 9 values, so there are 540.")
    >>> [(one.stated, one.computed) for one in report.wrong]
    [('7.5', '6.5'), ('540', '450')]
    """
    totals: list[Token] = []
    for piece in context.sheet.pieces():
        if piece.kind == "code" or not any(sign.isdigit() for sign in piece.text):
            continue
        tokens = context.tokens(piece)
        plain = piece.text.replace("\n", " ").casefold()
        sorts = {sort for sort, words in _WORDS.items() if any(word in plain for word in words)}
        if not sorts:
            continue
        numbers = [
            at for at, token in enumerate(tokens) if token.kind == "number" and token.number is not None
        ]
        text = piece.text.replace("\n", " ")
        for place, at in enumerate(numbers):
            around = [tokens[one] for one in numbers[max(0, place - 12) : place + 3]]
            yield from _about(
                context, piece, text, around, min(place, 12), sorts, alone=_stands_alone(tokens, at)
            )
            if "bytes" in sorts:
                yield from _as_floats(context, piece, text, tokens[at], totals)
            if "count" not in sorts:
                continue
            ahead = piece.text[max(0, tokens[at].start - 40) : tokens[at].start]
            if _PARAMETERS_BEFORE.search(ahead) or _PARAMETERS_BEHIND.match(text, tokens[at].end):
                totals.append(tokens[at])


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1].kind if at else "end"
    return before not in ("sign", "relation", "number")


def _about(
    context: Context,
    piece: Piece,
    text: str,
    numbers: Sequence[Token],
    at: int,
    sorts: set[str],
    *,
    alone: bool,
) -> Iterator[Finding]:
    """Judge what is computed from a number, which is one of a few that follow each other."""
    first = numbers[at]
    behind = [text[one.end : two.start] for one, two in zip(numbers[at:], numbers[at + 1 :], strict=False)]
    ahead = text[max(0, first.start - 60) : first.start]
    if "part" in sorts and behind and alone and _PART_IS.fullmatch(behind[0]):
        for pattern, sign, part in _TAKEN:
            found = pattern.search(ahead)
            if found and not _INEXACT.search(ahead[: found.start()]):
                outright = _BEGINS.search(ahead[: found.start()]) and _ENDS.match(text, numbers[at + 1].end)
                yield from _judged(
                    context, piece, first, sign, whole_number(str(part), first), numbers[at + 1],
                    outright=bool(outright),
                )  # fmt: skip
                return
    if "each" in sorts and len(behind) == 2 and alone and _EACH_OF.search(ahead):
        if _READING.fullmatch(behind[0]) and _SO_MANY.fullmatch(behind[1]):
            yield from _judged(context, piece, first, "*", _node(numbers[at + 1]), numbers[at + 2])
    if (
        "weights" in sorts
        and len(behind) == 2
        and _WEIGHTS.fullmatch(behind[0])
        and _BIASES.fullmatch(behind[1])
    ):
        if _IN_ALL.match(text, numbers[at + 2].end) or re.search(r"all|total|together", behind[1]):
            yield from _judged(context, piece, first, "+", _node(numbers[at + 1]), numbers[at + 2])
    if (
        "bytes" in sorts
        and behind
        and _BYTES_EACH.fullmatch(behind[0])
        and _BYTES.match(text, numbers[at + 1].end)
    ):
        yield from _in_bytes(context, piece, text, numbers[: at + 2])
    if (
        "share" in sorts
        and behind
        and _SHARE_IS.fullmatch(behind[0])
        and _OF_ALL.match(text, numbers[at + 1].end)
    ):
        yield from _of_all(context, piece, numbers[: at + 2])


def _judged(
    context: Context,
    piece: Piece,
    first: Token,
    sign: str,
    other: Node,
    stated: Token,
    *,
    outright: bool = False,
) -> Iterator[Finding]:
    """Judge a result; one far off counts only where it is said ``outright``: nothing else could be meant."""
    operation = {"/": "divide", "*": "multiply", "+": "add"}[sign]
    node = Node(operation, (_node(first), other), start=first.start, end=max(first.end, other.end))
    judged = compared(node, "=", _node(stated), {})
    if judged.verdict == "unchecked":
        return
    if judged.verdict == "wrong" and not outright and not plausible(judged, _node(stated), several=True):
        ratio = float(stated.number.value / judged.value.nominal) if stated.number and judged.value else 0.0
        if sign == "*" or not 1 / _MOST_OFF < ratio < _MOST_OFF:
            return  # it may be the number of something else
    factor = "2" if other.number is None else other.number.text
    why = f"{first.text} {sign.replace('*', '·')} {factor} = {judged.computed}."
    slips = tuple[str, ...]()
    if judged.verdict == "wrong":
        slips = explained(node, context.plain(stated.text), judged)
    yield context.finding(
        piece, first.start, stated.end, "arithmetic", judged.verdict, stated=stated.text,
        computed=judged.computed, why=why, slips=slips, cause=judged.cause, at=stated.start,
    )  # fmt: skip


def _as_floats(
    context: Context, piece: Piece, text: str, stated: Token, totals: Sequence[Token]
) -> Iterator[Finding]:
    """Judge 'float32: 178,144 bytes' behind 'parameters: 44,536': of the counts before it, or the last."""
    found = _FLOATS.search(text[max(0, stated.start - 40) : stated.start])
    if found is None or not totals or not _BYTES.match(text, stated.end) or stated.number is None:
        return
    size = (int(found["bits"]) if found["bits"] else _PRECISIONS[found["word"].lower()]) // 8
    value = stated.number.value
    right = [one for one in totals if one.number is not None and one.number.value * size == value]
    count = right[-1] if right else totals[-1]
    assert count.number is not None
    node = Node("multiply", (_node(count), whole_number(str(size), count)))
    judged = compared(node, "=", _node(stated), {})
    same = judged.verdict in ("right", "rounded") or plausible(judged, _node(stated), several=True)
    # A number far off may be the memory of something else.
    verdict = (
        "suspicious"
        if judged.verdict == "wrong" and not same and value != count.number.value
        else judged.verdict
    )
    yield context.finding(
        piece, stated.start, stated.end, "memory", verdict, stated=stated.text, computed=judged.computed,
        why=f"{count.text} parameters · {size} bytes = {judged.computed} bytes.", cause=judged.cause,
    )  # fmt: skip


def _in_bytes(context: Context, piece: Piece, text: str, numbers: Sequence[Token]) -> Iterator[Finding]:
    """Judge '144,000 weights; with 4 bytes each, that is 576,000 bytes': of a count before it."""
    size, stated = numbers[-2], numbers[-1]
    counts = [one for one in numbers[:-2] if _COUNTED.match(text, one.end)]
    for count in reversed(counts):
        node = Node("multiply", (_node(count), _node(size)), start=count.start, end=size.end)
        if compared(node, "=", _node(stated), {}).verdict == "right" or count is counts[0]:
            last = count if compared(node, "=", _node(stated), {}).verdict == "right" else counts[-1]
            only = len({one.text for one in counts}) == 1 and counts[-1] is numbers[-3]
            yield from _judged(context, piece, last, "*", _node(size), stated, outright=only)
            return


def _of_all(context: Context, piece: Piece, numbers: Sequence[Token]) -> Iterator[Finding]:
    """Judge 'the 44,536 parameters … its 41,000 are 92.1 % of all': the whole is a number before it."""
    part, share = numbers[-2], numbers[-1]
    assert part.number is not None and share.number is not None
    wholes = [
        one for one in numbers[:-2]
        if one.number is not None and one.number.value > part.number.value and one.number.value >= _LARGE
    ]  # fmt: skip
    judged = [
        (_share(part.number, one.number, share.number), one.number) for one in reversed(wholes) if one.number
    ]
    if not judged:
        return
    order = ("right", "rounded", "wrong")
    (verdict, value), whole = min(judged, key=lambda one: order.index(one[0][0]))
    near = 1 / _FARTHEST < share.number.value / value < _FARTHEST
    if verdict != "right" and (len({one.value for _, one in judged}) > 1 or not near):
        return
    right = f"{at_precision(_with_unit(share.number), value)} %"
    yield context.finding(
        piece, part.start, share.end, "share", verdict, stated=f"{share.text} %", computed=right,
        why=f"{part.text} / {whole.text} = {right}.", at=share.start,
    )  # fmt: skip


def _share(part: WrittenNumber, whole: WrittenNumber, share: WrittenNumber) -> tuple[Verdict, Fraction]:
    value = part.value / whole.value * 100
    found = match(_with_unit(share), value)
    return ("right" if found == "equal" else "rounded" if found == "last digit" else "wrong"), value


def _with_unit(share: WrittenNumber) -> WrittenNumber:
    return replace(share, unit=share.unit or Fraction(1))


def _node(token: Token) -> Node:
    return Node("number", number=token.number, start=token.start, end=token.end)
