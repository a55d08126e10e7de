"""What a reader types beside answers: a network, a function, its inputs; panels that show what follows."""

from nnutils.practice.live.functions import inputs_of, trace_of, worked_of
from nnutils.practice.live.network_text import network_of, read_network
from nnutils.practice.live.panels import PANELS, Field, Panel, Shown

__all__ = [
    "PANELS",
    "Field",
    "Panel",
    "Shown",
    "inputs_of",
    "network_of",
    "read_network",
    "trace_of",
    "worked_of",
]
