"""What every layer is: named settings that are checked, and sizes that are worked out from its input's."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import Field, fields, is_dataclass
from typing import Any, ClassVar, Literal, Self, TypeVar

from nnutils.core.errors import NetworkError, SizeError
from nnutils.core.messages import shown
from nnutils.core.plain_or_worked import WORKED, N, Numbers
from nnutils.core.worked import Worked
from nnutils.networks.arguments import refuse_unknown_arguments
from nnutils.networks.checks import ORDINARY, switch, whole
from nnutils.networks.sizes import Window, positions, remedy

__all__ = [
    "Layer",
    "Shape",
    "Size",
    "Sizes",
    "pair",
    "show",
]

Shape = tuple[int, ...]
"""(channels, height, width) or (features,), one sample."""

Sizes = tuple[Worked, ...]
"""A shape whose sizes carry their derivations."""

Size = int | tuple[int, int]
"""A setting in pixels: one number for both axes, or (height, width)."""

Padding = Size | Literal["same", "valid"]
"""The padding of a convolution: in pixels, or one of torch's two words."""

_T = TypeVar("_T")
_AXES = {1: ("features",), 3: ("channels", "height", "width")}


def pair(size: _T | tuple[_T, _T]) -> tuple[_T, _T]:
    """Return (height, width): a single setting stands for both.

    >>> pair(3), pair((1, 7))
    ((3, 3), (1, 7))
    """
    return size if isinstance(size, tuple) else (size, size)


def show(shape: Sequence[object]) -> str:
    """Write a shape the way people say it; very long numbers are shortened.

    >>> show((10, 4, 4)), show((4096,))
    ('10 x 4 x 4', '4096')
    """
    return " x ".join(map(shown, shape))


def is_shape(shape: object) -> bool:
    """Return whether something is a sequence of one to a few sizes, whatever the sizes are.

    >>> is_shape((3, 8, 8)), is_shape([784]), is_shape(784), is_shape("3"), is_shape(range(10**30))
    (True, True, False, False, False)
    """
    return isinstance(shape, Sequence) and not isinstance(shape, str | bytes | range) and 0 < len(shape) < 10


def worked_sizes(shape: Sequence[object], owner: str = "") -> Sizes:
    """Return a shape as worked numbers; plain numbers are named after their axis and, if given, their owner.

    Raises:
        SizeError: for a size that is not a whole number, at least 1.

    >>> [size.name for size in worked_sizes((3, 32, 32), "input")]
    ['input channels', 'input height', 'input width']
    """
    if not is_shape(shape):
        raise SizeError(
            f"A shape is (channels, height, width) or (features,); got {shown(shape)}.",
            remedy="Leave the batch out: one sample is enough to know every shape.",
        )
    axes = _AXES.get(len(shape), tuple(f"size {i}" for i in range(1, len(shape) + 1)))
    names = [f"{owner} {axis}".strip() for axis in axes]
    checked = [whole(name, size, 1) for name, size in zip(names, shape, strict=True)]
    worked = (
        size if isinstance(size, Worked) else Worked(number)
        for size, number in zip(shape, checked, strict=True)
    )
    return tuple(size if size.name else size.named(name) for name, size in zip(names, worked, strict=True))


class LayerProblem(str):
    """What is wrong with a layer and its input: text that can be told with its place in a network too.

    >>> problem = LayerProblem("ReLU()", "cannot be used here.")
    >>> str(problem), problem.at("after 'conv1'")
    ('ReLU() cannot be used here.', "ReLU() after 'conv1' cannot be used here.")
    """

    layer: str
    what: str

    def __new__(cls, layer: object, what: str = "") -> LayerProblem:
        """Join the two, and keep them."""
        problem = super().__new__(cls, f"{layer} {what}" if what else str(layer))
        problem.layer, problem.what = str(layer), what
        return problem

    def at(self, place: str) -> str:
        """Return the text with a place, such as "after 'conv1'", behind the layer."""
        return f"{self.layer} {place} {self.what}"


class Layer:
    """The parent of every layer: an optional ``name``, and the sizes that the layer makes from its input's.

    A kind of layer defines ``output_sizes``, from worked sizes to worked sizes, so that each size can tell
    how it was made. A kind that does not need that may define ``output_shape`` instead, from a tuple of
    numbers to a tuple of numbers. Whichever of the two it defines, the other one follows from it. A layer
    without weights or windows defines neither: it keeps the shape of its input.

    Shapes are (channels, height, width) or (features,).

    >>> class Halve(Layer):
    ...     def output_sizes(self, input_sizes):
    ...         channels, height, width = input_sizes
    ...         return channels, (height // 2).named("height"), (width // 2).named("width")
    >>> Halve().output_shape((3, 8, 6))
    (3, 4, 3)
    """

    name: str | None = None
    _torch_order: ClassVar[tuple[str, ...]] = ()
    """The arguments of torch's layer of the same name, in their order there."""
    _by_rule: ClassVar[bool] = True
    """Whether ``_made`` says the sizes: then a network is built in plain numbers, and derived when asked."""

    def __new__(cls, *given: object, **settings: object) -> Self:
        """Refuse arguments that the layer does not have, before a number lands in the place of another."""
        refuse_unknown_arguments(cls, given, settings, cls._torch_order)
        return super().__new__(cls)

    def __init__(self, *, name: str | None = None) -> None:
        self.name = name
        self.__post_init__()

    def __init_subclass__(cls, **options: object) -> None:
        """Let ``output_shape`` follow from ``output_sizes``, or the other way round."""
        super().__init_subclass__(**options)
        if not vars(cls).keys().isdisjoint(("output_sizes", "output_shape")):
            cls._by_rule = False
        # Each is made from the function of this very class, not looked up on the layer: so a child that calls
        # super().output_shape in its own output_shape does not come back to itself.
        if "output_sizes" in vars(cls) and "output_shape" not in vars(cls):
            cls.output_shape = _shape_from(cls.output_sizes)  # type: ignore[method-assign, assignment]
        elif "output_shape" in vars(cls) and "output_sizes" not in vars(cls):
            cls.output_sizes = _sizes_from(cls.output_shape)  # type: ignore[method-assign, assignment]

    def __post_init__(self) -> None:
        """Check the settings that every kind of layer has in common."""
        self._check_name()

    def output_sizes(self, input_sizes: Sizes) -> Sizes:
        """Return the sizes of the output as worked numbers, made from those of the input.

        New sizes have names such as ``height``; sizes that stay as they were are those of the input.
        """
        return self._made(input_sizes, WORKED)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the output as plain numbers."""
        # Not self.output_sizes: a child that makes its sizes from its shape would come back to itself.
        return tuple(int(size) for size in self._made(worked_sizes(input_shape, "input"), WORKED))

    def _made(self, sizes: tuple[N, ...], of: Numbers[N]) -> tuple[N, ...]:
        """Return the sizes of the output, plain or worked as the input's: the rule of the library's kinds."""
        return sizes

    def __str__(self) -> str:
        """Write the layer with the names of its settings, defaults and its own name left out."""
        settings: tuple[Field[Any], ...] = fields(self) if is_dataclass(self) else ()
        written = [
            f"{f.name}={shown(getattr(self, f.name))}"
            for f in settings
            if f.name != "name" and getattr(self, f.name) != f.default
        ]
        return f"{type(self).__name__}({', '.join(written)})"

    def _check_name(self) -> None:
        """Refuse a name that is not text."""
        kind = type(self).__name__
        if self.name is not None and (not isinstance(self.name, str) or not self.name):
            raise NetworkError(
                f"The name of {kind} must be text; got {shown(self.name)}.",
                remedy=f'Write {kind}(..., name="layer1").',
            )

    def _switch(self, field: str, error: type[NetworkError | SizeError]) -> None:
        """Check that a field is True or False."""
        switch(f"{field} of {type(self).__name__}", getattr(self, field), error)

    def _whole(self, **least: int) -> None:
        """Check that the fields named are whole numbers, each at least as large as given."""
        for field, smallest in least.items():
            value = getattr(self, field)
            if type(value) is int and smallest <= value < ORDINARY:
                continue
            size = whole(f"{field} of {type(self).__name__}", value, smallest)
            object.__setattr__(self, field, size)

    def _pairs(self, **least: int) -> None:
        """Check that the fields named are whole numbers, or pairs of them for height and width."""
        for field, smallest in least.items():
            value = getattr(self, field)
            if type(value) is int and smallest <= value < ORDINARY:
                continue
            what = f"{field} of {type(self).__name__}"
            if not isinstance(value, tuple | list):
                object.__setattr__(self, field, whole(what, value, smallest))
            elif len(value) == 2:
                object.__setattr__(self, field, tuple(whole(what, part, smallest) for part in value))
            else:
                raise SizeError(f"{what} must be one number or a pair (height, width); got {shown(value)}.")

    def _picture(self, input_sizes: tuple[N, ...]) -> tuple[N, N, N]:
        """Return (channels, height, width), or say that a picture is needed."""
        if len(input_sizes) != 3:
            raise NetworkError(
                LayerProblem(
                    self,
                    f"needs an input of (channels, height, width), got {show(input_sizes)} features.",
                ),
                remedy="Put it before Flatten().",
            )
        return input_sizes[0], input_sizes[1], input_sizes[2]


class Windowed(Layer, ABC):
    """The parent of the layers that slide a window over a picture."""

    @property
    @abstractmethod
    def windows(self) -> tuple[Window, Window]:
        """The window along the height and the window along the width."""

    def _positions(self, picture: tuple[N, N, N], of: Numbers[N], *, pooling: bool = False) -> tuple[N, N]:
        """Count the window's positions along height and width."""
        _, height, width = picture
        down, across = self.windows
        if height < down.least_input or width < across.least_input:
            needed = show([down.least_input, across.least_input])
            raise SizeError(
                LayerProblem(self, f"needs an input of at least {needed}, got {show(picture)}."),
                remedy=remedy([int(height), int(width)], (down, across), pooling=pooling),
            )
        return positions(height, down, "height", of), positions(width, across, "width", of)


def windows_of(
    kernel_size: Size, stride: Size, padding: Padding, dilation: Size, ceil_mode: bool = False
) -> tuple[Window, Window]:
    """Return the windows along height and width of settings that were checked; "valid" has become 0."""
    if isinstance(kernel_size, int) and isinstance(stride, int) and isinstance(dilation, int):
        if not isinstance(padding, tuple):
            window = Window(kernel_size, stride, padding, dilation, ceil_mode)  # type: ignore[arg-type]
            return window, window
    sides: Any = pair(padding)
    height, width = zip(pair(kernel_size), pair(stride), sides, pair(dilation), strict=True)
    return Window(*height, ceil_mode), Window(*width, ceil_mode)


def _shape_from(output_sizes: Callable[..., Sizes]) -> Callable[[Any, Shape], Shape]:
    def output_shape(self: Layer, input_shape: Shape) -> Shape:
        """Return the shape of the output as plain numbers."""
        return tuple(int(size) for size in output_sizes(self, worked_sizes(input_shape, "input")))

    return output_shape


def _sizes_from(output_shape: Callable[..., Shape]) -> Callable[[Any, Sizes], Sizes]:
    def output_sizes(self: Layer, input_sizes: Sizes) -> Sizes:
        """Return the sizes of the output as worked numbers that were given, not derived."""
        return worked_sizes(output_shape(self, tuple(int(size) for size in input_sizes)))

    return output_sizes
