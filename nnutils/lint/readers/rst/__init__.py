"""reStructuredText: its blocks, its tables and its text in plain notation, each character with its place."""

from nnutils.lint.readers.rst.blocks import is_rst, rst_blocks

__all__ = ["is_rst", "rst_blocks"]
