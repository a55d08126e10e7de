"""What sheet 002 states in its four trace tables, judged cell by cell.

Tables 1 and 2 are the assignment's own, for its worked example: what is right in them is given, and a
misprint is charged to the assignment. Tables 3 and 4 are the solver's.

Values and arithmetic are compared with the full-precision rows of our tables. Arithmetic with rounded numbers
may be off by one unit of the last digit for each of them; whether those digits are right is judged apart, as
the cell's operands. Arithmetic that the question wants evaluated (3 + 6, 1/9, -sin(3)) is judged as it
stands.

Formulas of values and tangents are evaluated at several points where both inputs move: while one stands
still, a wrong rule for it would not show. Formulas of adjoints contain the local derivative of row i by row j
as a symbol. Most of these are 1, and then a wrong index would not show. So random numbers are put in for
them, and the right adjoint comes from the sum over all paths: with the local derivatives in a matrix P, row
i, column j, it is in the last row of I + P + P^2 + ... = (I - P)^(-1). Before they judge, the path sums must
agree with the tape at the true local derivatives.

Our table has two rows for the square, one for each use, and the sheet has one for both: it is judged by the
adjoint after the second use.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import sympy

from nnutils import autodiff
from nnutils.audit import Audit, Claim, Reading, evaluate
from nnutils.autodiff.trace_tables import TraceTable
from nnutils.slips import rows_as_quantities

__all__ = ["audit"]

# Quantities by the names of the claims (vm1, dotv3, barv0-from-v2), slopes of row i by row j, options by cell
Quantities = dict[str, float]
Slopes = dict[tuple[int, int], float]
Options = dict[str, dict[str, Any]]

PREFIX = "002-q4-"
OTHER_POINTS = [((2.6, -1.3), 0.7, -1.1), ((1.7, 0.8), -0.4, 2.3), ((2.2, 3.1), 1.9, 0.6)]
"""More points, each with the tangents of x1 and x2 there."""
PARTIAL = re.compile(r"partial v_\{(-?\d+)\}\}\{\\partial v_\{(-?\d+)\}\}")
CELL = re.compile(r"(.+?)(?:-(value|numbers|sum|operand|factors)(?:-(\w+))?)?")
FACTORS = {"t1-dotv2": "dotvm1 v0, vm1 dotv0", "t1-dotv3": "v0 dotv0", "t3-dotv2": "dotv0 v0"}
"""What stands in products of which one factor is 0, so that the value does not show the other."""
RECIPROCAL = "1/v₂ = 1/36 is added to v₂, not 1/v₁ = 1/9"


def _example(x1: Any, x2: Any) -> Any:
    """The worked example, one operation per line, in the order of tables 1 and 2."""
    v1 = autodiff.ln(x1)
    v2 = x1 * x2
    v3 = autodiff.sin(x2)
    v4 = v1 + v2
    return v4 - v3


def _question(x1: Any, x2: Any) -> Any:
    """The question's function, in the order of tables 3 and 4."""
    v1 = x1 + x2
    v2 = x2 * x2
    v3 = 1 / v1
    v4 = autodiff.cos(x1)
    v5 = v3 + v2
    return v5 + v4


Function = Callable[[Any, Any], Any]
TRACED: dict[str, Function] = {"t1": _example, "t2": _example, "t3": _question, "t4": _question}
PRINTED = {"t1": (2, 5), "t2": (2, 5), "t3": (3, 6), "t4": (3, 6)}
REVERSE = ("t2", "t4")


# A slash on one line, from left to right as a calculator goes.
FUNCTIONS: dict[str, Any] = {"ln": math.log, "sin": math.sin, "cos": math.cos}
FUNCTIONS["slash"] = lambda a, b, c: a / b * c


@dataclass(frozen=True)
class _Grounds:
    """What the cells are judged by, for each table; ``special`` is for single cells."""

    exactly: dict[str, Quantities]
    samples: dict[str, list[Quantities]]
    paths: dict[str, list[Quantities]]
    special: Options
    evidence: dict[str, dict[str, str]]
    tables: dict[str, TraceTable]


def audit() -> Audit:
    """Return the judged audit: tables from the tape, adjoint formulas from sums over paths."""
    judged = Audit.of(__file__)
    exactly = {table: _quantities(TRACED[table], PRINTED[table]) for table in TRACED}
    samples = {t: [exactly[t], *(_quantities(f, *p) for p in OTHER_POINTS)] for t, f in TRACED.items()}
    evidence = {table: _our_formulas(TRACED[table], PRINTED[table]) for table in TRACED}
    random = np.random.default_rng(4)
    paths = {table: [_random_paths(table, random) for _ in range(5)] for table in REVERSE}
    for table in REVERSE:
        _confirm_path_sums(_path_sums(_true_slopes(table, exactly[table]), 1.0), exactly[table])
    special = _explanations(judged, exactly, samples)
    traced = {table: autodiff.trace(TRACED[table], *PRINTED[table]) for table in TRACED}
    tables = {name: one.reverse() if name in REVERSE else one.forward() for name, one in traced.items()}
    grounds = _Grounds(exactly, samples, paths, special, evidence, tables)
    for claim in (claim for claim in judged.claims if claim.id != f"{PREFIX}reference"):
        _judge(judged, claim, grounds)
    judged.check(f"{PREFIX}reference", [n for n, t in enumerate(TRACED, 1) if TRACED[t] is _example])
    _quote(judged, exactly)
    return judged


def _judge(judged: Audit, claim: Claim, grounds: _Grounds) -> None:
    """Judge one cell: a caption, a formula, or the value, arithmetic or operand beside it."""
    table, slug = claim.id.removeprefix(PREFIX).split("-", 1)
    q, options = grounds.exactly[table], dict(grounds.special.get(f"{table}-{slug}", {}))
    row, kind, name = CELL.fullmatch(slug).groups()  # type: ignore[union-attr]  # it fits every text
    computed: object
    if kind == "sum":
        computed = _value(claim.expression or "")
    elif kind == "operand":
        computed = _operand(q, row, name, claim.says)
    elif kind == "factors":
        computed = [[q[name] for name in product.split()] for product in FACTORS[f"{table}-{row}"].split(",")]
    elif kind is not None:
        computed = q[row]
        if kind == "numbers":
            rounded = re.findall(r"\.(\d{4,})", claim.expression or "")
            units = sum(10.0 ** -len(digits) for digits in rounded)  # of the last digit of each
            options |= {"given": FUNCTIONS, "atol": units}
    elif row == "caption":
        computed, options = _caption(table, q), {"evidence": "as SymPy says"}
    elif row == "evaluated":
        computed = _rows(table, grounds.evidence[table])
    else:
        places = (grounds.paths if row.startswith("bar") else grounds.samples)[table]
        computed = [place[row] for place in places]
        options |= {"given": FUNCTIONS, "samples": [_given_in(place, row) for place in places]}
        options["evidence"] = grounds.evidence[table][row]
    if claim.judged_as == "number":
        options |= _derivation(grounds.tables[table], name if kind == "operand" else row, computed)
    judged.check(claim.id, computed, **options)


def _derivation(table: TraceTable, name: str, computed: object) -> dict[str, Any]:
    """Return the row of our own table that a cell should have, for the search for slips."""
    rows = [row for part in (table.primal, table.derivative) for row in part.rows if row.value == computed]
    own = [row for row in rows if name in (kind + _spelled(row.name) for kind in ("", "dot", "bar"))]
    return {"derivation": own[-1], "among": rows_as_quantities(table)} if own else {}


def _quote(judged: Audit, exactly: Mapping[str, Quantities]) -> None:
    """Keep the figures that the page tells."""
    q, counts = exactly["t3"], judged.counts()
    for name in ("t3-v5-sum", "t3-y-value", "t3-doty-value", "t3-v6-operand-v4", "t1-y-value"):
        judged.figures[name] = _stated(judged, name)
    judged.figures.update(
        **{verdict: counts[verdict] for verdict in ("wrong", "rounded", "convention")},
        **{name: q[name] for name in ("v4", "v5", "y")},
        example_y=exactly["t1"]["y"],
        own_y=round(q["v5"], 4) + _stated(judged, "t3-v6-operand-v4"),
        printed_sum=_value(_expression(judged, "t1-v5-sum")),
        slash=FUNCTIONS["slash"](-q["dotv1"], q["v1"], q["v1"]),
        fallen=sum(v.verdict == "wrong" for v in judged.verdicts if v.id.startswith(f"{PREFIX}t3-")),
    )


def _stated(judged: Audit, cell: str) -> float:
    return float(str(judged.claim(PREFIX + cell).stated))


def _expression(judged: Audit, cell: str) -> str:
    return judged.claim(PREFIX + cell).expression or ""


def _value(expression: str, given: Mapping[str, Any] | None = None) -> float:
    return float(evaluate(expression, given or {}))  # type: ignore[arg-type]  # the claims' cells are numbers


def _spelled(name: str) -> str:
    """Write a variable as the claims do: 'v-1' becomes 'vm1'."""
    return name.replace("-", "m")


def _contributions(table: Any) -> Iterator[tuple[Any, float]]:
    """Yield each adjoint row with what it adds (its value less the value so far), in order of the sweep."""
    so_far: dict[str, float] = {}
    for row in table.derivative.rows:
        if row.chain is not None:
            yield row, row.value - so_far.get(row.name, 0.0)
            so_far[row.name] = row.value


def _quantities(function: Function, point: tuple[float, float], a: float = 1.0, b: float = 0.0) -> Quantities:
    """Read all values off our tables; a and b are the tangents of x1, x2."""
    t = autodiff.trace(function, *point)
    q: Quantities = {"x1": t["x1"], "x2": t["x2"], "dotx1": a, "dotx2": b, "bary": 1.0}
    backward = t.reverse()
    for row in backward.primal.rows:
        q[_spelled(row.name)] = row.value
    by_x1, by_x2 = (t.forward(wrt=k).derivative.rows for k in (0, 1))
    for one, two in zip(by_x1, by_x2, strict=True):
        q[f"dot{_spelled(one.name)}"] = a * one.value + b * two.value
    for row in backward.derivative.rows:
        q[f"bar{_spelled(row.name)}"] = row.value
    for row, added in _contributions(backward):
        i, j = PARTIAL.search(row.chain.latex).groups()  # type: ignore[union-attr]  # a chain has a partial
        place = f"barv{_spelled(j)}-from-v{i}"
        q[place] = row.value
        q[f"{place}-added"] = q.get(f"{place}-added", 0.0) + added
    return q


def _edges(function: Function) -> list[tuple[int, int]]:
    """Return the pairs (i, j) where row i uses row j, numbered as in the tables."""
    recorded = autodiff.trace(function, 2, 3).graph()
    rows = [node.id for node in recorded.nodes if node.kind != "constant"]
    numbers = {node: k - 1 for k, node in enumerate(rows)}
    return sorted({(numbers[e.target], numbers[e.source]) for e in recorded.edges if e.source in numbers})


def _random_paths(table: str, random: np.random.Generator) -> Quantities:
    """Return the path sums for random local derivatives, between 0.5 and 2 with either sign."""
    edges = _edges(TRACED[table])
    slopes = random.uniform(0.5, 2, len(edges)) * random.choice((-1, 1), len(edges))
    return _path_sums(dict(zip(edges, slopes.tolist(), strict=True)), 0.7)


def _true_slopes(table: str, q: Quantities) -> Slopes:
    """Return the local derivatives at the printed point: what an edge adds, by the adjoint above it."""
    edges = _edges(TRACED[table])
    return {(i, j): q[f"bar{_spelled(f'v{j}')}-from-v{i}-added"] / q[f"barv{i}"] for i, j in edges}


def _path_sums(partial: Slopes, ybar: float) -> Quantities:
    """Return all adjoints, and those in mid-sweep, as sums over paths."""
    last = max(i for i, _ in partial)
    slopes = np.zeros((last + 2, last + 2))  # the index -1 stands first
    for (i, j), slope in partial.items():
        slopes[i + 1, j + 1] = slope
    bar = ybar * np.linalg.inv(np.eye(last + 2) - slopes)[-1]
    q: Quantities = {"bary": ybar, "barx1": float(bar[0]), "barx2": float(bar[1])}
    for (i, j), slope in partial.items():
        q[f"d{_spelled(f'v{i}')}_d{_spelled(f'v{j}')}"] = slope
        later = slice(i + 2, None)  # the rows that the sweep visits before i
        before = float(bar[later] @ slopes[later, j + 1])
        place = f"bar{_spelled(f'v{j}')}-from-v{i}"
        q[f"{place}-before"] = before
        q[place] = before + float(bar[i + 1]) * slope
    return q | {f"bar{_spelled(f'v{j - 1}')}": float(x) for j, x in enumerate(bar)}


def _confirm_path_sums(sums: Quantities, q: Quantities) -> None:
    """Check that the sums over paths give the adjoints of our tables, also those in mid-sweep."""
    shared = [key for key in sums if key in q]
    assert {k for k in q if k.startswith("bar") and "-added" not in k} == set(shared)
    assert all(math.isclose(sums[k], q[k], rel_tol=1e-12) for k in shared)


def _given_in(q: Quantities, row: str) -> Quantities:
    """Return what a row may use: of its own adjoint the value so far."""
    if "-from-" in row:
        q = q | {row.partition("-from-")[0]: q[f"{row}-before"]}
    return {name: value for name, value in q.items() if "-" not in name}


def _our_formulas(function: Function, point: tuple[float, float]) -> dict[str, str]:
    """Return the formula of each row of our own tables, as evidence."""
    t = autodiff.trace(function, *point)
    values, tangents = t.reverse().primal.rows, t.forward().derivative.rows
    texts = {_spelled(row.name): row.formula.text for row in values if row.formula}
    texts |= {f"dot{_spelled(row.name)}": row.formula.text for row in tangents if row.formula}
    for row in t.reverse().derivative.rows:
        name = f"bar{_spelled(row.name)}"
        if row.chain is not None:
            source = PARTIAL.search(row.chain.latex)[1]  # type: ignore[index]  # a chain has a partial
            texts.setdefault(f"{name}-from-v{source}", row.chain.text)
        texts.setdefault(name, (row.chain or row.formula).text)  # type: ignore[union-attr]  # one is there
    return texts


def _explanations(
    judged: Audit, exactly: Mapping[str, Quantities], samples: Mapping[str, list[Quantities]]
) -> Options:
    """Return candidate explanations by the cell; a slip is named only if it gives what the sheet states."""
    special: Options = {}
    for t in ("t3", "t4"):
        q = exactly[t]
        special[f"{t}-v5-sum"] = special[f"{t}-v6-operand-v5"] = {"cause": RECIPROCAL}
        special[f"{t}-v6-numbers"] = {"slips": {RECIPROCAL: q["v2"] + 1 / q["v2"] + q["v4"]}}
        working = _value(_expression(judged, f"{t}-v6-numbers"))
        special[f"{t}-y-value"] = {"slips": {"v₅ and v₄ added as printed": working}, "cause": RECIPROCAL}
    # The index -1 under the logarithm has become 1.
    for cell in ("t1-v1", "t2-v1"):
        repaired = _expression(judged, cell).replace("v1", "vm1")
        assert all(_value(repaired, FUNCTIONS | q) == q["v1"] for q in samples[cell[:2]])
        special[cell] = {"why": "With the index −1 under the logarithm it is right"}
    # A slash on one line, whose reach the sheet leaves open.
    bracket = [q | {"slash": lambda a, b, c: a / (b * c)} for q in samples["t3"]]
    reading = Reading([q["dotv3"] for q in samples["t3"]], samples=bracket)
    special["t3-dotv3"] = {"conventions": {"the slash reaches over the whole product": reading}}
    return special | _digits_lost(judged, exactly)


def _digits_lost(judged: Audit, exactly: Mapping[str, Quantities]) -> Options:
    """Return for a last digit that is off where it may have been lost: cut off, or rounded before a sum."""
    special: Options = {}
    cut = {"t3-v6-operand-v4": "v4", "t4-v6-operand-v4": "v4", "t3-dotv5-operand-dotv3": "dotv3"}
    for cell, name in cut.items():
        scale = 10 ** len(str(judged.claim(PREFIX + cell).stated).partition(".")[2])
        shorter = math.trunc(exactly[cell[:2]][name] * scale) / scale
        special[cell] = {"slips": {"cut off, not rounded": shorter}}
    workings = {"t3-doty-value": "t3-dotv6-numbers", "t4-barx1-value": "t4-barvm1-from-v1-numbers"}
    for cell, working in workings.items():
        special[cell] = {"slips": {"rounded before the sum": _value(_expression(judged, working))}}
    return special


def _rows(table: str, texts: Mapping[str, str]) -> list[str]:
    """Return the rows of our own tables; an adjoint with several contributions has a row for each."""
    keys = [key for key in texts if not key.startswith("dot" if table in REVERSE else "bar")]
    merged = Counter(key.partition("-from-")[0] for key in keys if "-from-" in key)
    rows = [key for key in keys if ("-from-" in key) == (merged[key.partition("-from-")[0]] > 1)]
    words = {"dot": "tangent of ", "bar": "adjoint of ", "-from-": " through ", "vm1": "v-1"}
    return [reduce(lambda text, word: text.replace(*word), words.items(), key) for key in rows]


def _operand(q: Quantities, row: str, name: str, says: str) -> float:
    """Return the number that should have been put in."""
    if "-from-" in row:
        return q[f"{row.partition('-from-')[0]}-from-{name}-added"]
    return -q[name] if "for minus" in says else q[name]


def _caption(table: str, q: Quantities) -> bool:
    """Say whether the seed gives the derivatives that a caption names, by SymPy's own."""
    x1, x2 = sympy.symbols("x1 x2")
    example, question = sympy.log(x1) + x1 * x2 - sympy.sin(x2), 1 / (x1 + x2) + x2**2 + sympy.cos(x1)
    y, at = (example if table in ("t1", "t2") else question, dict(zip((x1, x2), PRINTED[table], strict=True)))
    by_x1, by_x2 = (float(y.diff(x).subs(at)) for x in (x1, x2))
    if table in ("t1", "t3"):
        return math.isclose(q["doty"], by_x1)
    return math.isclose(q["barx1"], by_x1) and math.isclose(q["barx2"], by_x2)
