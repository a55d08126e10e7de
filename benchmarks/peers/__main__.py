"""Measure everything, store it, and write the page of the book that shows it.

``python -m benchmarks.peers`` takes half an hour on two cores; ``--models NAME...`` counts some classifiers
only, prints what it found and stores nothing.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

import torch

from benchmarks.peers.counters import COUNTERS, Answer
from benchmarks.peers.models import Classifier, Row, classifiers, counted
from benchmarks.peers.page import MEASURED, PAGE, page
from benchmarks.peers.probes import probed, verdict
from benchmarks.peers.ratios import measured

LIBRARIES = (
    "torch",
    "torchvision",
    "torchinfo",
    "fvcore",
    "thop",
    "ptflops",
    "micrograd",
    "autograd",
    "scipy",
    "numpy",
)


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="*", help="count these classifiers only, and store nothing")
    chosen = parser.parse_args().models
    torch.set_num_threads(2)
    models = []
    for row in counted(one for one in classifiers() if not chosen or one.name in chosen):
        models.append(_model(row))
        print(row.classifier.name, {name: found.error or found.macs for name, found in row.answers.items()})
    if chosen:
        return
    probes = [
        {
            "name": probe.name,
            "derivation": probe.derivation,
            "verdicts": {name: verdict(probe, found) for name, found in answers.items()},
        }
        for probe, answers in probed()
    ]
    ratios = [{**asdict(one), "met": one.met} for one in measured()]
    data = {
        "counters": list(COUNTERS),
        "versions": {name: version(name).partition("+")[0] for name in LIBRARIES},
        "models": models,
        "probes": probes,
        "ratios": ratios,
    }
    MEASURED.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(data), encoding="utf-8")


def _model(row: Row) -> dict[str, Any]:
    one = row.classifier
    return {
        "name": one.name,
        "parameters": one.parameters,
        "billions": one.billions,
        "answers": {name: _answer(one, found) for name, found in row.answers.items()},
    }


def _answer(one: Classifier, found: Answer) -> dict[str, Any]:
    close = one.macs_close(found.macs)
    return {
        "macs": found.macs,
        "macs_right": one.macs_right(found.macs),
        "macs_close": close,
        "counts_parameters": found.parameters is not None,
        "parameters_right": found.parameters == one.parameters,
        "silent": not found.error and not close and not found.warned,
        "said": not found.error and not close and bool(found.warned),
        "error": found.error,
    }


if __name__ == "__main__":
    main()
