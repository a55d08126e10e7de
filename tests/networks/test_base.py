"""What every layer is: sizes that follow from one of two methods, and problems told with a place."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from nnutils.core.errors import NetworkError, SizeError
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer, LayerProblem, Shape, Sizes, pair, show, worked_sizes
from nnutils.networks.blocks import Block, Concat
from nnutils.networks.layers import Conv2d, Linear, ReLU
from nnutils.networks.network import Network


class Halve(Layer):
    """A kind that works in plain numbers."""

    def output_shape(self, input_shape: Shape) -> Shape:
        return (input_shape[0], input_shape[1] // 2, input_shape[2] // 2)


class Double(Layer):
    """A kind that works in worked numbers."""

    def output_sizes(self, input_sizes: Sizes) -> Sizes:
        channels, height, width = input_sizes
        return channels, (2 * height).named("height"), 2 * width


class Cropped(Conv2d):
    """A kind whose shape is made from that of its parent."""

    def output_shape(self, input_shape: Shape) -> Shape:
        channels, height, width = super().output_shape(input_shape)
        return (channels, height - 1, width - 1)


class CroppedTwice(Cropped):
    """A kind whose sizes are made from those of its parent."""

    def output_sizes(self, input_sizes: Sizes) -> Sizes:
        channels, height, width = super().output_sizes(input_sizes)
        return channels, height - 1, width - 1


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (Layer(), (3, 8, 6)),
        (ReLU(), (3, 8, 6)),
        (Halve(), (3, 4, 3)),
        (Double(), (3, 16, 12)),
        (Cropped(5, 3), (5, 5, 3)),
        (CroppedTwice(5, 3), (5, 4, 2)),
        (Concat([Halve()], [Halve(), Conv2d(4, 1)]), (7, 4, 3)),
    ],
    ids=lambda value: str(value),
)
def test_shape_and_sizes_agree_whichever_of_them_a_kind_defines(layer: Layer, shape: Shape) -> None:
    assert layer.output_shape((3, 8, 6)) == shape
    assert layer.output_sizes(worked_sizes((3, 8, 6))) == shape
    network = Network((3, 8, 6), [layer])
    assert network.output_shape == network.steps[-1].output_sizes == shape
    assert {type(size) for size in network.output_shape} == {int}
    assert {type(size) for size in network.steps[-1].output_sizes} == {Worked}


def test_sizes_of_a_kind_that_works_in_plain_numbers_are_given_ones_named_after_it() -> None:
    sizes = Network((3, 8, 6), [Halve(), Double(name="twice")]).steps[-1].output_sizes
    assert [size.name for size in sizes] == ["halve channels", "twice height", "twice width"]
    assert sizes[1].steps() == ["twice height = 2 · halve height = 2 · 4 = 8"]


@pytest.mark.parametrize(
    "size", [0, 2.5, "3", None, -1, 10**5000], ids=["0", "2.5", "text", "None", "-1", "long"]
)
def test_an_output_that_no_layer_can_have_is_refused_with_its_place(size: Any) -> None:
    class Odd(Layer):
        def output_shape(self, input_shape: Shape) -> Shape:
            return (3, size, 4)

    with pytest.raises(SizeError, match="^height must ") as caught:
        Network((3, 8, 8), [ReLU(), Odd()])
    assert caught.value.where == "input (3, 8, 8) -> relu (3, 8, 8) -> odd"


def test_a_block_of_ones_own_may_join_with_plain_numbers() -> None:
    class Outer(Block):
        def __init__(self, *branches: list[Layer]) -> None:
            self.branches = tuple(map(tuple, branches))

        def join(self, branches: Any) -> Any:
            return (int(branches[0][0]) * int(branches[1][0]),)

    network = Network((3,), [Outer([Linear(4)], [Linear(5)])])
    assert network.output_shape == (20,)
    assert network.steps[-1].output_sizes[0].name == "outer features"


# --- the parts ---


def test_a_pair_stands_for_height_and_width() -> None:
    assert (pair(3), pair((1, 2)), pair("same")) == ((3, 3), (1, 2), ("same", "same"))


def test_a_shape_is_written_as_people_say_it_and_long_numbers_are_shortened() -> None:
    assert show((3, 8, 6)) == show(worked_sizes((3, 8, 6))) == "3 x 8 x 6"
    assert show((10**100, 1)) == "1000000000… (101 digits) x 1"


def test_worked_sizes_are_named_after_their_axes_unless_they_have_a_name() -> None:
    mixed = worked_sizes((Worked(3, "mine"), Worked(2) * 4, 6))
    assert [size.name for size in mixed] == ["mine", "height", "width"]
    assert mixed[1].work == "2 · 4 = 8"
    assert [size.name for size in worked_sizes((7,), "input")] == ["input features"]
    assert [size.name for size in worked_sizes((2, 5))] == ["size 1", "size 2"]


def test_a_problem_can_be_told_with_a_place() -> None:
    problem = LayerProblem(Linear(10), "needs a vector.")
    assert problem == "Linear(out_features=10) needs a vector."
    assert problem.at("after 'pool'") == "Linear(out_features=10) after 'pool' needs a vector."


def test_the_error_of_a_layer_can_be_pickled() -> None:
    with pytest.raises(NetworkError) as caught:
        Linear(10).output_shape((3, 4, 4))
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value) and again.problem.at("here") == caught.value.problem.at("here")


def test_a_message_of_ones_own_stays_as_it_is() -> None:
    class Picky(Layer):
        def output_sizes(self, input_sizes: Sizes) -> Sizes:
            raise SizeError(f"{self} wants more.", remedy="Give it more.")

    with pytest.raises(SizeError) as caught:
        Network((3,), [ReLU(), Picky()])
    assert str(caught.value).splitlines() == [
        "Picky() wants more.",
        "  input (3,) -> relu (3,) -> picky",
        "  Give it more.",
    ]
