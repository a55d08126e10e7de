"""Automatic differentiation of ordinary Python functions, of numbers and of arrays, with everything shown.

``trace`` runs a function once and records it. From that one tape come the value, the gradients, the
textbook's forward and reverse tables, the backprop rules as formulas, and the graph. The package needs the
standard library only; arrays are those of NumPy, if the caller passes any.

>>> t = trace(lambda x1, x2: ln(x1) + x1 * x2 - sin(x2), 2, 5)
>>> t.value
11.652071455223084
>>> t.gradient()
(5.5, 1.7163378145367738)
>>> print(t.rules())
x̄₂ = −ȳ · cos(x₂) + ȳ · x₁
x̄₁ = ȳ · x₂ + ȳ/x₁
"""

from nnutils.autodiff.functions import (
    abs,
    arctan,
    cos,
    cosh,
    dot,
    exp,
    function,
    ln,
    max,
    mean,
    named,
    reciprocal,
    relu,
    reshape,
    sigmoid,
    sin,
    sinh,
    softplus,
    sqrt,
    sum,
    tan,
    tanh,
)
from nnutils.autodiff.second_derivatives import hessian, hessian_vector_product, second_derivative
from nnutils.autodiff.tape import BranchError, DomainError, ShapeError
from nnutils.autodiff.traced import Traced
from nnutils.autodiff.tracing import Trace, trace

__all__ = [
    "BranchError",
    "DomainError",
    "ShapeError",
    "Trace",
    "Traced",
    "abs",
    "arctan",
    "cos",
    "cosh",
    "dot",
    "exp",
    "function",
    "hessian",
    "hessian_vector_product",
    "ln",
    "max",
    "mean",
    "named",
    "reciprocal",
    "relu",
    "reshape",
    "second_derivative",
    "sigmoid",
    "sin",
    "sinh",
    "softplus",
    "sqrt",
    "sum",
    "tan",
    "tanh",
    "trace",
]
