"""The command ``nnutils``: counts, sizes, traces and explanations from the command line."""

from nnutils.cli.command_line import main
from nnutils.practice.live.network_text import read_network

__all__ = ["main", "read_network"]
