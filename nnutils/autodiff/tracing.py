"""Recording: run a function once on traced inputs, and read values and derivatives off the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnutils.autodiff.array_operations import Value, shape_of
from nnutils.autodiff.backprop_rules import Rules, write_rules
from nnutils.autodiff.elementary import OPERATORS
from nnutils.autodiff.graph import Graph, recorded_graph
from nnutils.autodiff.plain_values import convert, input_names
from nnutils.autodiff.sweeps import (
    Accumulation,
    forward_sweep,
    fresh,
    record_tangent,
    reverse_sweep,
    zeros_like,
)
from nnutils.autodiff.tape import ShapeError, Tape
from nnutils.autodiff.trace_tables import Labels, TraceTable, direction_note, forward_table, reverse_table
from nnutils.autodiff.traced import Traced, record_unary
from nnutils.core.errors import TraceError
from nnutils.core.messages import brief, shown
from nnutils.core.numerals import number_text

__all__ = [
    "Trace",
    "trace",
]


class Trace:
    """One recorded run of a function: ``value``, gradients, tables, rules, graph. Made by ``trace``.

    ``inputs`` maps the names of the inputs to their values (floats, or arrays in double precision),
    ``output_name`` is the name of the result: the user's, or y. ``trace["h"]`` is the value of an input or a
    named intermediate.

    >>> t = trace(lambda x1, x2: x1 * x2, 2, 5)
    >>> t.inputs, t.output_name, t.value, t["x2"]
    ({'x1': 2.0, 'x2': 5.0}, 'y', 10.0, 5.0)
    """

    def __init__(self, tape: Tape, output: int) -> None:
        self.tape = tape
        self.output = output
        if output not in tape.names:
            taken = set(tape.names.values())
            tape.name(output, next(name for name in ("y", "f", "L", "output_value") if name not in taken))
        self.output_name = tape.names[output]
        self.inputs = {tape.names[index]: tape.values[index] for index in range(tape.inputs)}
        self.note = ""
        tape.closed = True

    @property
    def value(self) -> Value:
        """The value that the function returned: a float or an array."""
        return self._owned(self.tape.values[self.output], self.output)

    def __getitem__(self, name: str) -> Value:
        """Return the value of an input, a named intermediate or the output.

        Raises:
            TraceError: if no value has this name.
        """
        index = self._index(name)
        return self._owned(self.tape.values[index], index)

    def gradient(self, seed: Value | None = None) -> Any:
        """Return the derivative in each input, as a tuple; for a single input just that one.

        A derivative has the shape of its input: a float for a number. An input that the output does not
        depend on has the derivative 0. For a non-scalar output, ``seed`` is its adjoint, and the result is
        the derivative of sum(seed * output).

        Raises:
            TraceError: for a seed that is missing or is not of numbers.
            ShapeError: for a seed that does not have the shape of the output.
            DomainError: where a derivative does not exist.

        >>> trace(lambda x: x**3, 2).gradient()
        12.0
        """
        gradients = tuple(self.gradients(seed).values())
        return gradients[0] if len(gradients) == 1 else gradients

    def gradients(self, seed: Value | None = None) -> dict[str, Value]:
        """Return the derivatives in the inputs by name; otherwise, and in its errors, as ``gradient``.

        >>> trace(lambda a, b: a * b, a=2, b=5).gradients()
        {'a': 5.0, 'b': 2.0}
        """
        adjoints = self.adjoints(seed)
        return {name: adjoints[name] for name in self.inputs}

    def adjoints(self, seed: Value | None = None) -> dict[str, Value]:
        """Return the derivatives in all named values by name: inputs, named intermediates, the output.

        Seed and errors are those of ``gradient``.

        >>> from nnutils.autodiff import named
        >>> trace(lambda x: named("u", 3 * x) ** 2, 2).adjoints()
        {'x': 36.0, 'u': 12.0, 'y': 1.0}
        """
        adjoints = reverse_sweep(self.tape, self.output, self._seed(seed), keep=self.tape.names)
        adjoints += [None] * (len(self.tape.values) - len(adjoints))
        result: dict[str, Value] = {}
        for index, name in sorted(self.tape.names.items()):
            adjoint = adjoints[index]
            # The sweep is over, so what it made may be handed out as it is, each array once.
            own = fresh(adjoint) and all(adjoint is not given for given in result.values())
            result[name] = adjoint if own else self._owned(adjoint, index)
        return result

    def tangent(self, **tangents: Value) -> Value:
        """Return the output's derivative in one direction, by one forward sweep; other inputs stand still.

        Raises:
            TraceError: for an unknown input, or a tangent that is not of numbers.
            ShapeError: for a tangent that does not have the shape of its input.
            DomainError: where a derivative does not exist.

        >>> trace(lambda a, b: a * b, a=2, b=5).tangent(a=1, b=10)
        25.0
        """
        start = {index: zeros_like(self.tape.values[index]) for index in range(self.tape.inputs)}
        start |= self._tangents(tangents)
        return self._owned(forward_sweep(self.tape, start)[self.output], self.output)

    def directional(self, **tangents: Value) -> Trace:
        """Return the derivative in one direction as a trace of its own, of the same inputs.

        Its gradient is a second derivative (the Hessian times the direction), its tables show that row by
        row, and its rules write it. The tangent of a named value h has the name d_h. Errors as ``tangent``.

        >>> t = trace(lambda x1, x2: x1**3 * x2, 2, 5).directional(x1=1)
        >>> t.value, t.gradient()
        (60.0, (60.0, 12.0))
        >>> print(t.forward(wrt="x2", labels="names").derivative_of("d_y")[0].text)
        ḋ_y = v̇₃ · x₂ + ẋ₂ · v₃ = 0 · 5 + 1 · 12 = 12
        """
        replayed = Trace(*record_tangent(self.tape, self.output, self._tangents(tangents)))
        replayed.note = direction_note(replayed.output_name, self.output_name, tangents)
        return replayed

    def forward(self, wrt: int | str = 0, digits: int = 4, labels: Labels = "v") -> TraceTable:
        """Return the forward table for the derivative in one input, given by its position or its name.

        ``labels='names'`` shows the user's names instead of v1, v2, ...

        Raises:
            TraceError: if a value is an array, for an unknown input, and for ``digits`` or ``labels`` that
                are not allowed.
            DomainError: where a derivative does not exist.

        >>> table = trace(lambda x1, x2: x1 * x2, 2, 5).forward(wrt=0)
        >>> table.derivative_of("v1")[0].formula.text
        'v̇₋₁ · v₀ + v̇₀ · v₋₁'
        """
        of = (self.tape, self.output, self.output_name)
        return forward_table(*of, self._input(wrt), digits, labels).noted(self.note)

    def reverse(
        self, seed: float = 1.0, digits: int = 4, labels: Labels = "v", bottom_up: bool = False
    ) -> TraceTable:
        """Return the reverse table: all derivatives in one sweep, every accumulation its own row.

        ``bottom_up`` lists the adjoint rows in the opposite order, as the survey by Baydin et al. prints
        them.

        Raises:
            TraceError: if a value is an array, and for ``digits`` or ``labels`` that are not allowed.
            DomainError: where a derivative does not exist.

        >>> [row.text for row in trace(lambda x: x * x, 3).reverse().derivative_of("v0")]
        ['v̄₀ = v̄₁ · v₀ = 1 · 3 = 3', 'v̄₀ = v̄₀ + v̄₁ · v₀ = 3 + 1 · 3 = 6']
        """
        start = self._seed(seed)
        of = (self.tape, self.output, self.output_name)
        return reverse_table(*of, start, digits, labels, bottom_up).noted(self.note)

    def rules(self, seed: Value | None = None) -> Rules:
        """Return the backprop rules as formulas in the user's names; with a seed they keep their values too.

        Raises:
            TraceError: for a seed that is not of numbers.
            ShapeError: for a seed that does not have the shape of the output.
            DomainError: where a derivative does not exist.

        >>> from nnutils.autodiff import named
        >>> print(trace(lambda x, w, b: named("z", w * x + b) ** 2, 1, 2, 3).rules())
        z̄ = ȳ · 2 · z
        b̄ = z̄
        w̄ = z̄ · x
        x̄ = z̄ · w
        """
        log: list[Accumulation] = []
        valued = seed is not None or not shape_of(self.value)
        # The formulas depend on the shapes only, so any adjoint of the right shape will do to find the order.
        start = self._seed(seed) if valued else zeros_like(self.value)
        adjoints = reverse_sweep(self.tape, self.output, start, log)
        return write_rules(self.tape, self.output, log, adjoints if valued else None)

    def graph(self, seed: Value | None = None) -> Graph:
        """Return nodes and edges for drawing; the adjoints are there for a scalar output, or with a seed.

        Raises:
            TraceError: for a seed that is not of numbers.
            ShapeError: for a seed that does not have the shape of the output.
            DomainError: where a derivative does not exist.

        >>> node = trace(lambda x: x * x, 3).graph()["y"]
        >>> node.label, node.value, node.adjoint
        ('·', 9.0, 1.0)
        """
        valued = seed is not None or not shape_of(self.value)
        adjoints = reverse_sweep(self.tape, self.output, self._seed(seed)) if valued else None
        return recorded_graph(self.tape, self.output, adjoints)

    def __repr__(self) -> str:
        count = sum(operation is not None for operation in self.tape.operations)
        shape = shape_of(self.value)
        result = f"of shape {shape}" if shape else f"= {number_text(self.value, decimals=6)}"
        return f"Trace: {self.output_name}({', '.join(self.inputs)}) {result}, {count} operations"

    def _index(self, name: object) -> int:
        for index, known in self.tape.names.items():
            if isinstance(name, str) and known == name:
                return index
        known_names = ", ".join(self.tape.names.values())
        raise TraceError(
            f"No value of this trace is called {shown(name)}.", remedy=f"There are {known_names}."
        )

    def _tangents(self, tangents: dict[str, Value]) -> dict[int, Value]:
        """Return the tangents of inputs by their entries, each in the shape of its input."""
        start = {}
        for name, tangent in tangents.items():
            index = self._input(name)
            start[index] = _fitting(tangent, self.tape.values[index], f"The tangent of {name}")
        return start

    def _input(self, wrt: int | str) -> int:
        names = list(self.inputs)
        if isinstance(wrt, str) and wrt in names:
            return names.index(wrt)
        if isinstance(wrt, int) and not isinstance(wrt, bool) and 0 <= wrt < len(names):
            return wrt
        listed = ", ".join(f"{index} ({name})" for index, name in enumerate(names))
        raise TraceError(f"This trace has no input {shown(wrt)}.", remedy=f"Its inputs are {listed}.")

    def _seed(self, seed: Value | None) -> Value:
        if seed is None and shape_of(self.value):
            name = self.output_name
            problem = (
                f"Derivatives of {name} were asked for, and {name} has the shape {shape_of(self.value)}."
            )
            remedy = (
                f"Give its adjoint, seed={name}bar, in that shape, or return a single number such as a loss."
            )
            raise TraceError(problem, remedy=remedy)
        return _fitting(
            1.0 if seed is None else seed, self.value, f"The seed (the adjoint of {self.output_name})"
        )

    def _owned(self, value: Value | None, index: int) -> Value:
        """Return a value or derivative as the caller's own; zero for a derivative where nothing arrived."""
        if value is None:
            return zeros_like(self.tape.values[index])
        return value.copy() if shape_of(value) else float(value)


def trace(function: Callable[..., Any], /, *inputs: Any, **named_inputs: Any) -> Trace:
    """Run a function once on traced inputs, and return the record.

    Inputs are numbers or NumPy arrays; integers are welcome, and everything is computed in double precision.
    Inputs given by name keep that name; the others take the names of the function's parameters. Vectors are
    1-D arrays (n,), treated as columns, or 2-D arrays (n, 1). An unused input is fine: its derivative is 0.

    The function returns one value computed from its inputs; it may use + - * / ** @, .T, indexing, and the
    functions of autodiff. Operations are numbered in the order in which Python carries them out: to
    number them as a textbook does, write one step per line.

    Raises:
        TraceError: for inputs that are not numbers or arrays, for an unknown input name, and for a function
            that cannot be recorded or returns something else.
        DomainError: where the function leaves the domain of an operation, or overflows.
        ShapeError: where arrays do not fit an operation.
        BranchError: where the function compares a traced value.

    >>> trace(lambda x, y: x * y + 1, 3, y=4)
    Trace: f(x, y) = 13, 2 operations
    """
    if not callable(function):
        raise TraceError(
            f"{brief(function)} is not a function.", remedy="Pass the function, then its inputs."
        )
    tape = Tape()
    given = input_names(function, inputs, named_inputs)
    for name, value in given:
        if type(value) is Traced:
            problem = f"The input {name} belongs to another trace, and traces do not nest."
            raise TraceError(problem, remedy="Trace one function that does both steps.")
        try:
            converted = convert(value)
        except TraceError as error:
            problem = f"The input {name} = {brief(value)} cannot be traced: {error.problem}."
            raise TraceError(problem, remedy=error.remedy) from None
        tape.add_input(name, converted)
    traced = [Traced(tape, index) for index in range(tape.inputs)]
    keywords = dict(zip(named_inputs, traced[len(inputs) :], strict=True))
    result = function(*traced[: len(inputs)], **keywords)
    if type(result) is not Traced or result.tape is not tape:
        raise tape.error(*_not_one_value(result))
    if result.index < tape.inputs:
        result = record_unary(OPERATORS["identity"], result)
    return Trace(tape, result.index)


def _not_one_value(result: object) -> tuple[str, str, str]:
    """Say what is wrong with what a traced function returned: what, why, remedy."""
    if isinstance(result, tuple | list):
        what = f"The function returned a {type(result).__name__} of {len(result)}"
        return what, "a trace has one output", "Trace one entry at a time, or a sum of them."
    if result is None:
        return "The function returned None", "there is nothing to differentiate", "Return the result."
    if type(result) is Traced:
        what = "The function returned a value of another trace"
        return what, "its tape is not this one", "Trace one function."
    what = f"The function returned {brief(result)}"
    why = "that is not a traced value, so it does not depend on the inputs or its dependence was lost"
    remedy = "Return a value that is computed from the inputs with operators and autodiff's functions."
    return what, why, remedy


def _fitting(value: Any, like: Value, what: str) -> Value:
    """Return a seed or tangent, if it has the shape of the value it belongs to."""
    try:
        converted = convert(value)
    except TraceError as error:
        raise TraceError(f"{what} cannot be used: {error.problem}.", remedy=error.remedy) from None
    if shape_of(converted) != shape_of(like):
        problem = f"{what} has shape {shape_of(converted)}, and the value it belongs to has {shape_of(like)}."
        raise ShapeError(problem, remedy="Give an array of the value's own shape.")
    return converted
