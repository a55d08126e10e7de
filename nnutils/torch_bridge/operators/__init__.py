"""Counting rules for torch's operators, each read off the tensors with which the operator is called.

None of this uses the rules of ``nnutils.networks.counting``: it is the second route to the same numbers. The
conventions are the same: see ``LayerCounts`` there.
"""

from nnutils.torch_bridge.operators.call import Call, Ledger, size_of
from nnutils.torch_bridge.operators.moves import COPIES, MOVES
from nnutils.torch_bridge.operators.table import FAMILIES, RULES, WHOLE

__all__ = ["COPIES", "FAMILIES", "MOVES", "RULES", "WHOLE", "Call", "Ledger", "size_of"]
