"""One activation rewritten as another: exact in both directions, at any depth; wrong constants are caught."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils.core.errors import ConstructionError
from nnutils.numerics.activation_change import (
    AffineRelation,
    activation_relation,
    change_activation,
    network_output,
    sigmoid_to_tanh,
    tanh_to_sigmoid,
)
from nnutils.numerics.reference import sigmoid, softplus

HALF = Fraction(1, 2)
POINTS = np.linspace(-20, 20, 401)
FUNCTIONS = {"sigmoid": sigmoid, "tanh": np.tanh}

CONSTANTS = st.fractions(min_value=-5, max_value=5, max_denominator=9)
NONZERO = CONSTANTS.filter(bool)
AFFINE = st.builds(AffineRelation, NONZERO, NONZERO, CONSTANTS, CONSTANTS)


@st.composite
def networks(draw, numbers=CONSTANTS):
    """Layers of 1 to 4 units each, with 0 to 3 hidden layers."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    return [
        (
            [[draw(numbers) for _ in range(inputs)] for _ in range(outputs)],
            [draw(numbers) for _ in range(outputs)],
        )
        for inputs, outputs in zip(sizes, sizes[1:], strict=False)
    ]


def values(layers):
    return [[np.asarray(part).tolist() for part in layer] for layer in layers]


def inputs_for(layers, count=7):
    return np.random.default_rng(0).normal(scale=2, size=(count, np.shape(layers[0][0])[1]))


def made_of(new, relation):
    """The activation that the relation makes of ``new``, in floating point."""
    scale, stretch = float(relation.scale), float(relation.stretch)
    shift, offset = float(relation.shift), float(relation.offset)
    return lambda z: scale * new(stretch * z + shift) + offset


# --- relations ---


@pytest.mark.parametrize("pair", [("sigmoid", "tanh"), ("tanh", "sigmoid")])
def test_the_named_relations_hold_from_far_left_to_far_right(pair):
    old, new = (FUNCTIONS[name] for name in pair)
    assert activation_relation(*pair).largest_error(old, new, POINTS) < 1e-15


@pytest.mark.parametrize(("old", "new"), [("relu", "tanh"), ("tanh", "relu"), ("Sigmoid", "tanh"), ("", "")])
def test_an_unrelated_or_misspelt_pair_is_refused(old, new):
    with pytest.raises(ConstructionError, match="affine relation"):
        activation_relation(old, new)


@pytest.mark.parametrize("name", ["scale", "stretch", "shift", "offset"])
def test_every_single_wrong_constant_is_caught(name):
    right = activation_relation("sigmoid", "tanh")
    constants = {field: getattr(right, field) for field in ("scale", "stretch", "shift", "offset")}
    wrong = AffineRelation(**constants | {name: constants[name] + Fraction(1, 1000)})
    assert wrong.largest_error(sigmoid, np.tanh, POINTS) > 1e-5
    layers = [([[1, -2], [3, 1]], [0, 1]), ([[2, 1]], [1]), ([[1], [-1]], [0, 2])]
    x = inputs_for(layers)
    apart = network_output(change_activation(layers, wrong), x, np.tanh) - network_output(layers, x, sigmoid)
    assert np.max(np.abs(apart)) > 1e-5


def test_the_slip_of_moving_the_one_into_tanh_is_caught():
    assert AffineRelation(HALF, HALF, 1, 0).largest_error(sigmoid, np.tanh, POINTS) > 0.4


@settings(max_examples=40, deadline=None)
@given(AFFINE)
def test_the_inverse_undoes_a_relation(relation):
    assert relation.inverse.inverse == relation
    assert relation.inverse.largest_error(np.sin, made_of(np.sin, relation), np.linspace(-2, 2, 9)) < 1e-9


@pytest.mark.parametrize("constants", [(0, 1), (1, 0), (float("nan"), 1), (1, 1, float("inf")), ("1", 1)])
def test_constants_that_cannot_be_inverted_are_refused(constants):
    with pytest.raises(ConstructionError):
        AffineRelation(*constants)


# --- lists of layers ---


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(networks())
def test_changing_twice_gives_exactly_the_same_network(layers):
    assert values(tanh_to_sigmoid(sigmoid_to_tanh(layers))) == values(layers)
    assert values(sigmoid_to_tanh(tanh_to_sigmoid(layers))) == values(layers)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(networks(), AFFINE)
def test_changing_with_the_inverse_undoes_any_relation(layers, relation):
    changed = change_activation(change_activation(layers, relation), relation.inverse)
    assert values(changed) == values(layers)


@settings(max_examples=40, deadline=None)
@given(networks())
def test_the_changed_network_has_the_same_outputs_at_any_depth(layers):
    x = inputs_for(layers)
    right = network_output(layers, x, sigmoid)
    assert np.allclose(network_output(sigmoid_to_tanh(layers), x, np.tanh), right, rtol=1e-9, atol=1e-9)
    right = network_output(layers, x, np.tanh)
    assert np.allclose(network_output(tanh_to_sigmoid(layers), x, sigmoid), right, rtol=1e-9, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(networks(), AFFINE)
def test_the_outputs_stay_for_any_affine_relation(layers, relation):
    old = made_of(np.tanh, relation)
    x = inputs_for(layers)
    right = network_output(layers, x, old)
    found = network_output(change_activation(layers, relation), x, np.tanh)
    # Each layer may enlarge rounding by its weights, at most 4 x 5 x 5 x 5 here: three layers, seven digits.
    assert np.allclose(found, right, rtol=1e-6, atol=1e-6)


def test_a_stretch_may_be_negative():
    # softplus(z) = -log(sigmoid(-z)): the activation log(sigmoid) in place of softplus
    relation = AffineRelation(scale=-1, stretch=-1)
    layers = [([[1], [-2]], [1, 0]), ([[3, 1]], [2])]

    def log_sigmoid(z):
        return -softplus(-z)

    x = inputs_for(layers)
    changed = network_output(change_activation(layers, relation), x, log_sigmoid)
    assert np.allclose(changed, network_output(layers, x, softplus), rtol=1e-12)


def test_one_layer_alone_has_no_activation_to_change():
    assert values(sigmoid_to_tanh([([[2, 3]], [1])])) == [[[[2, 3]], [1]]]


def test_integers_and_fractions_stay_exact_and_floats_stay_floats():
    (weight, bias), (_, after) = sigmoid_to_tanh([([[1, 3]], [5]), ([[Fraction(1, 3)]], [0])])
    assert weight.tolist() == [[HALF, Fraction(3, 2)]] and bias.tolist() == [Fraction(5, 2)]
    assert after.tolist() == [Fraction(1, 6)]
    assert all(part.dtype == np.float64 for layer in sigmoid_to_tanh([([[1.0]], [0])]) for part in layer)
    mixed = sigmoid_to_tanh([([[1]], [0]), ([[0.1]], [0])])
    assert all(part.dtype == np.float64 for layer in mixed for part in layer)


def test_the_given_arrays_are_not_changed():
    weight, bias = np.ones((2, 2)), np.ones(2)
    sigmoid_to_tanh([(weight, bias), (weight, bias), (weight, bias)])
    assert (weight == 1).all() and (bias == 1).all()


def test_one_point_and_a_batch_of_points():
    layers = [([[1, 2], [3, 4]], [0, 1]), ([[1, 1]], [0])]
    single = network_output(layers, [1, 2], sigmoid)
    assert single.shape == (1,)
    assert network_output(layers, [[1, 2], [0, 0]], sigmoid)[0].tolist() == single.tolist()


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "at least one layer"),
        ([([[1]], [0]), ([[1, 2]], [0])], "Layer 1 has 1 outputs, but layer 2 takes 2"),
        ([([[1]], [0, 0])], r"shape \(1, 1\) and a bias of shape \(2,\)"),
        ([([1], [0])], r"shape \(outputs, inputs\)"),
        ([([[]], [0])], "Layer 1"),
        ([([[1], [2, 3]], [0, 0])], "different lengths"),
        ([([[float("nan")]], [0])], "weight of layer 1 holds NaN"),
        ([([[1]], [float("inf")])], "NaN or an infinity"),
        ([([["a"]], [0])], "real numbers"),
        ([[[1]]], "not a pair"),
    ],
)
def test_layers_that_do_not_fit_together_are_refused(layers, message):
    with pytest.raises(ConstructionError, match=message):
        sigmoid_to_tanh(layers)
    with pytest.raises(ConstructionError, match=message):
        network_output(layers, [1], sigmoid)


@pytest.mark.parametrize("x", [[1, 2], 1, [[[1]]], [float("nan")]])
def test_an_input_of_another_shape_is_refused(x):
    with pytest.raises(ConstructionError):
        network_output([([[1]], [0])], x, sigmoid)
