"""Gradients that are told again below a trace."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

TABLE = """| value | | derivative | |
|---|---|---|---|
| x_1 | 3 | x̄_1 | 5 |
| x_2 | 4 | x̄_2 | 3 |
| v_1 = x_1 · x_2 | 12 | v̄_1 | 1 |
| v_2 = v_1 + x_1 | 15 | v̄_2 | 1 |

"""


@pytest.mark.parametrize(
    ("below", "verdicts"),
    [
        ("The gradient is (5, 3).", ["right"]),
        ("So ∇y = (5, 4).", ["wrong"]),
        ("The gradient is $\\nabla y = (5, 4)$.", ["wrong"]),
        ("The gradient is (3, 5).", []),  # the inputs may stand in another order
        ("We seek where ∇y = (0, 0).", []),
        ("The gradient at the other point is (6, 3).", []),
        ("The gradient is (5, 3, 1).", []),
        ("The point (5, 4) is next.", []),
    ],
)
def test_a_gradient_below_a_trace(below: str, verdicts: list[str]) -> None:
    assert [one.verdict for one in lint(TABLE + below).judged if one.kind == "gradient"] == verdicts


def test_a_gradient_in_another_section_is_another_one() -> None:
    assert not lint(f"{TABLE}# Another function\n\nThe gradient is (5, 4).").wrong
