"""reStructuredText: its blocks, its tables and its text in plain notation, each character with its place."""

from nnutils.lint.readers.rst.blocks import rst_blocks

__all__ = ["rst_blocks"]
