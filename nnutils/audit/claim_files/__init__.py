"""The files ``claims.yml``: read, and each field of a claim checked."""

from nnutils.audit.claim_files.claims import load_claims

__all__ = ["load_claims"]
