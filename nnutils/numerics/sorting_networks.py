"""ReLU networks that sort exactly: two numbers with as few units as possible, n numbers by comparators.

Their weights are written down, not trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from numbers import Integral

import numpy as np

from nnutils.core.errors import ConstructionError
from nnutils.numerics.exact_mlp import MLP, Affine, Number, exact_number

__all__ = [
    "SORTING_DESIGNS",
    "box_pair",
    "comparators",
    "minimal_pair",
    "single_output",
    "sort_by_relu",
    "sorting_error",
    "sorting_network_pair",
    "zero_one_counterexample",
]

_HALF = Fraction(1, 2)
SORTING_DESIGNS: dict[str, tuple[list[list[int]], list[list[Number]]]] = {
    "six": (
        [[1, 0], [-1, 0], [1, -1], [-1, 1], [0, 1], [0, -1]],
        [[_HALF, -_HALF, -_HALF, -_HALF, _HALF, -_HALF], [_HALF, -_HALF, _HALF, _HALF, _HALF, -_HALF]],
    ),
    "four": ([[-1, 0], [1, 0], [1, -1], [-1, 1]], [[-1, 1, -1, 0], [-1, 1, 0, 1]]),
    "symmetric": (
        [[1, 1], [-1, -1], [1, -1], [-1, 1]],
        [[_HALF, -_HALF, -_HALF, -_HALF], [_HALF, -_HALF, _HALF, _HALF]],
    ),
}
"""Networks that sort a pair, by name: the rows of W1 (what each hidden unit reads from x1, x2), and the rows
of W2 for (min, max)."""

_SCHEMES = ("odd-even", "bitonic")
Stages = tuple[tuple[tuple[int, int], ...], ...]
_Line = tuple[Number, Number, Number]  # (a, b, c): a x1 + b x2 + c = 0


def sorting_network_pair(design: str = "four") -> MLP:
    """Return a network with one hidden layer that maps (x1, x2) to (min, max), for all real inputs.

    - 'six': max = (x1 + x2 + abs(x1 - x2)) / 2, with two units each for x1, for abs(x1 - x2) and for x2;
    - 'four': min = x1 - relu(x1 - x2), max = x1 + relu(x2 - x1), with x1 = relu(x1) - relu(-x1);
    - 'symmetric': as 'six', with two units for the sum x1 + x2 in place of four: again four units in all.

    Exact on integers and Fractions. Floats round: x1 - (x1 - x2) need not be x2, as at (1.0, 1e-20).

    Raises:
        ConstructionError: for an unknown design.

    >>> network = sorting_network_pair("four")
    >>> network.formulas()[3:]
    ['h4 = relu(-x1 + x2)', 'y1 = -h1 + h2 - h3', 'y2 = -h1 + h2 + h4']
    >>> network([[3, -5], [Fraction(1, 3), Fraction(1, 2)]]).tolist()
    [[-5, 3], [Fraction(1, 3), Fraction(1, 2)]]
    """
    if design not in SORTING_DESIGNS:
        raise ConstructionError(
            f"There is no design {design!r} for sorting two numbers.",
            remedy=f"Use one of {', '.join(map(repr, SORTING_DESIGNS))}.",
        )
    hidden, output = SORTING_DESIGNS[design]
    return MLP([(hidden, [0] * len(hidden)), (output, [0, 0])])


def minimal_pair() -> MLP:
    """Return a network with four hidden units that sorts two numbers on the whole plane: the fewest.

    Why. Leave out units that are constant or unused, and group the others by the line on which they bend.
    Sorting bends on the diagonal x1 = x2 and nowhere else.

    1. So the diagonal carries a unit, and on every other line the bends cancel: such a line carries two units
       at least, and together they are affine, with a matrix of rank 1 at most.
    2. One unit on the diagonal: where it is zero, the network is the sum of the other lines. Sorting has
       rank 2 there, so there are two other lines at least: 1 + 2 + 2 = 5 units.
    3. Two or more on the diagonal: they see x1 - x2 only, but min + max = x1 + x2. So there is another line:
       2 + 2 = 4 units.

    The integer weights are those of the design 'four'; 'symmetric' attains the bound too.

    >>> minimal_pair(), sorting_error(minimal_pair())[0]
    (MLP(2 -> 4 -> 2), 0)
    """
    return sorting_network_pair("four")


def box_pair(bound: Number | float) -> MLP:
    """Return a network with three hidden units that sorts (x1, x2) wherever both are at least ``-bound``.

    There relu(x1 + bound) = x1 + bound needs one unit, not two; min = x2 - relu(x2 - x1) and max = x1 +
    relu(x2 - x1). Two units do not suffice on any box around a piece of the diagonal: both on the diagonal
    see x1 - x2 only; otherwise the one that is not has to be affine on the box (alone on its line, its bend
    cannot cancel), and where the other is zero the network has rank 1 at most, but sorting has rank 2.

    Raises:
        ConstructionError: if the bound is not a positive finite number.

    >>> box_pair(10)([[3, -5], [-10, 10]]).tolist()
    [[-5, 3], [-10, 10]]
    >>> box_pair(10)([-12, 0]).tolist()
    [-12, 2]
    """
    shift = exact_number(bound)
    if shift <= 0:
        raise ConstructionError(f"The bound of the box has to be positive, got {bound!r}.")
    hidden = Affine([[1, 0], [0, 1], [-1, 1]], [shift, shift, 0])
    return MLP([hidden, ([[0, 1, -1], [1, 0, 1]], [-shift, -shift])])


def single_output(which: str) -> MLP:
    """Return a network with three hidden units for 'min' or 'max' alone, on the whole plane: the fewest.

    The diagonal carries a unit, and it cannot be the only line: min(x, x) = x is not a function of x1 - x2.
    Every other line carries two units at least (see ``minimal_pair``): 1 + 2.

    Raises:
        ConstructionError: for any other word than 'min' or 'max'.

    >>> single_output("min").formulas()
    ['h1 = relu(x2)', 'h2 = relu(-x2)', 'h3 = relu(-x1 + x2)', 'y1 = h1 - h2 - h3']
    """
    if which == "min":
        return MLP([([[0, 1], [0, -1], [-1, 1]], [0, 0, 0]), ([[1, -1, -1]], [0])])
    if which == "max":
        return MLP([([[1, 0], [-1, 0], [-1, 1]], [0, 0, 0]), ([[1, -1, 1]], [0])])
    raise ConstructionError(f"There is no output {which!r}.", remedy="Use 'min' or 'max'.")


def sorting_error(network: MLP, bound: Number | float | None = None) -> tuple[Number, tuple[Number, Number]]:
    """Return the largest error of a network as a sorter of two numbers, and a point where it has it, exactly.

    The error is the larger of the two outputs' in absolute value; the points are those of the box with both
    abs(x1), abs(x2) <= ``bound``. The lines on which a hidden unit bends, the diagonal and the edges cut the
    box into convex polygons. On each of them network and sorting are affine, so the error is largest at a
    corner, and if it is 0 at all corners it is 0 everywhere. Without a bound the box is taken so large that
    every cell of the plane reaches into it: an error of 0 then is a proof for the whole plane; another is
    the one on that box.

    Raises:
        ConstructionError: if the network does not have two inputs, one hidden layer and two outputs, or the
            bound is not a positive finite number.

    >>> sorting_error(sorting_network_pair("six"))[0]
    0
    >>> sorting_error(box_pair(10), 10)[0], sorting_error(box_pair(10), 12)
    (0, (2, (-12, -12)))
    """
    if network.depth != 1 or (network.sizes[0], network.sizes[-1]) != (2, 2):
        raise ConstructionError(
            f"{network} is not a sorter of two numbers in one hidden layer.",
            remedy="Give a network with two inputs, one hidden layer and two outputs.",
        )
    hidden = network.layers[0]
    lines: list[_Line] = [(w[0], w[1], b) for w, b in zip(hidden.weight, hidden.bias, strict=True) if any(w)]
    lines.append((1, -1, 0))
    if bound is None:
        reach = [exact_number(abs(c)) for point in _crossings([*lines, (1, 0, 0), (0, 1, 0)]) for c in point]
        size = exact_number(1 + max(reach))
    else:
        size = exact_number(bound)
        if size <= 0:
            raise ConstructionError(f"The bound of the box has to be positive, got {bound!r}.")
    edges: list[_Line] = [(1, 0, size), (1, 0, -size), (0, 1, size), (0, 1, -size)]
    corners = [p for p in sorted(_crossings([*lines, *edges])) if all(-size <= c <= size for c in p)]
    outputs = network(corners)
    errors = [
        max(abs(low - min(p)), abs(high - max(p))) for p, (low, high) in zip(corners, outputs, strict=True)
    ]
    return exact_number(max(errors)), corners[errors.index(max(errors))]


def _crossings(lines: Sequence[_Line]) -> set[tuple[Number, Number]]:
    """Return the points where two of the lines a x1 + b x2 + c = 0 cross."""
    points = set()
    for (a, b, c), (d, e, f) in combinations(lines, 2):
        determinant = Fraction(a * e - b * d)
        if determinant:
            points.add(
                (exact_number((b * f - c * e) / determinant), exact_number((c * d - a * f) / determinant))
            )
    return points


def comparators(n: int, scheme: str = "odd-even") -> Stages:
    """Return the stages of a comparator network for n numbers: (i, j), i < j, puts the smaller at i.

    - 'odd-even' transposition: neighbours, n stages (1 for n = 2), n (n - 1) / 2 comparators;
    - 'bitonic': k (k + 1) / 2 stages with k = log2 n, rounded up. For n below a power of two, comparators
      that touch a place beyond n are left out: with plus infinity there they would change nothing, since all
      of them put the larger at the higher place.

    Raises:
        ConstructionError: for an n that is not a positive integer, and for an unknown scheme.

    Source: Batcher, Sorting networks and their applications, AFIPS 1968; Knuth, The Art of Computer
    Programming, vol. 3, sec. 5.3.4.

    >>> comparators(4)
    (((0, 1), (2, 3)), ((1, 2),), ((0, 1), (2, 3)), ((1, 2),))
    >>> comparators(4, "bitonic")
    (((0, 1), (2, 3)), ((0, 3), (1, 2)), ((0, 1), (2, 3)))
    """
    if isinstance(n, bool) or not isinstance(n, Integral) or n < 1:
        raise ConstructionError(f"How many numbers to sort has to be a positive integer, got {n!r}.")
    if scheme not in _SCHEMES:
        raise ConstructionError(
            f"There is no scheme {scheme!r}.", remedy=f"Use one of {', '.join(map(repr, _SCHEMES))}."
        )
    stages: list[list[tuple[int, int]]] = []
    if scheme == "odd-even":
        stages = [[(i, i + 1) for i in range(s % 2, n - 1, 2)] for s in range(n)]
    else:
        block = 2
        while block < 2 * n:
            # Two sorted halves: compare first with last, second with last but one, and so on; then halve the
            # distance until neighbours are compared.
            stages.append([(i, i ^ (block - 1)) for i in range(n) if i < i ^ (block - 1)])
            gap = block // 4
            while gap:
                stages.append([(i, i + gap) for i in range(n) if not i & gap])
                gap //= 2
            block *= 2
    inside = (tuple((i, j) for i, j in stage if j < n) for stage in stages)
    return tuple(stage for stage in inside if stage)


def sort_by_relu(n: int, scheme: str = "odd-even") -> MLP:
    """Return one ReLU network that sorts n numbers in increasing order: a hidden layer per comparator stage.

    A comparator takes the four units of ``minimal_pair``, a place without a comparator takes two, relu(x) and
    relu(-x): so every hidden layer has 2 n units, and s stages have 4 n^2 s weights. Exact on integers and
    Fractions.

    Raises:
        ConstructionError: as for ``comparators``.

    Source: see ``comparators``.

    >>> network = sort_by_relu(4, "bitonic")
    >>> network, network.depth, network.width, network.weight_count
    (MLP(4 -> 8 -> 8 -> 8 -> 4), 3, 8, 192)
    >>> network([3, Fraction(-1, 2), 3, -7]).tolist()
    [-7, Fraction(-1, 2), 3, 3]
    """
    pair_in, pair_out = (np.array(matrix) for matrix in SORTING_DESIGNS["four"])
    stages = comparators(n, scheme)
    weights, before = [], np.eye(n, dtype=int)
    for stage in stages:
        into, out = np.zeros((2 * n, n), dtype=int), np.zeros((n, 2 * n), dtype=int)
        unit = 0
        for wires in (*stage, *((i,) for i in range(n) if not any(i in pair for pair in stage))):
            units = slice(unit, unit + 2 * len(wires))
            into[units, wires] = pair_in if len(wires) == 2 else [[1], [-1]]
            out[wires, units] = pair_out if len(wires) == 2 else [[1, -1]]
            unit += 2 * len(wires)
        # The linear output of one stage and the input of the next are one matrix.
        weights.append(into @ before)
        before = out
    return MLP([(weight, [0] * len(weight)) for weight in (*weights, before)])


def zero_one_counterexample(n: int, stages: Stages) -> tuple[int, ...] | None:
    """Return zeros and ones that the comparators leave unsorted, or None: then they sort any numbers.

    The 0-1 principle: comparators that sort all 2^n sequences of zeros and ones sort all sequences.

    Raises:
        ConstructionError: if a comparator is not a pair i < j of places below n, or 2^n is too many (n > 20).

    Source: Knuth, The Art of Computer Programming, vol. 3, sec. 5.3.4, theorem Z.

    >>> zero_one_counterexample(4, comparators(4)), zero_one_counterexample(3, (((0, 1),), ((1, 2),)))
    (None, (1, 1, 0))
    """
    if n > 20:
        raise ConstructionError(f"2^{n} sequences are too many to try.", remedy="Use n <= 20.")
    for i, j in (pair for stage in stages for pair in stage):
        if not 0 <= i < j < n:
            raise ConstructionError(
                f"The comparator ({i}, {j}) is not a pair of places 0 <= i < j < {n}.",
                remedy="Places count from 0; a comparator puts the smaller number at the first place.",
            )
    # All sequences at once: bit s of a place is its number in the s-th one, so that "and" is the minimum.
    every = (1 << 2**n) - 1
    places = []
    for i in range(n):
        run = 2 ** (n - 1 - i)  # zeros, and then as many ones
        places.append((((1 << run) - 1) << run) * (every // ((1 << 2 * run) - 1)))
    for i, j in (pair for stage in stages for pair in stage):
        places[i], places[j] = places[i] & places[j], places[i] | places[j]
    unsorted = 0
    for left, right in pairwise(places):
        unsorted |= left & ~right
    first = (unsorted & -unsorted).bit_length() - 1
    return tuple(first >> (n - 1 - i) & 1 for i in range(n)) if unsorted else None
