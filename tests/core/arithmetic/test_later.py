"""Numbers whose derivation is made when it is asked for: the same as any other, and made once."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import threading
from typing import Any

import pytest
from hypothesis import given
from support.number_trees import build, trees

from nnutils.core.errors import WorkedError
from nnutils.core.worked import Worked, total


class Asked:
    """A derivation that says how often it was made."""

    def __init__(self, made: Worked) -> None:
        self.made, self.times = made, 0

    def __call__(self) -> Worked:
        self.times += 1
        return self.made


AREA = (Worked(11, "height") * Worked(12, "width")).named("area")


def test_what_needs_the_number_alone_makes_no_derivation() -> None:
    ask = Asked(AREA)
    area = Worked.later(132, ask, "area")
    assert (area == 132, hash(area), int(area), f"{area:,}", str(area)) == (
        True,
        hash(132),
        132,
        "132",
        "132",
    )
    assert area.named("floor").name == "floor" and area.name == "area"
    assert (area + 1).work == "132 + 1 = 133" and (area * area).formula == "area · area"
    assert total([area, area], "both").work == "132 + 132 = 264"
    assert copy.copy(area) is copy.deepcopy(area) is area
    assert not hasattr(area, "__array__")
    assert ask.times == 0


@pytest.mark.parametrize("field", ["operation", "arguments", "leaves", "name"])
def test_the_derivation_is_made_once_whichever_field_is_asked_for_first(field: str) -> None:
    ask = Asked(AREA)
    area = Worked.later(132, ask)
    assert getattr(area, field) == getattr(AREA, field)
    assert (area.name, area.work, area.latex, area.steps()) == (
        AREA.name,
        AREA.work,
        AREA.latex,
        AREA.steps(),
    )
    assert area.arguments is AREA.arguments and area.named("x").steps() == AREA.named("x").steps()
    assert ask.times == 1


@given(trees)
def test_a_number_that_is_derived_later_tells_the_same(tree: Any) -> None:
    now, _ = build(tree)
    if isinstance(now.value, int):
        later = Worked.later(now.value, lambda: now)
        assert (later.formula, later.work, later.latex, later.steps(), later.leaves) == (
            now.formula, now.work, now.latex, now.steps(), now.leaves
        )  # fmt: skip
        doubled = Worked.later(now.value, lambda: now) + now
        assert (doubled.work, doubled.leaves) == ((now + now).work, (now + now).leaves)


def test_a_number_that_its_derivation_does_not_make_is_refused() -> None:
    wrong = Worked.later(131, lambda: AREA)
    with pytest.raises(WorkedError, match="counted as 131 was derived as 132"):
        _ = wrong.work


def test_it_never_changes_before_and_after_the_derivation() -> None:
    for number in (Worked.later(132, lambda: AREA), AREA):
        for field in dataclasses.fields(Worked):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(number, field.name, 5)
        with pytest.raises((AttributeError, TypeError)):
            number.note = "x"  # type: ignore[attr-defined]
        with pytest.raises(AttributeError, match="no attribute 'note'"):
            _ = number.note  # type: ignore[attr-defined]


def test_pickles_keep_the_work_however_it_was_made() -> None:
    for number in (Worked.later(132, lambda: AREA), AREA, AREA - AREA):
        twin = pickle.loads(pickle.dumps(number))
        assert (twin, twin.name, twin.steps()) == (number, number.name, number.steps())
    shared = AREA + 1
    twin = pickle.loads(pickle.dumps(shared * shared))
    assert twin.arguments[0] is twin.arguments[1], "what was one part is one part again"


def test_a_derivation_may_be_deeper_than_pythons_stack() -> None:
    deep = Worked(1, "start")
    for i in range(20_000):
        before = deep
        deep = Worked.later(i + 2, lambda before=before, i=i: (before + 1).named(f"n{i}"), f"n{i}")  # type: ignore[misc]
    assert deep.steps()[-1] == "n19999 = n19998 + 1 = 20,000 + 1 = 20,001"
    assert len(deep.steps()) == 20_000
    assert pickle.loads(pickle.dumps(deep)).steps() == deep.steps()


def test_several_threads_may_ask_at_once() -> None:
    for _ in range(50):
        number, told = Worked.later(132, lambda: AREA), []
        threads = [threading.Thread(target=lambda n=number, t=told: t.append(n.work)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told == [AREA.work] * 4
