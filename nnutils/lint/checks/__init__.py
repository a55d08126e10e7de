"""What is looked for in a sheet: every check finds the statements of one sort, and judges them."""

from nnutils.lint.checks.networks.known_networks import known_networks
from nnutils.lint.checks.networks.layer_tables import layer_tables
from nnutils.lint.checks.relations import check_relations
from nnutils.lint.checks.tables.lists import list_totals
from nnutils.lint.checks.tables.operations import operations
from nnutils.lint.checks.tables.shares import shares
from nnutils.lint.checks.tables.totals import totals
from nnutils.lint.checks.tables.twins import twins
from nnutils.lint.context import Check

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    check_relations,
    totals,
    list_totals,
    shares,
    operations,
    twins,
    layer_tables,
    known_networks,
)
"""All checks. Where two judge the same stretch of a sheet, the clearer finding is kept."""
