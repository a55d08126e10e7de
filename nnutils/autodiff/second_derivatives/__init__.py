"""Second derivatives: the forward sweep is itself recorded on a tape, and that tape is swept backward.

``replaying`` records the tangents; ``asking`` has f″, the Hessian, and its product with a vector.
"""

from nnutils.autodiff.second_derivatives.asking import hessian, hessian_vector_product, second_derivative

__all__ = [
    "hessian",
    "hessian_vector_product",
    "second_derivative",
]
