"""Words that mean something in a worked solution: operators, relations, scales, units, functions."""

from __future__ import annotations

from fractions import Fraction

__all__ = [
    "ABOUT",
    "ARTICLES",
    "FUNCTIONS",
    "GREEK_FUNCTIONS",
    "NO_NOUNS",
    "OPERATORS",
    "RELATIONS",
    "SCALES",
    "UNITS",
    "WEAK",
]

OPERATORS: dict[tuple[str, ...], str] = {
    ("times",): "*",
    ("multiplied", "by"): "*",
    ("by",): "*",
    ("plus",): "+",
    ("minus",): "-",
    ("less",): "-",
    ("divided", "by"): "/",
    ("over",): "/",
    ("div",): "//",
    ("of",): "of",
    ("de",): "of",
    ("von",): "of",
    ("squared",): "^2",
    ("cubed",): "^3",
    ("mal",): "*",
    ("fois",): "*",
    ("por",): "*",
    ("veces",): "*",
    ("vezes",): "*",
    ("volte",): "*",
    ("keer",): "*",
    ("maal",): "*",
    ("más",): "+",
    ("mais",): "+",
    ("più",): "+",
    ("moins",): "-",
    ("menos",): "-",
    ("meno",): "-",
    ("geteilt", "durch"): "/",
    ("divisé", "par"): "/",
    ("dividido", "por"): "/",
    ("diviso", "per"): "/",
    ("gedeeld", "door"): "/",
    ("plus", "the"): "+",
    ("times", "the"): "*",
}
"""Words between two numbers, and the sign that they stand for. 'of' follows a share only."""

RELATIONS: dict[tuple[str, ...], str] = {
    ("equals",): "=",
    ("equal",): "=",
    ("is", "equal", "to"): "=",
    ("are", "equal", "to"): "=",
    ("equal", "to"): "=",
    ("is", "exactly"): "=",
    ("which", "equals"): "=",
    ("ist", "gleich"): "=",
    ("gleich",): "=",
    ("est", "égal", "à"): "=",
    ("égale",): "=",
    ("égal", "à"): "=",
    ("vaut",): "=",
    ("es", "igual", "a"): "=",
    ("igual", "a"): "=",
    ("é", "igual", "a"): "=",
    ("è", "uguale", "a"): "=",
    ("uguale", "a"): "=",
    ("pari", "a"): "=",
    ("is", "gelijk", "aan"): "=",
    ("is", "about"): "≈",
    ("is", "approximately"): "≈",
    ("is", "roughly"): "≈",
    ("approximately",): "≈",
    ("is", "less", "than"): "<",
    ("is", "greater", "than"): ">",
}
"""Words between two sides, and the relation that they state."""

WEAK: frozenset[tuple[str, ...]] = frozenset(
    tuple(words.split())
    for words in (
        "gives",
        "give",
        "giving",
        "makes",
        "make",
        "yields",
        "yielding",
        "is",
        "are",
        "which is",
        "which gives",
        "which makes",
        "that is",
        "that makes",
        "this gives",
        "so",
        "so that",
        "hence",
        "thus",
        "therefore",
        "i.e.",
        "d.h.",
        "in total",
        "in all",
        "altogether",
        "making",
        "totalling",
        "totaling",
        "results in",
        "resulting in",
        "or",
        "namely",
        "for a total of",
        "we get",
        "we obtain",
        "so we get",
        "comes to",
        "amounts to",
        "adds up to",
        "add up to",
        "sums to",
        "sum to",
        "leads to",
        "ergibt",
        "ergeben",
        "macht",
        "sind",
        "ist",
        "also",
        "insgesamt",
        "donne",
        "donnent",
        "soit",
        "font",
        "fait",
        "ce qui fait",
        "ce qui donne",
        "donc",
        "c'est-à-dire",
        "au total",
        "da",
        "dan",
        "son",
        "es decir",
        "o sea",
        "por lo tanto",
        "dà",
        "danno",
        "sono",
        "cioè",
        "ossia",
        "quindi",
        "dá",
        "dão",
        "são",
        "ou seja",
        "portanto",
        "dus",
        "dat is",
        "geeft",
    )
)
"""Words behind an expression that often, and not always, announce its value."""

SCALES: dict[str, Fraction] = {
    "hundred": Fraction(100),
    "thousand": Fraction(10**3),
    "million": Fraction(10**6),
    "millions": Fraction(10**6),
    "billion": Fraction(10**9),
    "billions": Fraction(10**9),
    "trillion": Fraction(10**12),
    "k": Fraction(10**3),
    "K": Fraction(10**3),
    "M": Fraction(10**6),
    "G": Fraction(10**9),
    "B": Fraction(10**9),
    "T": Fraction(10**12),
    "Mio": Fraction(10**6),
    "万": Fraction(10**4),
    "萬": Fraction(10**4),
    "亿": Fraction(10**8),
    "億": Fraction(10**8),
    "Mrd": Fraction(10**9),
    "Million": Fraction(10**6),
    "Millionen": Fraction(10**6),
    "Milliarde": Fraction(10**9),
    "Milliarden": Fraction(10**9),
    "Tausend": Fraction(10**3),
    "tausend": Fraction(10**3),
    "mille": Fraction(10**3),
    "milliers": Fraction(10**3),
    "milliard": Fraction(10**9),
    "milliards": Fraction(10**9),
    "mil": Fraction(10**3),
    "millón": Fraction(10**6),
    "millones": Fraction(10**6),
    "mila": Fraction(10**3),
    "milione": Fraction(10**6),
    "milioni": Fraction(10**6),
    "miliardo": Fraction(10**9),
    "miliardi": Fraction(10**9),
    "milhão": Fraction(10**6),
    "milhões": Fraction(10**6),
    "duizend": Fraction(10**3),
    "miljoen": Fraction(10**6),
    "miljard": Fraction(10**9),
}
"""What a word or a letter behind a number multiplies it by. The letters stand close to the number."""

_BINARY = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_DECIMAL = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15}
_PREFIXES = {
    "": Fraction(1), "h": Fraction(100), "k": Fraction(10**3), "M": Fraction(10**6), "G": Fraction(10**9),
    "m": Fraction(1, 10**3), "µ": Fraction(1, 10**6), "μ": Fraction(1, 10**6), "n": Fraction(1, 10**9),
}  # fmt: skip
_MEASURED = {  # units of physics, each with the prefixes that make a word of several letters
    "Pa": "/h/k/M/G", "Hz": "/k/M/G", "mol": "/k/m/µ/μ", "eV": "/m/k/M/G", "Wh": "/k/M/G", "J": "k/M/m",
    "N": "k/M/m", "W": "k/M/G/m", "V": "k/m/µ/μ", "A": "m/µ/μ/n", "Ω": "k/M/m", "m": "n/µ/μ",
}  # fmt: skip


def _units() -> dict[str, tuple[Fraction, ...]]:
    units: dict[str, tuple[Fraction, ...]] = {}
    for prefix, size in _DECIMAL.items():
        binary = Fraction(_BINARY.get(prefix.upper(), size))
        if prefix:
            units[f"{prefix}B"] = (Fraction(size), binary)
            units[f"{prefix}iB"] = (binary,)
        for name in ("FLOP", "FLOPs", "FLOPS", "MAC", "MACs", "OPs", "bit", "bits"):
            units[prefix + name] = (Fraction(size),)
    for name in ("byte", "bytes", "Byte", "Bytes", "octet", "octets"):
        units[name] = (Fraction(1),)
        for prefix, word in (("K", "kilo"), ("M", "mega"), ("M", "méga"), ("G", "giga")):
            both = (Fraction(_DECIMAL[prefix]), Fraction(_BINARY[prefix]))
            units[word + name] = units[word.capitalize() + name] = both
    for prefix in ("k", "K", "M", "G"):  # octets: not To, which is a word
        units[f"{prefix}o"] = units[f"{prefix}Byte"] = units[f"{prefix}B"]
    for name, seconds in (
        ("ns", Fraction(1, 10**9)),
        ("µs", Fraction(1, 10**6)),
        ("ms", Fraction(1, 10**3)),
        ("sec", Fraction(1)),
        ("seconds", Fraction(1)),
        ("min", Fraction(60)),
        ("minutes", Fraction(60)),
        ("hours", Fraction(3600)),
        ("days", Fraction(86400)),
        ("mm", Fraction(1, 1000)),
        ("cm", Fraction(1, 100)),
        ("km", Fraction(1000)),
        ("kg", Fraction(1)),
    ):
        units[name] = (seconds,)
    for name, prefixes in _MEASURED.items():
        for prefix in prefixes.split("/"):
            units[prefix + name] = (_PREFIXES[prefix],)
    units |= {"bar": (Fraction(10**5),), "mbar": (Fraction(100),), "atm": (Fraction(101325),)}
    return units


UNITS = _units()
"""Units with a size: what they may multiply a number by. KB and the like have two sizes in use.

Those of one letter are left out: m and s are names in most sheets.
"""

FUNCTIONS = frozenset(
    (
        "exp",
        "ln",
        "log",
        "sqrt",
        "root",
        "sin",
        "cos",
        "tan",
        "sinh",
        "cosh",
        "tanh",
        "arctan",
        "sigmoid",
        "relu",
        "softplus",
        "max",
        "min",
        "abs",
        "floor",
        "ceil",
        "round",
        "int",
        "sum",
        "binom",
        "logistic",
    )
)
"""Functions of numbers, as they are called in small letters."""

GREEK_FUNCTIONS = {"σ": "sigmoid", "√": "sqrt"}

ABOUT = frozenset(
    (
        "about",
        "around",
        "roughly",
        "approximately",
        "approx",
        "approx.",
        "ca.",
        "circa",
        "ca",
        "almost",
        "nearly",
        "some",
    )
)
"""Words before a number that is rounded."""

ARTICLES = frozenset(
    (
        "the", "a", "an", "number", "no", "of", "total", "amount", "our", "its", "this", "that", "then",
        "and", "so", "we", "get", "have", "has", "there", "are", "is", "with", "where", "hence", "thus",
        "let", "if", "for", "since", "also", "all", "each", "per", "in", "to", "therefore", "now", "here",
    )
)  # fmt: skip
"""Words that are no part of a name: 'the number of weights' is called 'weights'."""

NO_NOUNS = frozenset(
    (
        "vs", "vs.", "versus", "than", "or", "with", "without", "from", "not", "but", "instead", "if", "when",
        "as", "until", "unless", "because", "whose", "which", "that", "where",
        "at", "for", "using", "into", "under",
    )
)  # fmt: skip
"""Words that no list of counted things has: what is behind them is about something else."""
