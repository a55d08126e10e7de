"""Some cases on every run, all of them in `make test-variants`, which runs each week."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def some(cases: Iterable[Any], every: int = 3) -> list[Any]:
    """Parameters of a test: the first case and each ``every``-th after it run always, the rest weekly."""
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=[] if number % every == 0 else [pytest.mark.variants],
        )
        for number, case in enumerate(cases)
    ]
