"""LaTeX: its mathematics and its documents in plain notation, each character with its place."""

from nnutils.lint.readers.latex.mathematics import formula_strand, words_strand

__all__ = ["formula_strand", "words_strand"]
