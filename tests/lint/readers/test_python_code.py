"""Code in a sheet: what is no code is no error, and what Python warns of is not said."""

from __future__ import annotations

import warnings

import pytest

from nnutils.lint import lint
from nnutils.lint.readers.python_code import parsed_python


@pytest.mark.parametrize("text", ["The size is 7.", "(" * 500, "\0", "n = 7\n m = 8"])
def test_what_is_no_code_has_no_tree(text: str) -> None:
    assert parsed_python(text) is None


def test_a_warning_of_python_about_code_in_a_sheet_is_not_said() -> None:
    code = "k = 0\nn = 3if k else 4  # 4\nm = 2 * n  # 9\nl = 2 * m  # 16"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [one.line for one in lint(f"```python\n{code}\n```", "a.md").wrong] == [4]
