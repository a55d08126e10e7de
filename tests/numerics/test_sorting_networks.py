"""Exact sorting networks: every design on grids, on Fractions, by proof; every seeded wrong weight caught."""

import random
from fractions import Fraction
from itertools import combinations, permutations, product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils.core.errors import ConstructionError
from nnutils.numerics.sorting_networks import (
    MLP,
    SORTING_DESIGNS,
    box_pair,
    comparators,
    minimal_pair,
    single_output,
    sort_by_relu,
    sorting_error,
    sorting_network_pair,
    zero_one_counterexample,
)

GRID = list(product(range(-4, 5), repeat=2))
RATIONALS = st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6)
DESIGNS = list(SORTING_DESIGNS)


# --- two numbers ---


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_sorts_the_grid_with_ties_zeros_and_negative_numbers(design):
    assert sorting_network_pair(design)(GRID).tolist() == [sorted(point) for point in GRID]


@settings(max_examples=50, deadline=None)
@given(RATIONALS, RATIONALS, st.sampled_from(DESIGNS))
def test_every_design_sorts_fractions_exactly(a, b, design):
    assert sorting_network_pair(design)([a, b]).tolist() == sorted([a, b])


def test_huge_integers_do_not_overflow():
    assert minimal_pair()([10**30, -(10**30)]).tolist() == [-(10**30), 10**30]
    assert minimal_pair()(np.array([2**62, -(2**62)])).tolist() == [-(2**62), 2**62]


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_is_proved_on_the_whole_plane(design):
    assert sorting_error(sorting_network_pair(design))[0] == 0
    assert sorting_error(sorting_network_pair(design), 3)[0] == 0


@pytest.mark.parametrize("design", DESIGNS)
def test_every_single_wrong_weight_is_caught(design):
    network = sorting_network_pair(design)
    for layer, (weight, _) in enumerate(network.arrays()):
        for row, column in np.ndindex(weight.shape):
            for wrong in (weight[row, column] + Fraction(1, 1000), weight[row, column] - 1):
                assert sorting_error(network.replace(layer, row, column, wrong))[0] > 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(-3, 3), min_size=12, max_size=12),
    st.lists(st.integers(-3, 3), min_size=5, max_size=5),
)
def test_the_largest_error_bounds_every_sample_and_is_attained(weights, biases):
    network = MLP(
        [
            ([weights[0:2], weights[2:4], weights[4:6]], biases[:3]),
            ([weights[6:9], weights[9:12]], biases[3:]),
        ]
    )
    error, worst = sorting_error(network, 3)
    quarters = [(Fraction(i, 2), Fraction(j, 2)) for i in range(-6, 7) for j in range(-6, 7)]

    def off(points):
        return [
            max(abs(low - min(p)), abs(high - max(p)))
            for p, (low, high) in zip(points, network(points), strict=True)
        ]

    assert max(off(quarters)) <= error == off([worst])[0]
    assert max(map(abs, worst)) <= 3


def test_an_error_that_no_grid_point_shows_is_found():
    # right at every integer: a narrow tent between 0 and 1, away from the diagonal
    hidden = [[1, 0], [-1, 0], [1, -1], [-1, 1], [0, 1], [0, 1], [0, 1]]
    biases = [0, 0, 0, 0, Fraction(-1, 4), Fraction(-1, 2), Fraction(-3, 4)]
    tent = MLP([(hidden, biases), ([[1, -1, -1, 0, 1, -2, 1], [1, -1, 0, 1, 0, 0, 0]], [0, 0])])
    assert tent(GRID).tolist() == [sorted(point) for point in GRID]
    error, worst = sorting_error(tent)
    assert error == Fraction(1, 4) and worst[1] == Fraction(1, 2)


def test_an_error_on_the_diagonal_alone_is_found():
    # the errors of relu(s) - 1 and 1 - relu(-s) with s = x1 + x2 vanish at all corners of the box, not at
    # (0, 0)
    network = MLP([([[1, 1], [-1, -1]], [0, 0]), ([[1, 0], [0, -1]], [-1, 1])])
    assert sorting_error(network, 1) == (1, (0, 0))


def test_the_box_network_is_right_down_to_its_bound_and_not_below():
    network = box_pair(Fraction(7, 2))
    assert network.width == 3
    assert sorting_error(network, Fraction(7, 2))[0] == 0
    assert sorting_error(network, 4)[0] == Fraction(1, 2)
    assert network([1000, -3]).tolist() == [-3, 1000]  # there is no upper bound
    assert network([-4, 0]).tolist() == [-4, Fraction(1, 2)]


def test_one_output_needs_three_units():
    for which, right in (("min", min), ("max", max)):
        network = single_output(which)
        assert network.sizes == (2, 3, 1)
        assert network(GRID).ravel().tolist() == [right(point) for point in GRID]


def test_widths_of_the_designs():
    assert [sorting_network_pair(d).width for d in DESIGNS] == [6, 4, 4]
    assert minimal_pair().width == 4


LINES = [(1, 0), (0, 1), (1, 1), (1, -1)]


def test_no_three_units_on_these_lines_sort_the_plane_but_four_do():
    """With the best output weights for every choice of units, only four units fit exactly."""
    units = [(s * a, s * b) for a, b in LINES for s in (1, -1)]
    points = np.array(list(product([-2.0, -1.0, 0.0, 1.0, 3.0], repeat=2)))
    target = np.sort(points, axis=1)
    best = {}
    for count in (3, 4):
        for chosen in combinations(units, count):
            hidden = np.maximum(points @ np.array(chosen).T, 0)
            hidden = np.column_stack([hidden, np.ones(len(points))])
            output = np.linalg.lstsq(hidden, target, rcond=None)[0]
            error = np.abs(hidden @ output - target).max()
            best[count] = min(best.get(count, np.inf), error)
    assert best[3] > 0.1 and best[4] < 1e-12


def test_floats_round_where_fractions_do_not():
    assert minimal_pair()([1.0, 1e-20]).tolist() == [0.0, 1.0]
    assert minimal_pair()([1, Fraction(1, 10**20)]).tolist() == [Fraction(1, 10**20), 1]


# --- n numbers ---

SIZES = [(n, scheme) for n in range(1, 9) for scheme in ("odd-even", "bitonic")]


@pytest.mark.parametrize(("n", "scheme"), SIZES)
def test_the_comparators_sort_by_the_zero_one_principle(n, scheme):
    stages = comparators(n, scheme)
    assert zero_one_counterexample(n, stages) is None
    for stage in stages:
        places = [place for pair in stage for place in pair]
        assert len(places) == len(set(places))  # comparators of one stage do not touch


@pytest.mark.parametrize("n", range(7))
def test_the_counterexample_is_the_first_of_all_sequences_tried_one_by_one(n):
    rng = random.Random(n)
    pairs = list(combinations(range(n), 2))
    for number in range(40):
        stages = [(pair,) for pair in rng.choices(pairs, k=number // 2)] if pairs else []
        unsorted = []
        for start in product((0, 1), repeat=n):
            values = list(start)
            for ((i, j),) in stages:
                values[i], values[j] = min(values[i], values[j]), max(values[i], values[j])
            if values != sorted(values):
                unsorted.append(start)
        assert zero_one_counterexample(n, stages) == (unsorted[0] if unsorted else None)


@pytest.mark.parametrize(("n", "scheme"), SIZES)
def test_the_network_sorts_exactly(n, scheme):
    network = sort_by_relu(n, scheme)
    rng = random.Random(n)
    points = [[Fraction(rng.randint(-50, 50), rng.randint(1, 9)) for _ in range(n)] for _ in range(20)]
    points += [list(p) for p in product((0, 1), repeat=n)][:64] + [[-5] * n, list(range(n, 0, -1))]
    assert network(points).tolist() == [sorted(point) for point in points]


@pytest.mark.parametrize("scheme", ["odd-even", "bitonic"])
def test_all_orders_of_five_with_ties(scheme):
    points = [list(p) for p in permutations([-2, 0, 0, 3, 7])]
    assert sort_by_relu(5, scheme)(points).tolist() == [[-2, 0, 0, 3, 7]] * len(points)


@pytest.mark.parametrize("n", [2, 3, 4, 7, 8, 16])
def test_depth_width_and_weights(n):
    k = (n - 1).bit_length()
    for scheme, stages in (("odd-even", n if n > 2 else 1), ("bitonic", k * (k + 1) // 2)):
        network = sort_by_relu(n, scheme)
        assert (network.depth, network.width) == (stages, 2 * n)
        assert network.weight_count == 4 * n**2 * stages
        assert 0 < network.nonzero_weights < network.weight_count
    count = sum(map(len, comparators(n)))
    assert count == n * (n - 1) // 2
    if n == 2**k:
        assert sum(map(len, comparators(n, "bitonic"))) == n * k * (k + 1) // 4


@pytest.mark.parametrize("scheme", ["odd-even", "bitonic"])
def test_four_numbers_need_every_comparator(scheme):
    stages = comparators(4, scheme)
    for s, stage in enumerate(stages):
        for pair in stage:
            rest = tuple(other for other in stage if other != pair)
            assert zero_one_counterexample(4, (*stages[:s], rest, *stages[s + 1 :])) is not None


def test_every_flipped_weight_of_a_deep_network_shows():
    network = sort_by_relu(3)
    points = [list(point) for point in product((-2, -1, 0, 1, 3), repeat=3)]
    right = [sorted(point) for point in points]
    for layer, (weight, _) in enumerate(network.arrays()):
        for row, column in np.argwhere(weight):
            wrong = network.replace(layer, row, column, -weight[row, column])
            assert wrong(points).tolist() != right


def test_torch_computes_the_same_network():
    network = sort_by_relu(4)
    x = torch.randint(-9, 9, (50, 4), generator=torch.Generator().manual_seed(0)).double()
    y = x
    for i, (weight, bias) in enumerate(network.arrays()):
        y = y @ torch.as_tensor(weight).T + torch.as_tensor(bias)
        y = torch.relu(y) if i < network.depth else y
    assert torch.equal(y, x.sort(dim=1).values)
    assert np.array_equal(network(x.numpy()), y.numpy())


def test_twenty_places_are_not_too_many() -> None:
    assert zero_one_counterexample(20, ()) == (0,) * 18 + (1, 0)


# --- errors ---


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sorting_network_pair("five"), "'six', 'four', 'symmetric'"),
        (lambda: single_output("median"), "'min' or 'max'"),
        (lambda: box_pair(0), "has to be positive"),
        (lambda: box_pair(float("inf")), "finite"),
        (lambda: box_pair("1"), "not a finite real number"),
        (lambda: sort_by_relu(0), "positive integer"),
        (lambda: sort_by_relu(2.0), "positive integer"),
        (lambda: sort_by_relu(True), "positive integer"),
        (lambda: sort_by_relu(4, "bubble"), "'odd-even', 'bitonic'"),
        (lambda: sorting_error(sort_by_relu(3)), "two inputs, one hidden layer and two outputs"),
        (lambda: sorting_error(single_output("min")), "two outputs"),
        (lambda: sorting_error(minimal_pair(), -1), "has to be positive"),
        (lambda: zero_one_counterexample(3, (((2, 1),),)), "not a pair of places"),
        (lambda: zero_one_counterexample(21, ()), "too many"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ConstructionError, match=message):
        call()
