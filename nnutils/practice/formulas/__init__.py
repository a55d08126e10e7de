"""Formulas as answers: points where a typed one is compared with the right one, and how both are computed."""

from nnutils.practice.formulas.matrices import FUNCTIONS, Value, close, evaluate
from nnutils.practice.formulas.points import Trials, is_formula, names_in, trials
from nnutils.practice.formulas.typed_formula import read_formula

__all__ = [
    "FUNCTIONS",
    "Trials",
    "Value",
    "close",
    "evaluate",
    "is_formula",
    "names_in",
    "read_formula",
    "trials",
]
