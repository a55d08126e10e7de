"""Questions drawn from seeds: which ones, their answers and work, and lessons on other givens."""

from nnutils.book.variants.choosing import Variant, chosen_parts, chosen_seeds, variants_of
from nnutils.book.variants.working import answer_markup, asked_without_typing, work_chains, work_text

__all__ = [
    "Variant",
    "answer_markup",
    "asked_without_typing",
    "chosen_parts",
    "chosen_seeds",
    "variants_of",
    "work_chains",
    "work_text",
]
