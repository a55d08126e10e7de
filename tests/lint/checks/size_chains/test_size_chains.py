"""Chains of sizes in lines, lists, tables and prose; a size is wrong only where the chain bears it out."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

CHAINS = (
    "28×28 → conv 5×5 → 24×24 → pool 2×2 → {} → conv 3×3 → 10×10",
    "28 × 28 -> 24 × 24 (conv 5 × 5) -> {} (pool 2 × 2) -> 10 × 10 (conv 3 × 3)",
    "Input: 28 × 28\nConv(5×5, 20): 24 × 24\nPool(2×2): {}\nConv(3×3, 50): 10 × 10",
    "- Input: 28×28×1\n- Conv 5×5: 24×24×6\n- Pool 2×2: {}×6\n- Conv 3×3: 10×10×6",
    "| step | size |\n|---|---|\n| input | 28×28 |\n"
    "| conv 5×5 | 24×24 |\n| pool 2×2 | {} |\n| conv 3×3 | 10×10 |",
    "The convolution (5×5) turns 28×28 into 24×24, the pooling (2×2) leaves {}, the convolution (3×3) 10×10.",
    "The 2×2 pooling with stride 2 turns 24×24 into {}.",
)


@pytest.mark.parametrize("chain", CHAINS)
def test_a_size_that_does_not_follow_is_wrong(chain: str) -> None:
    size = "12 × 12" if "28 × 28" in chain else "12×12"
    assert lint(chain.format(size)).wrong == ()
    wrong = {one.computed.replace(" ", "") for one in lint(chain.format(size.replace("12", "14"))).wrong}
    assert wrong <= {"12×12", "12×12×6"}
    assert wrong


@pytest.mark.parametrize(
    "chain",
    [
        "28×28 → conv 5×5 → 24×24 → conv 3×3 → 11×11",  # a stride of 2 that is not told
        "28×28 → conv 5×5 → 24×24 → conv 3×3 → 11×11 → conv 3×3 → 9×9",
        "32×32 → conv 3×3 → 32×32 → conv 3×3 → 30×30",  # with padding and without
        "| layer | output |\n|---|---|\n| input | 32×32×3 |\n"
        "| conv1 5×5 | 28×28×6 |\n| conv2 5×5 | 10×10×16 |",
        "conv 3x3 → relu → conv 3x3 → relu → pool 2x2 → fc 100 → fc 10",
    ],
)
def test_what_other_settings_or_rows_left_out_could_make_is_not_wrong(chain: str) -> None:
    assert lint(chain).wrong == ()
