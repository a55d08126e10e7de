"""Variants to hand out: which ones, their answers and work, and files for Moodle and for spreadsheets."""

from nnutils.book.exports.choosing import Part, Variant, chosen_parts, chosen_seeds, variants_of
from nnutils.book.exports.working import answer_markup, asked_without_typing, work_chains, work_text

__all__ = [
    "Part",
    "Variant",
    "answer_markup",
    "asked_without_typing",
    "chosen_parts",
    "chosen_seeds",
    "variants_of",
    "work_chains",
    "work_text",
]
