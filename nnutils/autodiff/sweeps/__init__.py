"""The sweeps over a tape: both loops (``sweeping``), and the forward one recorded (``replaying``)."""

from nnutils.autodiff.sweeps.replaying import record_tangent
from nnutils.autodiff.sweeps.sweeping import Accumulation, forward_sweep, fresh, reverse_sweep, zeros_like

__all__ = [
    "Accumulation",
    "forward_sweep",
    "fresh",
    "record_tangent",
    "reverse_sweep",
    "zeros_like",
]
