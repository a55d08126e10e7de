"""Checks of settings: plain numbers come out, and what cannot be one is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnutils.core.errors import NetworkError, SizeError
from nnutils.core.numerals import MOST_DIGITS
from nnutils.core.worked import Worked
from nnutils.networks.checks import switch, whole


def test_whole_gives_a_python_int() -> None:
    assert type(whole("stride", np.int16(2))) is int and type(whole("stride", Worked(2))) is int


def test_the_longest_number_is_the_longest_that_python_writes() -> None:
    longest = 10**MOST_DIGITS - 1
    assert len(str(whole("stride", longest))) == MOST_DIGITS
    with pytest.raises(ValueError, match="Exceeds the limit"):
        str(longest + 1)
    with pytest.raises(SizeError, match=r"^stride must have at most 4,300 digits; got 1000000000… \(4,301"):
        whole("stride", longest + 1)


@pytest.mark.parametrize("value", [0, 1, None, "True", np.True_])
def test_a_switch_is_a_bool(value: Any) -> None:
    assert switch("bias", True) is True and switch("bias", False) is False
    with pytest.raises(SizeError, match="^bias must be True or False; got "):
        switch("bias", value)
    with pytest.raises(NetworkError, match="^bias must be True or False; got "):
        switch("bias", value, NetworkError)
