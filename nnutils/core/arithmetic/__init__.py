"""What a worked number is made of: operators, their exact results, derivations that are made later."""

from nnutils.core.arithmetic.later import Later
from nnutils.core.arithmetic.operators import Arithmetic
from nnutils.core.arithmetic.results import result
from nnutils.core.arithmetic.storing import made_again, parts_of

__all__ = ["Arithmetic", "Later", "made_again", "parts_of", "result"]
