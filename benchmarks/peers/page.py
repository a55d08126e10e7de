"""The page of the book that shows what was measured, made from the stored measurements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["MEASURED", "PAGE", "page"]

ROOT = Path(__file__).resolve().parents[2]
MEASURED = ROOT / "benchmarks" / "peers" / "measured.json"
PAGE = ROOT / "chapters" / "beside_its_peers.md"
VERDICTS = {"right": "right", "silent": "**wrong, silently**", "said": "wrong, and says so", "error": "error"}

_OPENING = """\
# `nnutils` beside other libraries

On this page you see how `nnutils` counts and computes beside libraries that do the same, and where each of
them can be trusted. Nothing here is typed: `make bench` measures it and writes this page.
"""


def page(data: Mapping[str, Any]) -> str:
    """Return the page for what was measured."""
    parts = [_OPENING, _models(data), _probes(data), _ratios(data), _versions(data)]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _models(data: Mapping[str, Any]) -> str:
    models, counters = data["models"], data["counters"]

    def answers(name: str) -> list[Mapping[str, Any]]:
        return [model["answers"][name] for model in models]

    def number(name: str, key: str) -> str:
        return str(sum(bool(one[key]) for one in answers(name)))

    rows = [
        [
            f"`{name}`",
            number(name, "macs_right"),
            number(name, "macs_close"),
            number(name, "parameters_right")
            if any(one["counts_parameters"] for one in answers(name))
            else "–",
            number(name, "silent"),
            number(name, "said"),
            number(name, "error"),
        ]
        for name in counters
    ]
    head = (
        "counter",
        "products right",
        "within 1 %",
        "parameters right",
        "off by more, silently",
        "off by more, said",
        "no number",
    )
    worst = [
        [
            f"`{model['name']}`",
            f"{model['parameters']:,}",
            f"{model['billions']:.3f}",
            *(_model_cell(model, model["answers"][name]) for name in counters),
        ]
        for model in models
    ]
    return "\n".join(
        [
            f"## {len(models)} classifiers",
            "",
            "The model library torchvision publishes the number of parameters and of multiply-accumulates (in "
            f"10⁹, with three decimals) of each of its {len(models)} classifiers. Each counter gets the "
            "same module and the same input, on the processor, in evaluation mode.",
            "",
            _table(head, rows),
            "",
            "*Products right*: the published number, to its three decimals. *Off by more*: further than 1 % "
            "from it; *said*: the counter names what it left out. Some counters include work that others "
            "leave out, such as biases or normalisations, by a convention of their own: hence the column "
            "*within 1 %*.",
            "",
            "```{dropdown} Every classifier",
            "",
            _table(("model", "parameters", "10⁹ products", *(f"`{name}`" for name in counters)), worst),
            "```",
        ]
    )


def _model_cell(model: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    if found["error"]:
        return "error"
    return f"{found['macs'] / 1e9:.3f}"


def _probes(data: Mapping[str, Any]) -> str:
    probes, counters = data["probes"], data["counters"]
    rows = [
        [probe["name"], probe["derivation"], *(VERDICTS[probe["verdicts"][name]] for name in counters)]
        for probe in probes
    ]
    rows.append(
        ["**wrong, silently**", ""]
        + [str(sum(probe["verdicts"][name] == "silent" for probe in probes)) for name in counters]
    )
    return "\n".join(
        [
            f"## {len(probes)} probes",
            "",
            "Small modules whose multiply-accumulates and parameters are worked out by hand. A number that "
            "is wrong and looks right is the worst answer that a counter can give.",
            "",
            _table(("module", "products of one sample", *(f"`{name}`" for name in counters)), rows),
        ]
    )


def _ratios(data: Mapping[str, Any]) -> str:
    rows = [
        [
            one["what"],
            one["beside"],
            f"{one['ratio']:.2g}",
            f"{one['goal']:g}",
            "yes" if one["met"] else "**no**",
        ]
        for one in data["ratios"]
    ]
    return "\n".join(
        [
            "## Time",
            "",
            "How many times as long `nnutils` takes as what stands beside it. Both run in turns in one "
            "process, their results are compared first, and the median of the ratios of processor time "
            "counts.",
            "",
            _table(("what", "beside", "ratio", "goal: at most", "met"), rows),
        ]
    )


def _versions(data: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in data["versions"].items())
    return f"Measured with {versions}.\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * min(1, len(head)) + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def stored() -> Mapping[str, Any]:
    """Return the measurements that are stored."""
    data: Mapping[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return data
