"""Six ways to count a torch module, each behind the same call: the library's own and five others."""

from __future__ import annotations

import contextlib
import copy
import io
import logging
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import nn

from benchmarks.peers.torchvision_models import torchvision

__all__ = ["COUNTERS", "Answer", "answer"]


@dataclass(frozen=True)
class Answer:
    """What a counter says of a module, for the whole batch: None where it does not count that.

    ``warned`` holds what it said about parts that it left out; ``error`` why it gave no numbers.
    """

    macs: int | None = None
    parameters: int | None = None
    warned: str = ""
    error: str = ""

    def stored(self) -> dict[str, int | str]:
        """Return what there is of it."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}


_LEFT_OUT = re.compile(r"unsupported|not supported|ignored|treat(ed)? as zero|skipp", re.IGNORECASE)
"""What a counter prints where it leaves a part out."""

Counter = Callable[[nn.Module, tuple[Any, ...]], Answer]


def nnutils_count(module: nn.Module, inputs: tuple[Any, ...]) -> Answer:
    """Count by this library, whose numbers are those of one sample."""
    from nnutils import count

    total = count(module, inputs, batch=_batch(inputs)).total
    return Answer(int(total["macs"]) * _batch(inputs), int(total["parameters"]))


def flop_counter(module: nn.Module, inputs: tuple[Any, ...]) -> Answer:
    """Count by torch's own counter, which counts a product and its addition as two operations."""
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        module(*inputs)
    return Answer(counter.get_total_flops() // 2)


def torchinfo(module: nn.Module, inputs: tuple[Any, ...]) -> Answer:
    """Count by torchinfo."""
    import torchinfo

    found = torchinfo.summary(module, input_data=list(inputs), verbose=0)
    return Answer(int(found.total_mult_adds), int(found.total_params))


def fvcore(module: nn.Module, inputs: tuple[Any, ...]) -> Answer:
    """Count by fvcore, which names the operators that it leaves out."""
    from fvcore.nn import FlopCountAnalysis, parameter_count

    analysis = (
        FlopCountAnalysis(module, inputs).unsupported_ops_warnings(False).uncalled_modules_warnings(False)
    )
    macs = int(analysis.total())
    ignored = ", ".join(sorted(analysis.unsupported_ops()))
    return Answer(macs, int(parameter_count(module)[""]), warned=ignored)


def thop(module: nn.Module, inputs: tuple[Any, ...]) -> Answer:
    """Count by thop, on a copy, since it writes into the module."""
    import thop

    macs, parameters = thop.profile(copy.deepcopy(module), inputs=inputs, verbose=False)
    return Answer(int(macs), int(parameters))


def ptflops(module: nn.Module, inputs: tuple[Any, ...]) -> Answer:
    """Count by ptflops."""
    import inspect

    torchvision()  # ptflops imports it
    from ptflops import get_model_complexity_info

    names = list(inspect.signature(module.forward).parameters)
    macs, parameters = get_model_complexity_info(
        copy.deepcopy(module),
        (1,),
        as_strings=False,
        print_per_layer_stat=False,
        input_constructor=lambda _: dict(zip(names, inputs, strict=False)),
    )
    if macs is None:
        raise RuntimeError("no numbers")
    return Answer(int(macs), int(parameters))


COUNTERS: dict[str, Counter] = {
    "nnutils": nnutils_count,
    "FlopCounterMode": flop_counter,
    "torchinfo": torchinfo,
    "fvcore": fvcore,
    "thop": thop,
    "ptflops": ptflops,
}
"""Each counter by the name of its library; ``FlopCounterMode`` is torch's."""


def answer(name: str, module: nn.Module, inputs: tuple[Any, ...]) -> Answer:
    """Return what one counter says; whatever it raises becomes the ``error`` of the answer."""
    with _quiet() as said, torch.no_grad():
        try:
            found = COUNTERS[name](module, inputs)
        except Exception as error:
            first = str(error).strip().splitlines()
            return Answer(error=f"{type(error).__name__}: {first[0] if first else ''}"[:200])
    text = said.getvalue()
    doubted = next((line for line in text.splitlines() if _LEFT_OUT.search(line)), "")
    return found if found.warned else Answer(found.macs, found.parameters, doubted[:200])


@contextlib.contextmanager
def _quiet() -> Iterator[io.StringIO]:
    """Keep what is printed, logged or warned; warnings are part of an answer."""
    said = io.StringIO()
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield said
    finally:
        logging.disable(before)


def _batch(inputs: tuple[Any, ...]) -> int:
    return int(inputs[0].shape[0])
