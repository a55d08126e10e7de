"""Where there is little room, as it is seen: thin parts of bars, given axes, stopped gradients, legends."""

from __future__ import annotations

import pytest
from support.drawn import Shape, seen

from nnutils import Concat, Conv2d, Network
from nnutils.drawing import draw_branch_depths, draw_gradient_flow, draw_mlp, draw_shares, panels
from nnutils.drawing.alt_texts import LONGEST
from nnutils.drawing.describing import description
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.style import PALETTE


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("share", [3, 6, 8, 12, 20])
def test_a_percentage_stands_within_its_part_or_below_the_bar(share: int, phone: bool) -> None:
    figure = draw_shares({"small": {"n": share}, "rest": {"n": 100 - share}})
    thin = narrow_version(figure) if phone else figure
    assert thin is not None
    drawn = seen(thin)
    part = next(one for one in drawn.marked("axes") if one.fill == PALETTE.bars[0].lower() and one.stroke)
    words = [
        word for word in drawn.words if word.text.replace("\N{NO-BREAK SPACE}", " ").endswith(f"{share} %")
    ]
    (word,) = [word for word in words if not word.within("xtick")]
    room = part.right - part.left
    if word.top > part.bottom:
        assert word.text.startswith("small") and room < word.right - word.left + 8
        assert drawn.word(f"{100 - share} %").top < part.bottom, "the rest has room"
    else:
        assert part.left + 2 < word.left and word.right < part.right - 2 and word.text == f"{share} %"
    assert (word.top > part.bottom) == (share < (20 if phone else 8))


def test_a_drawing_in_given_axes_keeps_its_size_and_stands_in_their_middle() -> None:
    weights = [[[1, -1]], [[2]]]
    alone = seen(draw_mlp(weights))
    figure, (axes,) = panels(width=9.0, height=5.0)
    inside = seen(draw_mlp(weights, ax=axes))
    sizes = []
    for drawn in (alone, inside):
        units = drawn.marked("unit")
        sizes.append([one.right - one.left for one in units])
        lefts, rights = (
            f(getattr(one, side) for one in units) for f, side in ((min, "left"), (max, "right"))
        )
        assert lefts == pytest.approx(drawn.width - rights, abs=6)
        assert [one.bottom - one.top for one in units] == pytest.approx(sizes[-1])
    assert sizes[0] == pytest.approx(sizes[1], rel=1e-4)
    gaps = [
        units[-1].centre[0] - units[0].centre[0] for units in (alone.marked("unit"), inside.marked("unit"))
    ]
    assert gaps[0] == pytest.approx(gaps[1], rel=1e-4)


def test_a_bar_stops_a_gradient_only_where_one_arrives() -> None:
    chain = {("x", "u"): 0.0, ("u", "v"): 0.0, ("v", "y"): 2.0}
    drawn = seen(draw_gradient_flow({"one": chain}))
    (stop,) = drawn.marked("stop")
    nodes: dict[str, Shape] = {}
    for node in drawn.marked("node"):
        names = [word.text for word in drawn.words if word.within("name") and node.holds(word.centre)]
        nodes[names[0]] = node
    assert nodes["u"].right < stop.centre[0] < nodes["v"].left
    assert stop.top < nodes["u"].centre[1] < stop.bottom
    assert [word.text for word in drawn.words if word.within("adjoint")] == ["0", "0", "2", "1"]


def test_the_title_of_a_legend_stays_above_its_entries_on_a_phone() -> None:
    figure, several = panels(2)
    for axes in several:
        axes.plot([0, 1], label="measured")
        axes.plot([1, 0], label="predicted")
        axes.legend(title="kind of curve")
    thin = narrow_version(figure)
    assert thin is not None
    drawn = seen(thin)
    titles = [word for word in drawn.words if word.text == "kind of curve"]
    assert len(titles) == 2 and all(word.within("legend") for word in titles)
    entries = [word for word in drawn.words if word.text in {"measured", "predicted"}]
    assert len(entries) == 4 and titles[0].bottom < entries[0].top < titles[1].top < entries[2].top


def test_ticks_set_by_hand_keep_apart_on_a_phone() -> None:
    figure, (axes,) = panels()
    axes.plot([0, 11], [0, 1])
    axes.set_xticks(
        range(12), [f"no. {number}" if number else "the very first place" for number in range(12)]
    )
    thin = narrow_version(figure)
    assert thin is not None
    words = [word for word in seen(thin).words if word.within("xtick")]
    assert words[0].text.startswith("the") and 2 < len(words) < 12
    for a, b in zip(words, words[1:], strict=False):
        assert b.left - a.right > 3 or b.top > a.bottom


def test_many_branches_are_counted_in_a_text_that_is_not_too_long() -> None:
    branches = [[Conv2d(8, 1, name=f"a branch with a long name, number {k}")] for k in range(20)]
    text = description(draw_branch_depths(Network((4, 6, 6), [Concat(*branches)])))
    assert text is not None and 500 < len(text) <= LONGEST
    assert "more. Stacked they make 160 × 6 × 6." in text
