"""Each oracle sees a wrong answer: the library is made wrong in one place, and the fuzzing finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from support.fuzzing.guard import Record, guarded
from support.fuzzing.outcome import FOREIGN, WRONG
from support.fuzzing.running import drawing
from support.fuzzing.targets import audited, layered, numbers, read, traced, typed, windows
from support.fuzzing.targets.every import TARGETS

from nnutils.core.worked import Worked
from nnutils.practice.judging import Judgement

Change = Callable[[Any], Callable[..., Any]]


def off_by_one(real: Any) -> Callable[..., Any]:
    return lambda *args, **more: real(*args, **more) + 1


def one_left_out(real: Any) -> Callable[..., Any]:
    return lambda *args, **more: real(*args, **more)[1:]


def doubled(real: Any) -> Callable[..., Any]:
    return lambda *args, **more: [*(made := real(*args, **more)), *made]


def always(value: Any) -> Change:
    return lambda real: lambda *args, **more: value


def raising(error: Exception) -> Change:
    def change(real: Any) -> Callable[..., Any]:
        def wrong(*args: Any, **more: Any) -> Any:
            raise error

        return wrong

    return change


def value_off(real: Any) -> Callable[..., Any]:
    def wrong(*args: Any, **more: Any) -> Any:
        made = real(*args, **more)
        return replace(made, value=made.value + 1)

    return wrong


def slope_off(real: Any) -> Callable[..., Any]:
    def wrong(tree: Any, at: Any) -> Any:
        made = real(tree, at)

        class Wrong(type(made)):  # type: ignore[misc]
            def gradients(self, seed: Any = None) -> dict[str, Any]:
                return {name: value + 1 for name, value in super().gradients(seed).items()}

        made.__class__ = Wrong
        return made

    return wrong


def units_off(real: Any) -> Callable[..., Any]:
    return lambda network: {
        name: replace(tally, units=tally.units + 1) for name, tally in real(network).items()
    }


def verdicts_turned(real: Any) -> Callable[..., Any]:
    turned = {"right": "wrong", "wrong": "right"}

    def wrong(*args: Any, **more: Any) -> Any:
        made = real(*args, **more)
        judged = tuple(replace(one, verdict=turned.get(one.verdict, one.verdict)) for one in made.judged)
        return replace(made, judged=judged)

    return wrong


def panels_broken(real: Any) -> Any:
    return {name: replace(panel, compute=raising(TypeError("x"))(None)) for name, panel in real.items()}


WRONGS: dict[str, tuple[Any, str, Change, str]] = {
    "worked numbers": (numbers, "build", lambda real: lambda tree: (Worked(1), Fraction(2)), WRONG),
    "worked numbers of odd values": (numbers, "Worked", raising(RuntimeError("x")), FOREIGN),
    "output sizes": (windows, "conv_output_size", off_by_one, WRONG),
    "settings that lead to a size": (windows, "solve_conv", doubled, WRONG),
    "settings for large sizes": (windows, "windows_that_fit", always(0), WRONG),
    "layers": (layered, "windows_that_fit", always(9999), WRONG),
    "layers of odd settings": (layered, "count", raising(KeyError("x")), FOREIGN),
    "networks": (layered, "enumerate_reads", units_off, WRONG),
    "networks of odd parts": (layered, "Network", raising(RecursionError()), FOREIGN),
    "networks as text": (layered, "network_of", raising(UnicodeError()), FOREIGN),
    "networks as text, against Python": (
        layered,
        "network_of",
        lambda real: lambda text: real(f"{text} relu"),
        WRONG,
    ),
    "traces": (traced, "_recorded", slope_off, WRONG),
    "traces of odd inputs": (traced, "_recorded", raising(ZeroDivisionError()), FOREIGN),
    "sums as typed": (typed, "read", value_off, WRONG),
    "numbers as typed": (typed, "read_list", raising(ValueError("x")), FOREIGN),
    "numbers as written": (typed, "parse_written", value_off, WRONG),
    "answers": (typed, "judge", always(Judgement("wrong", "It is another one.")), WRONG),
    "explained numbers": (typed, "explain", raising(OverflowError()), FOREIGN),
    "live panels": (typed, "PANELS", panels_broken, FOREIGN),
    "formulas as Python": (audited, "evaluate", always(Fraction(12_345)), WRONG),
    "formulas of odd values": (audited, "evaluate", raising(TypeError("x")), FOREIGN),
    "claims files": (audited, "load_claims", one_left_out, FOREIGN),
    "reports of a book": (audited, "main", always(0), WRONG),
    "settings of a book": (audited, "read_settings", always([]), WRONG),
    "sums on sheets": (read, "lint", verdicts_turned, WRONG),
    "sheets": (read, "read_sheet", raising(IndexError("x")), FOREIGN),
    "sheets that are pasted": (read, "check_sheet", always({"format": ""}), WRONG),
    "stored notebooks": (read, "stored_cells", raising(KeyError("cells")), FOREIGN),
}


def found(name: str) -> Record:
    target = next(target for target in TARGETS if target.name == name)
    return guarded(drawing(target, 60, 1))


def test_every_target_is_made_wrong_in_one_place() -> None:
    assert set(WRONGS) == {target.name for target in TARGETS}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONGS)
def test_a_wrong_answer_is_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    module, attribute, change, kind = WRONGS[name]
    monkeypatch.setattr(module, attribute, change(getattr(module, attribute)))
    record = found(name)
    assert {fault.kind for fault in record.faults} == {kind}, record
