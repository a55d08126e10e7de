"""Everything about a network that can be counted exactly, with a rule for each kind of layer."""

from nnutils.networks.counting.counts import Counts, count
from nnutils.networks.counting.layer_counts import COLUMNS, MORE_COLUMNS, LayerCounts
from nnutils.networks.counting.rules import RULES

__all__ = ["COLUMNS", "MORE_COLUMNS", "RULES", "Counts", "LayerCounts", "count"]
