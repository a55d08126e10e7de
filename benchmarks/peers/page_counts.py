"""The parts of the page about counts: the classifiers of the model library, and the probes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.peers.verdicts import LEEWAY, of
from benchmarks.peers.whole import COUNTERS
from nnutils.core.words import counted, listed

__all__ = ["models", "probes", "table"]

OURS, *PEERS = COUNTERS
HEADS = tuple({"FlopCounterMode": "torch"}.get(name, name) for name in COUNTERS)
"""Short names for the columns of wide tables."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table: words to the left in the first column, all others to the right."""
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


# --- classifiers --------------------------------------------------------------------------------------------


def models(data: Mapping[str, Any]) -> str:
    """Return the section about the classifiers."""
    found = data["models"]
    verdicts = _verdicts(found)
    kinds = ("right", "more", "silent", "said", "error")
    rows = [
        [f"`{name}`", *(str(verdicts[name].count(kind)) for kind in kinds), _parameters(found, name)]
        for name in COUNTERS
    ]
    head = ("counter", "right", "more", "wrong, silently", "wrong, says so", "no number", "parameters right")
    every = [
        [f"`{one['name']}`", f"{one['billions']:.3f}"]
        + [_billions(one["answers"][name]) for name in COUNTERS]
        for one in found
    ]
    return f"""## The {len(found)} classifiers of a model library

The model library torchvision publishes the parameters and the macs (in 10⁹, with three decimals) of each of
its {len(found)} classifiers. Each counter is called with its defaults, on the same module and
the same input, on the processor, in evaluation mode. `FlopCounterMode` is torch's own, and counts no
parameters.

{table(head, rows)}

- *Right* is the published number, to its three decimals.
- *More* is up to {LEEWAY:.0%} above it: a convention that counts biases, normalisations or activations, too.
- *Wrong* is less than the published number, for no convention leaves products out; or still more; or a wrong
  number of parameters. The counter *says so* where it names something that it left out.

{_on_models(found, verdicts)}

```{{dropdown}} Every classifier: macs in 10⁹

{table(("classifier", "published", *HEADS), every)}
```
"""


def _verdicts(found: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    return {name: [of(one, one["answers"][name]) for one in found] for name in COUNTERS}


def _parameters(found: Sequence[Mapping[str, Any]], name: str) -> str:
    answers = [(one["parameters"], one["answers"][name].get("parameters")) for one in found]
    if all(stated is None for _, stated in answers):
        return "–"
    return str(sum(published == stated for published, stated in answers))


def _billions(answer: Mapping[str, Any]) -> str:
    return "none" if "error" in answer else f"{answer['macs'] / 1e9:.3f}"


def _on_models(found: Sequence[Mapping[str, Any]], verdicts: Mapping[str, Sequence[str]]) -> str:
    """Return what the table shows in words."""
    many = len(found)
    missed = [
        f"`{one['name']}`" for one, verdict in zip(found, verdicts[OURS], strict=True) if verdict != "right"
    ]
    said = [f"`nnutils` finds the published numbers of all {many}."]
    if missed:
        said = [f"`nnutils` finds those of {many - len(missed)} of {many}; not of {listed(missed, 'and')}."]
    if silent := {name: verdicts[name].count("silent") for name in PEERS if "silent" in verdicts[name]}:
        words = [f"`{name}` on {times}" for name, times in silent.items()]
        name, one = _furthest(found, verdicts)
        said += [
            f"Silently wrong {'is' if len(words) == 1 else 'are'} {listed(words, 'and')}.",
            f"The furthest off is `{name}` on `{one['name']}`: {_billions(one['answers'][name])} in place of",
            f"{one['billions']:.3f}, and nothing warns the reader.",
        ]
    return " ".join(said)


def _furthest(
    found: Sequence[Mapping[str, Any]], verdicts: Mapping[str, Sequence[str]]
) -> tuple[str, Mapping[str, Any]]:
    """Return the counter and the classifier of the silent error that is the largest share of the truth."""
    _, name, at = max(
        (abs(one["answers"][name]["macs"] / one["billions"] / 1e9 - 1), name, at)
        for name in PEERS
        for at, one in enumerate(found)
        if verdicts[name][at] == "silent"
    )
    return name, found[at]


# --- probes -------------------------------------------------------------------------------------------------


def probes(data: Mapping[str, Any]) -> str:
    """Return the section about the probes."""
    found = data["probes"]
    verdicts = _verdicts(found)
    rows = [[one["name"], f"{one['macs']:,}", *(_cell(one, name) for name in COUNTERS)] for one in found]
    rows.append(["**wrong, silently**", "", *(f"**{verdicts[name].count('silent')}**" for name in COUNTERS)])
    return f"""## {counted(len(found), "module").capitalize()} worked out by hand

Nobody works a whole classifier out by hand. These modules are small enough for it, and each does something
that networks really do: a convolution in groups, a product written with `@`, a layer that is called twice.

{table(("module", "by hand", *HEADS), rows)}

In bold stands a number that is wrong without a word, or *parameters* where only their number is. *More* is a
convention, as above. {_on_probes(verdicts)}

```{{dropdown}} How each number is worked out

{chr(10).join(f"- {_derived(one)}" for one in found)}
```
"""


def _derived(probe: Mapping[str, Any]) -> str:
    numbers = f"{probe['macs']:,} macs, {probe['parameters']:,} parameters"
    return f"**{probe['name']}**: {probe['derivation']}: {numbers}."


def _cell(probe: Mapping[str, Any], name: str) -> str:
    answer = probe["answers"][name]
    verdict = of(probe, answer)
    if verdict == "error":
        return "no number"
    if verdict == "right":
        return verdict
    number = f"{answer['macs']:,}" if answer["macs"] != probe["macs"] else "parameters"
    return {"silent": f"**{number}**", "said": f"{number}, says so", "more": f"{number}, more"}[verdict]


def _on_probes(verdicts: Mapping[str, Sequence[str]]) -> str:
    """Return who makes no silent error, and who makes the most."""
    silent = {name: verdicts[name].count("silent") for name in COUNTERS}
    clean = [f"`{name}`" for name in COUNTERS if not silent[name]]
    most = max(silent, key=lambda name: silent[name])
    said = f"`{most}` makes the most silent errors, {silent[most]} in {len(verdicts[most])} modules."
    if not clean:
        return said
    right = [f"`{name}`" for name in COUNTERS if set(verdicts[name]) == {"right"}]
    said += f" {listed(clean, 'and')} {'makes' if len(clean) == 1 else 'make'} none"
    if right and right != clean:
        return f"{said}, and {listed(right, 'and')} {'is' if len(right) == 1 else 'are'} right about all."
    return f"{said}."
