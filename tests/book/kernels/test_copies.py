"""A kernel that is a copy is like one that imported all by itself, and like no other copy."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.kernels import kernel

from nnutils.book.kernels.ready import end_prepared
from nnutils.book.pytest_plugin import SETTINGS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no kernel is a copy"),
]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the libraries start no threads, as the plugin does."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    """Leave no process behind."""
    yield
    end_prepared()


LEFT_BEHIND = """
import gc, math, os, random, warnings, matplotlib, nnutils, numpy, torch
math.pi = 3
nnutils.left = 1
matplotlib.rcParams["lines.linewidth"] = 99
os.environ["LEFT"] = "1"
os.chdir("/")
random.seed(1)
torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
numpy.seterr(all="ignore")
warnings.simplefilter("error")
gc.set_threshold(1)
"""
STATE = (
    "[math.pi, hasattr(nnutils, 'left'), matplotlib.rcParams['lines.linewidth'], os.environ.get('LEFT'), "
    "os.getcwd(), torch.initial_seed() == 1, str(torch.get_default_dtype()), numpy.geterr(), "
    "len(warnings.filters), gc.get_threshold(), random.random() == random.Random(1).random()]"
)


def test_nothing_that_one_notebook_changes_reaches_the_next() -> None:
    modules = "import gc, math, os, random, warnings, matplotlib, nnutils, numpy, torch"
    with kernel() as first, kernel() as second:
        for one in (first, second):
            assert not one.run(modules)
        before = first.asked(STATE)
        assert not first.run(LEFT_BEHIND)
        after = first.asked(STATE)
        assert all(one != other for one, other in zip(before, after, strict=True))
        assert second.asked(STATE)[:-1] == before[:-1] and not second.asked(STATE)[-1]
    with kernel() as third:
        third.run(modules)
        assert third.asked(STATE) == before


FACTS = {
    "arguments": "[a for a in sys.argv if not a.endswith('.json')]",
    "search path": "sys.path",
    "folder": "os.getcwd()",
    "environment": "sorted((n, v) for n, v in os.environ.items() if n not in ('JPY_PARENT_PID',))",
    "own session and group": "[os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid()]",
    "streams": "[type(s).__name__ for s in (sys.stdin, sys.stdout, sys.stderr)]",
    "open files": "[os.path.realpath(f'/proc/self/fd/{n}') for n in (1, 2)]",
    "main module": "[__name__, sys.modules['__main__'].__dict__ is globals()]",
    "names": "sorted(n for n in globals() if not n.startswith('_'))",
    "kinds of threads": "sorted({type(t).__name__ for t in threading.enumerate()})",
    "signals": "[str(signal.getsignal(n)) for n in (2, 15, 17)]",
    "limits": "[sys.getrecursionlimit(), gc.isenabled(), gc.get_threshold(), tracemalloc.is_tracing()]",
    "flags": "str(sys.flags)",
    "torch": "[torch.get_num_threads(), torch.get_num_interop_threads(), str(torch.get_default_dtype())]",
    "numpy": "[numpy.geterr(), numpy.get_printoptions()['precision'], numpy.random.get_state()[0]]",
    "matplotlib": "[matplotlib.get_backend(), sorted((n, str(v)) for n, v in matplotlib.rcParams.items())]",
    "displays": "sorted(map(str, get_ipython().display_formatter.formatters['image/png'].type_printers))",
    "events": "sorted((n, [f.__name__ for f in c]) for n, c in get_ipython().events.callbacks.items())",
    "loggers": "[logging.getLogger().level, len(logging.getLogger().handlers)]",
}
IMPORTS = (
    "import gc, logging, os, signal, sys, threading, tracemalloc\n"
    "import matplotlib, numpy, sympy, torch\n"
    "from nnutils import drawing\ndrawing.use_style()\nimport matplotlib.pyplot"
)


def test_a_copy_is_like_a_kernel_that_imported_all_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a folder that is on the path by itself stays there when it is a notebook's, too
    others = filter(None, [os.environ.get("PYTHONPATH")])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), *others)))
    with kernel(cwd=str(tmp_path)) as copied, kernel(prepared=False, cwd=str(tmp_path)) as cold:
        assert copied.asked("'sympy' in __import__('sys').modules")  # it is prepared, and the other is not
        assert not cold.asked("'sympy' in __import__('sys').modules")
        for one in (copied, cold):
            assert not one.run(IMPORTS)
        facts = [
            {name: one.asked(expression) for name, expression in FACTS.items()} for one in (copied, cold)
        ]
    assert facts[0] == facts[1]


DRAWN = (
    "[random.random(), float(numpy.random.rand()), torch.initial_seed(), float(torch.rand(1)), "
    "sympy.core.random.rng.random(), hash('a')]"
)


def test_chance_is_drawn_anew_in_each() -> None:
    with kernel() as first, kernel() as second:
        for one in (first, second):
            assert not one.run("import random, numpy, sympy, torch")
        *drawn, text = first.asked(DRAWN)
        *others, same = second.asked(DRAWN)
    assert all(one != other for one, other in zip(drawn, others, strict=True))
    assert text == same  # known: the order of a set is the same in all copies of a process


def test_a_name_that_a_notebook_did_not_import_is_not_there() -> None:
    with kernel() as one:
        assert one.asked("'numpy' in __import__('sys').modules")
        assert one.run("numpy.zeros(1)") == "NameError"
        assert one.run("1 / 0") == "ZeroDivisionError"
