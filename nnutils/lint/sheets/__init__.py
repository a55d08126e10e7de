"""A sheet as the checks see it, whatever the format of its file."""

from nnutils.lint.sheets.pieces import Piece, PieceKind, Sheet, Table, Where, piece_of

__all__ = ["Piece", "PieceKind", "Sheet", "Table", "Where", "piece_of"]
