"""Columns of a table that follow from others, row by row."""
