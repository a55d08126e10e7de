"""A block of branches as flows: channels to scale, sizes written, stacked without a gap."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from support.drawing_samples import inception, marked, overlapping, texts
from support.narrow_pictures import faults, narrow_of

from nnutils import Concat, Conv2d, Linear, MaxPool2d, Network
from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_branch_depths, to_svg
from nnutils.drawing.describing import description
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.style import SMALL_FONT_SIZE


def heights(figure: Figure, gid: str) -> list[float]:
    return [float(patch.get_height()) for patch in marked(figure, gid)]


def test_bands_are_as_thick_as_their_channels_to_one_scale() -> None:
    channels = [192, 64, 192, 96, 128, 192, 16, 32, 192, 192, 32]
    bands = heights(draw_branch_depths(inception()), "band")
    assert [band / bands[0] for band in bands] == pytest.approx([number / 192 for number in channels])


def test_the_branches_lie_on_top_of_each_other_at_the_end() -> None:
    stack = marked(draw_branch_depths(inception()), "stack")
    assert [patch.get_height() / stack[0].get_height() for patch in stack] == pytest.approx([1, 2, 0.5, 0.5])
    for upper, lower in zip(stack, stack[1:], strict=False):
        assert upper.get_y() == pytest.approx(lower.get_y() + lower.get_height())


def test_a_single_channel_beside_a_thousand_can_still_be_seen() -> None:
    block = Concat([Conv2d(1, 1, name="one")], [Conv2d(1000, 1, name="many")])
    assert min(heights(draw_branch_depths(Network((1, 4, 4), [block])), "band")) >= 1.5


def test_sizes_names_and_windows_are_written_and_said() -> None:
    figure = draw_branch_depths(inception())
    assert [text.get_text() for text in texts(figure, "size")][:4] == [
        "192 × 28 × 28", "256 × 28 × 28", "64 × 28 × 28", "96 × 28 × 28",
    ]  # fmt: skip
    assert [text.get_text() for text in texts(figure, "window")][-2:] == ["3 × 3 pool", "1 × 1 conv"]
    said = description(figure)
    assert said is not None and "pool to 192 × 28 × 28, then project to 32 × 28 × 28. Stacked" in said


def test_nothing_overlaps_and_the_picture_is_the_same_each_time() -> None:
    figure = draw_branch_depths(inception())
    assert overlapping([*texts(figure, "size"), *marked(figure, "layer"), *marked(figure, "stack")]) == []
    assert to_svg(figure) == to_svg(draw_branch_depths(inception()))
    assert min(text.get_fontsize() for text in texts(figure)) >= SMALL_FONT_SIZE
    for text in texts(figure):
        extent = text.get_window_extent()
        assert 0 <= extent.x0 and extent.x1 <= figure.bbox.width


@pytest.mark.parametrize(
    "network",
    [
        Network((6,), [Linear(2)]),
        Network((1, 4, 4), [Conv2d(1, 1)]),
        Network((2, 4, 4), [Concat([Conv2d(1, 1)], [])]),
        Network((2, 4, 4), [Concat([Conv2d(1, 1), Conv2d(1, 1), MaxPool2d(3, stride=1, padding=1)])]),
        "not a network",
    ],
)
def test_what_is_not_such_a_block_is_refused(network: object) -> None:
    with pytest.raises(DrawingError, match=r"(?s)one Concat block .* draw_branches"):
        draw_branch_depths(network)  # type: ignore[arg-type]


def on_a_phone(channels: int, side: int, name: str = "direct") -> Network:
    small = Conv2d(64, 1, name="reduce3")
    return Network(
        (channels, side, side),
        [Concat([Conv2d(channels, 1, name=name)], [small, Conv2d(channels, 3, padding=1, name="conv3")])],
    )


@pytest.mark.parametrize(
    "network", [inception(), on_a_phone(512, 128), on_a_phone(1024, 256), on_a_phone(3, 8)], ids=repr
)
def test_on_a_phone_the_flows_keep_their_scale_and_their_words(network: Network) -> None:
    wide = draw_branch_depths(network)
    thin = narrow_of(wide)
    for gid in ("band", "stack"):
        assert heights(thin, gid) == pytest.approx(heights(wide, gid))
    assert overlapping([*texts(thin, "size"), *marked(thin, "layer"), *marked(thin, "stack")]) == []


def test_a_name_that_no_phone_holds_makes_the_picture_wider_and_nothing_else() -> None:
    thin = narrow_version(draw_branch_depths(on_a_phone(64, 8, "a_layer_with_a_long_name")))
    assert thin is not None and 3.3 < thin.get_figwidth() < 7
    assert faults(thin, width=thin.get_figwidth()) == []
