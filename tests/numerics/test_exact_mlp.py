"""A network with exact weights: exact in, exact out; networks compare and do not change; bad input."""

from fractions import Fraction

import numpy as np
import pytest

from nnutils.core.errors import ConstructionError
from nnutils.numerics.exact_mlp import MLP
from nnutils.numerics.sorting_networks import minimal_pair, sort_by_relu, sorting_network_pair


def test_exact_in_exact_out_and_floats_in_floats_out():
    network = sorting_network_pair("six")
    exact = network([1, Fraction(3, 2)])
    assert exact.dtype == object and [type(v) for v in exact] == [int, Fraction]
    assert network([1.0, 2]).dtype == np.float64
    assert network(np.zeros((5, 2), dtype=np.int32)).tolist() == [[0, 0]] * 5
    assert network(np.zeros((5, 2))).shape == (5, 2)


def test_networks_compare_hash_and_cannot_change():
    assert minimal_pair() == sorting_network_pair("four") != sorting_network_pair("symmetric")
    assert len({minimal_pair(), sorting_network_pair("four")}) == 1
    with pytest.raises(AttributeError):
        minimal_pair().layers = ()
    weight = np.array([[1.0], [2.0]])
    network = MLP([(weight, [0, 0]), ([[1, 1]], [0])])
    weight[:] = 0
    assert network([1]).tolist() == [3]


def test_float_weights_are_kept_at_their_binary_value():
    assert MLP([([[0.1]], [0])])([1]).tolist() == [Fraction(0.1)]


def test_formulas_name_the_units_of_every_layer():
    assert sorting_network_pair("six").formulas()[2] == "h3 = relu(x1 - x2)"
    assert sorting_network_pair("six").formulas()[6].startswith("y1 = 1/2 h1 - 1/2 h2")
    assert sort_by_relu(3).formulas()[6] == "h2_1 = relu(h1_1 - h1_2 - h1_4)"
    assert MLP([([[0]], [-2])]).formulas() == ["y1 = -2"]
    assert MLP([([[0]], [0])]).formulas() == ["y1 = 0"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: minimal_pair()([1, 2, 3]), "takes 2 inputs"),
        (lambda: minimal_pair()([[[1, 2]]]), "takes 2 inputs"),
        (lambda: minimal_pair()([1.0, float("nan")]), "finite"),
        (lambda: minimal_pair()(["a", "b"]), "not a finite real number"),
        (lambda: minimal_pair()([[1, 2], [3]]), "different lengths"),
        (lambda: minimal_pair().replace(0, 9, 0, 1), "no weight at"),
        (lambda: minimal_pair().replace(-1, 0, 0, 1), "no weight at"),
        (lambda: MLP([]), "at least one layer"),
        (lambda: MLP([([[1, 2]], [0]), ([[1, 1]], [0])]), "Layer 1 has 1 outputs, layer 2 takes 2"),
        (lambda: MLP([([1, 2], [0])]), "weight of shape"),
        (lambda: MLP([([[1, 2]], [0, 0])]), "weight of shape"),
        (lambda: MLP([([[1, np.inf]], [0])]), "finite"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ConstructionError, match=message):
        call()
