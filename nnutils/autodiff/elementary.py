"""The one table of elementary functions: value, derivative, domain and written form of each, stated once.

Each value and each derivative is an ordinary Python function. On numbers it computes, on NumPy arrays it
computes entry by entry, and on the terms of ``formula`` it writes itself down: forward mode, reverse mode,
text and LaTeX all read the same entry. The derivative of a function takes its input and its output, so that
exp's is ``lambda x, y: y``.

Conventions at the kinks, as in torch: relu′(0) = 0 and abs′(0) = 0.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnutils.autodiff.array_operations import Multilinear, Value, sum_to
from nnutils.autodiff.formula import Term, call
from nnutils.autodiff.formula_text import Template
from nnutils.autodiff.reductions import Maximum
from nnutils.core.brackets import PRODUCT

__all__ = [
    "ELEMENTARY",
    "OPERATORS",
    "Elementwise",
    "Operation",
]


def one(*_: Value) -> int:
    """Return 1, the derivative of a sum in each summand; the sweeps know it, and leave the factor out.

    >>> OPERATORS["add"].partials[0](2.0, 3.0, 5.0)
    1
    """
    return 1


@dataclass(frozen=True, slots=True)
class Elementwise:
    """A function of one or two arguments, applied entry by entry.

    ``partials[k]`` takes the arguments and the output, and returns the derivative in the k-th argument.
    ``domain`` takes the arguments and says where the function is defined; ``condition`` says it in words, and
    ``remedy`` what to do elsewhere.

    >>> from nnutils.autodiff.formula import symbol
    >>> divide, a, b, y = OPERATORS["divide"], symbol("a"), symbol("b"), symbol("y")
    >>> divide.value(1.0, 4.0), divide.partials[1](1.0, 4.0, 0.25)
    (0.25, -0.0625)
    >>> print(divide.value(a, b), "|", divide.partials[0](a, b, y), "|", divide.partials[1](a, b, y))
    a/b | 1/b | −a/b²
    """

    name: str
    value: Callable[..., Value]
    partials: tuple[Callable[..., Value], ...]
    label: str
    domain: Callable[..., Value] | None = None
    condition: str = ""
    remedy: str = "Change the inputs or the function, so that this step is defined."

    def pull(
        self,
        k: int,
        adjoint: Value,
        args: tuple[Value, ...],
        out: Value,
        times: Callable[..., Value] = operator.mul,
    ) -> Value:
        """Return what the adjoint of the output contributes to the adjoint of the k-th argument.

        ``times`` multiplies the two factors; rules written as formulas multiply as one does on paper.
        """
        slope = self.partials[k]
        contribution = adjoint if slope is one else times(adjoint, slope(*args, out))
        # Most tapes hold numbers only, and those have no shape to sum to.
        return contribution if type(contribution) is float else sum_to(contribution, args[k])

    def push(self, k: int, tangent: Value, args: tuple[Value, ...], out: Value) -> Value:
        """Return what the tangent of the k-th argument contributes to the tangent of the output."""
        slope = self.partials[k]
        return tangent if slope is one else tangent * slope(*args, out)


Operation = Elementwise | Multilinear | Maximum
"""What a tape records: all kinds have a name, a value, ``pull`` and ``push``."""

ELEMENTARY: dict[str, Elementwise] = {}
"""The functions of one argument by name: 'ln', 'exp', 'sin', ..."""

OPERATORS: dict[str, Elementwise] = {}
"""The operators by name: add, subtract, multiply, divide, power, exponential, negative, identity."""


def overloaded_function(
    template: Template,
    on_numbers: Callable[[float], float],
    on_arrays: Callable[[Any], Any],
    recorded: Callable[[], Operation] | None = None,
) -> Callable[[Value], Value]:
    """Return one function of numbers, of arrays, and of terms, where it writes itself as ``template`` says.

    On a traced value it is recorded as the operation that ``recorded`` returns. Without one it is constant
    between its jumps, as [x > 0] is: its value there is a plain one.

    >>> from nnutils.autodiff.formula import symbol
    >>> template = Template("2{}", "2{}", bracket_argument=True)
    >>> double = overloaded_function(template, lambda x: 2 * x, lambda x: 2 * x)
    >>> print(double(3.0), double(symbol("x")), double(symbol("x") + 1))
    6.0 2x 2(x + 1)
    """

    def function(x: Value) -> Value:
        # Twice, for a tape holds floats, and the second question takes longer than most functions.
        if type(x) is float or isinstance(x, int | float):
            return on_numbers(x)
        if isinstance(x, Term):
            return call(template, function, x, shape=x.shape)
        if hasattr(x, "tape"):
            return function(x.value) if recorded is None else x.recorded(recorded())
        return on_arrays(x)

    return function


def _numpy(name: str) -> Callable[[Any], Any]:
    """Return the array library's own function ``name``, looked up on the array that comes in."""
    return lambda x: getattr(x.__array_namespace__(), name)(x)


def _define(
    name: str,
    on_numbers: Callable[[float], float],
    on_arrays: Callable[[Any], Any],
    derivative: Callable[[Value, Value], Value],
    template: Template | None = None,
    domain: Callable[[Value], Value] | None = None,
    condition: str = "",
) -> Callable[[Value], Value]:
    """Enter a function of one argument into the table and return its value function."""
    template = template or Template(f"{name}({{}})", rf"\{name}({{}})")
    value = overloaded_function(template, on_numbers, on_arrays, lambda: ELEMENTARY[name])
    ELEMENTARY[name] = Elementwise(name, value, (derivative,), name, domain, condition)
    return value


def _stable_sigmoid(x: float) -> float:
    # exp is only ever taken of a number below zero, so that it cannot overflow.
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _sigmoid_array(x: Any) -> Any:
    xp = x.__array_namespace__()
    small = xp.exp(-abs(x))
    return xp.where(x >= 0, 1.0, small) / (1 + small)


def _softplus_array(x: Any) -> Any:
    xp = x.__array_namespace__()
    return xp.maximum(x, 0.0) + xp.log1p(xp.exp(-abs(x)))


def _square(x: Value) -> Value:
    """Return x²; unlike ``x**2``, a product of floats never raises OverflowError."""
    return x**2 if isinstance(x, Term) else x * x


# Slopes that are written out but that nobody calls by name: [x > 0] for relu, sign(x) for abs.
_BRACKET = Template("[{} > 0]", r"\left[{} > 0\right]")
_SIGN = Template("sign({})", r"\operatorname{sign}({})")
_step = overloaded_function(_BRACKET, lambda x: 1.0 if x > 0 else 0.0, lambda x: (x > 0) * 1.0)
_sign = overloaded_function(_SIGN, lambda x: float((x > 0) - (x < 0)), _numpy("sign"))

_ln = _define(
    "ln",
    math.log,
    _numpy("log"),
    lambda x, y: 1 / x,
    domain=lambda x: x > 0,
    condition="ln needs a positive number",
)
_define("exp", math.exp, _numpy("exp"), lambda x, y: y)
_sin = _define("sin", math.sin, _numpy("sin"), lambda x, y: _cos(x))
_cos: Callable[[Value], Value] = _define("cos", math.cos, _numpy("cos"), lambda x, y: -_sin(x))
_define("tan", math.tan, _numpy("tan"), lambda x, y: 1 + _square(y))
_define("arctan", math.atan, _numpy("arctan"), lambda x, y: 1 / (1 + _square(x)))
_sinh = _define("sinh", math.sinh, _numpy("sinh"), lambda x, y: _cosh(x))
_cosh: Callable[[Value], Value] = _define("cosh", math.cosh, _numpy("cosh"), lambda x, y: _sinh(x))
_define("tanh", math.tanh, _numpy("tanh"), lambda x, y: 1 - _square(y))
_define(
    "sqrt",
    math.sqrt,
    _numpy("sqrt"),
    lambda x, y: 1 / (2 * y),
    Template("√({})", r"\sqrt{{}}"),
    domain=lambda x: x >= 0,
    condition="sqrt needs a number that is not negative",
)
_sigmoid = _define(
    "sigmoid", _stable_sigmoid, _sigmoid_array, lambda x, y: y * (1 - y), Template("σ({})", r"\sigma({})")
)
_define(
    "softplus",
    lambda x: max(x, 0.0) + math.log1p(math.exp(-abs(x))),
    _softplus_array,
    lambda x, y: _sigmoid(x),
    Template("softplus({})", r"\operatorname{softplus}({})"),
)
_define(
    "relu",
    lambda x: max(x, 0.0),
    lambda x: x.__array_namespace__().maximum(x, 0.0),
    lambda x, y: _step(x),
    Template("relu({})", r"\operatorname{relu}({})"),
)
_define("abs", abs, abs, lambda x, y: _sign(x), Template("|{}|", r"\left|{}\right|"))
_define(
    "reciprocal",
    lambda x: 1 / x,
    lambda x: 1 / x,
    lambda x, y: -1 / _square(x),
    Template("1/{}", r"\frac{1}{{}}", bracket_argument=True, precedence=PRODUCT),
    domain=lambda x: x != 0,
    condition="reciprocal needs a number other than 0",
)


def _operator(
    name: str,
    value: Callable[..., Value],
    label: str,
    *partials: Callable[..., Value],
    domain: Callable[..., Value] | None = None,
    condition: str = "",
) -> None:
    """Enter an operator into the table."""
    OPERATORS[name] = Elementwise(name, value, partials, label, domain, condition)


def _power_defined(x: Value, n: float) -> Value:
    # A fractional power of a negative number is complex, and a negative power of zero divides by it.
    allowed = x != 0 if n < 0 else x == x
    return allowed if n == int(n) else allowed & (x >= 0)


def _power_slope(x: Value, n: Value, y: Value) -> Value:
    exponent = n.args[0] if isinstance(n, Term) else n
    if exponent == 0:
        return 0 * x  # not n · x**(n − 1), which has no value at x = 0
    if exponent in (1, 2):
        return 1 if exponent == 1 else n * x
    return n * x ** (n - 1)


_operator("add", operator.add, "+", one, one)
_operator("subtract", operator.sub, "−", one, lambda a, b, y: -1)
_operator("multiply", operator.mul, "·", lambda a, b, y: b, lambda a, b, y: a)
_operator(
    "divide",
    operator.truediv,
    "/",
    lambda a, b, y: 1 / b,
    lambda a, b, y: -a / _square(b),
    domain=lambda a, b: b != 0,
    condition="a division needs a divisor other than 0",
)
_operator(
    "power",  # the exponent is a plain number, so no derivative in it is ever needed
    operator.pow,
    "^",
    _power_slope,
    domain=_power_defined,
    condition="a fractional power needs a base that is not negative, a negative power a base other than 0",
)
_operator(
    "exponential",  # the exponent is traced
    operator.pow,
    "^",
    lambda a, b, y: b * a ** (b - 1),
    lambda a, b, y: y * _ln(a),
    domain=lambda a, b: a > 0,
    condition="a power with a traced exponent needs a positive base, for its derivative contains ln(base)",
)
_operator("negative", operator.neg, "−", lambda x, y: -1)
_operator("identity", lambda x: x, "=", one)
