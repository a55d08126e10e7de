"""What sentences say about networks: layers in words, and size questions solved on paper."""

from nnutils.networks.wording.layer_words import in_words, settings_in_words
from nnutils.networks.wording.solving_by_hand import solve_by_hand

__all__ = ["in_words", "settings_in_words", "solve_by_hand"]
