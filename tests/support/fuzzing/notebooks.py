"""Stored notebooks for Hypothesis: cells of every form, JSON that is no notebook, and damaged bytes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from support.fuzzing.sheets import any_text

from nnutils.audit.listing import LINES

__all__ = ["notebooks"]


_json: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.floats(),
        st.text(max_size=8),
    ),
    lambda part: st.one_of(
        st.lists(part, max_size=3),
        st.dictionaries(st.sampled_from(["cells", "data", "text", "a"]), part, max_size=3),
    ),
    max_leaves=6,
)
_source = st.one_of(any_text, any_text, st.lists(any_text, max_size=3), _json)
_output = st.one_of(
    st.builds(lambda text: {"output_type": "stream", "name": "stdout", "text": text}, _source),
    st.builds(
        lambda kind, text: {"output_type": "display_data", "metadata": {}, "data": {kind: text}},
        st.sampled_from(["text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml", LINES]),
        _source,
    ),
    _json,
)
_cell = st.one_of(
    st.builds(
        lambda kind, source, outputs, count: {
            "cell_type": kind,
            "source": source,
            "metadata": {},
            "outputs": outputs,
            "execution_count": count,
        },
        st.sampled_from(["markdown", "code", "code", "raw", "heading", 3]),
        _source,
        st.one_of(st.lists(_output, max_size=3), _json),
        st.one_of(st.none(), st.integers(-1, 10**12)),
    ),
    _json,
)
_book = st.one_of(
    st.builds(
        lambda cells, minor: {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": minor},
        st.lists(_cell, max_size=4),
        st.sampled_from([0, 4, 5, 99]),
    ),
    st.dictionaries(
        st.sampled_from(["cells", "metadata", "nbformat", "nbformat_minor", "worksheets"]), _json
    ),
    _json,
)


def _dumped(value: Any, ascii_only: bool) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    except ValueError:  # half of a character
        return b"{}"


notebooks: st.SearchStrategy[bytes] = st.one_of(
    st.builds(_dumped, _book, st.booleans()),
    st.builds(_dumped, _book, st.booleans()),
    st.builds(
        lambda made, cut: made[: len(made) * cut // 100],
        st.builds(_dumped, _book, st.booleans()),
        st.integers(0, 99),
    ),
    st.integers(1, 3000).map(lambda depth: b"[" * depth),
    st.binary(max_size=80),
)
"""The bytes of a file whose name ends in .ipynb."""
