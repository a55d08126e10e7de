"""What is looked for in a sheet: every check finds the statements of one sort, and judges them."""

from nnutils.lint.checks.columns.quotients import check_quotients
from nnutils.lint.checks.columns.receptive_fields import check_receptive_fields
from nnutils.lint.checks.columns.worked_cells import check_worked_cells
from nnutils.lint.checks.field.distributions import check_distributions
from nnutils.lint.checks.field.layer_sentences import check_layer_sentences
from nnutils.lint.checks.field.same_padding import check_same_padding
from nnutils.lint.checks.field.sizes import check_sizes
from nnutils.lint.checks.field.vectors import check_vectors
from nnutils.lint.checks.following.check import check_following
from nnutils.lint.checks.layers_in_words.each_and_all import check_each_and_all
from nnutils.lint.checks.layers_in_words.other_layers import check_other_layers
from nnutils.lint.checks.layers_in_words.receptive import check_receptive_words
from nnutils.lint.checks.layers_in_words.resized import check_resized
from nnutils.lint.checks.layers_in_words.volumes import check_volumes
from nnutils.lint.checks.layers_in_words.weights_and_biases import check_weights_and_biases
from nnutils.lint.checks.letters.applied import check_applied
from nnutils.lint.checks.letters.derivatives import check_derivatives
from nnutils.lint.checks.letters.gradients import check_gradients
from nnutils.lint.checks.letters.identities import check_identities
from nnutils.lint.checks.letters.operations import check_operations
from nnutils.lint.checks.letters.solutions import check_solutions
from nnutils.lint.checks.letters.traces import check_traces
from nnutils.lint.checks.networks.known_networks import check_known_networks
from nnutils.lint.checks.networks.layer_tables import check_layer_tables
from nnutils.lint.checks.printed.beside_layers import check_beside_layers
from nnutils.lint.checks.printed.commented import check_commented
from nnutils.lint.checks.printed.listings import check_listings
from nnutils.lint.checks.printed.runs import check_runs
from nnutils.lint.checks.relations import (
    check_groups,
    check_in_words,
    check_relations,
    check_running_computations,
    check_sentences,
    check_told_again,
    check_words,
)
from nnutils.lint.checks.sentences.answers import check_answers
from nnutils.lint.checks.sentences.line_sums import check_line_sums
from nnutils.lint.checks.sentences.norms import check_norms
from nnutils.lint.checks.sentences.numbers_told.check import check_numbers_told
from nnutils.lint.checks.sentences.numbers_told.functions_told import check_functions_told
from nnutils.lint.checks.sentences.softmax_sentences import check_softmax_sentences
from nnutils.lint.checks.sentences.spoken import check_spoken
from nnutils.lint.checks.sentences.stored import check_stored
from nnutils.lint.checks.sentences.ticked import check_ticked
from nnutils.lint.checks.sentences.whole_results import check_whole_results
from nnutils.lint.checks.sentences.with_biases import check_with_biases
from nnutils.lint.checks.size_chains.check import check_size_chains
from nnutils.lint.checks.tables.formula_cells import check_formula_cells
from nnutils.lint.checks.tables.lists import check_list_totals
from nnutils.lint.checks.tables.memory import check_memory
from nnutils.lint.checks.tables.shares import check_shares
from nnutils.lint.checks.tables.softmax_tables import check_softmax_tables
from nnutils.lint.checks.tables.totals import check_totals
from nnutils.lint.checks.tables.twins import check_twins
from nnutils.lint.checks.valued.at_points import check_at_points
from nnutils.lint.checks.valued.letters_in_use import check_letters_in_use
from nnutils.lint.context import Check

__all__ = ["ARITHMETIC", "CHECKS"]

ARITHMETIC: tuple[Check, ...] = (
    check_relations,
    check_running_computations,
    check_groups,
    check_in_words,
    check_sentences,
    check_told_again,
    check_whole_results,
    check_line_sums,
    check_answers,
    check_stored,
    check_ticked,
    check_words,
    check_spoken,
    check_totals,
    check_list_totals,
    check_shares,
    check_operations,
    check_quotients,
    check_formula_cells,
    check_worked_cells,
    check_following,
)
"""The checks of plain arithmetic, which almost every sheet has: they tell first how it writes numbers."""

CHECKS: tuple[Check, ...] = (
    *ARITHMETIC,
    check_memory,
    check_twins,
    check_receptive_fields,
    check_softmax_tables,
    check_layer_tables,
    check_size_chains,
    check_known_networks,
    check_sizes,
    check_same_padding,
    check_solutions,
    check_applied,
    check_layer_sentences,
    check_with_biases,
    check_weights_and_biases,
    check_each_and_all,
    check_other_layers,
    check_volumes,
    check_receptive_words,
    check_resized,
    check_vectors,
    check_norms,
    check_softmax_sentences,
    check_distributions,
    check_listings,
    check_runs,
    check_commented,
    check_beside_layers,
    check_derivatives,
    check_identities,
    check_traces,
    check_gradients,
    check_letters_in_use,
    check_at_points,
    check_numbers_told,
    check_functions_told,
)
"""All checks. Where two judge the same stretch of a sheet, the clearer finding is kept."""
