"""A plugin of pytest: `pytest --nbval` compares the notebooks of a book the same way on every machine.

Write ``pytest_plugins = ["nnutils.book.pytest_plugin"]`` into the conftest.py of a book's folder, or start
``pytest -p nnutils.book.pytest_plugin``. nbval executes the notebooks and compares each stored output with
the fresh one, as text; this plugin settles what it compares and in which kernel:

- A picture is compared as SVG, which is text. A bitmap differs from machine to machine and is left out.
- The kernel is that of the environment that runs pytest, whatever the notebook was edited with, unless
  ``--nbval-kernel-name`` names another.
- The PNG beside a picture, which is not compared, is not drawn. A kernel computes on one processor, since
  pytest-xdist runs one on each.
- The kernel is a copy of a process that has imported the libraries once (``nnutils.book.kernels``), where the
  system can do that. With ``--cold-kernels`` each imports all by itself, as outside of a test run.
- Settings of matplotlib in the environment are taken away: kernels would inherit them, and draw elsewhere
  than into the notebook, or in somebody's own style.
- A module without an example in a docstring is not imported to look for one. Each process of a run would do
  that with ``--doctest-modules``, and the audits of a book import torch and SymPy.

With ``--shard 2/4`` a full run is the second of four parts that take about the same time, and no notebook is
divided: pytest-split goes by how long each test took in the last full run, or by their number without one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

from nnutils.book.executing import UNSET
from nnutils.book.runs.recording import OUTPUTS, Recorder, is_full_run
from nnutils.book.runs.shards import DURATIONS, Shard
from nnutils.core.errors import BookError
from nnutils.core.extras import need

need("nnutils.book.pytest_plugin", "nbval", extra="test")

from nbval.plugin import IPyNbCell, IPyNbFile  # noqa: E402  (what is not installed is said first)

from nnutils.book.kernels.ready import end_prepared, prepared_kernels  # noqa: E402

__all__ = [
    "NOT_COMPARED",
    "SETTINGS",
    "pytest_addoption",
    "pytest_cmdline_main",
    "pytest_collect_file",
    "pytest_configure",
    "pytest_itemcollected",
    "pytest_runtest_setup",
    "pytest_unconfigure",
]

NOT_COMPARED = ("image/png", "image/jpeg")
"""Kinds of output that nbval leaves out, whatever its own options are."""

SETTINGS = {"NNUTILS_PREVIEWS": "off", "OMP_NUM_THREADS": "1"}
"""What the environment of a kernel says and no other test sees, for nnutils.drawing, NumPy and torch."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare ``--shard`` and ``--cold-kernels``; called by pytest."""
    parser.addoption("--shard", metavar="N/M", help="run the N-th of M parts that take about the same time")
    parser.addoption(
        "--cold-kernels", action="store_true", help="have the kernel of each notebook import all by itself"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Have pytest-split choose the tests of a shard; called by pytest before anything is collected."""
    if config.option.shard is None:
        return
    try:
        shard = Shard.parse(config.option.shard)
        need("pytest --shard", "pytest_split", extra="test")
    except (BookError, ImportError) as error:
        raise pytest.UsageError(str(error)) from error
    config.option.splits, config.option.group = shard.of, shard.number
    config.option.durations_path = str(config.rootpath / DURATIONS)


def pytest_configure(config: pytest.Config) -> None:
    """Settle the kernel and its environment; called by pytest, in each of its processes."""
    for variable in UNSET:
        os.environ.pop(variable, None)
    if not config.option.nbval_kernel_name:
        config.option.nbval_current_env = True
    # the processes of pytest-xdist report to the first one, which counts
    if not hasattr(config, "workerinput") and is_full_run(config):
        shard = Shard.parse(config.option.shard) if config.option.shard else None
        config.pluginmanager.register(Recorder(config.rootpath, shard), "nnutils-record-of-the-run")


def pytest_unconfigure() -> None:
    """End the process that kernels were copied from; called by pytest, in each of its processes."""
    end_prepared()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Note how many outputs of a cell are compared; called by pytest."""
    if isinstance(item, IPyNbCell) and item.options.get("check") and not item.options.get("skip"):
        item.user_properties.append((OUTPUTS, len(item.cell.get("outputs", ()))))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Start the kernel of a notebook, which its first cell does, under our settings; called by pytest."""
    if not isinstance(item, IPyNbCell):
        return (yield)
    before = {name: os.environ.get(name) for name in SETTINGS}
    os.environ.update(SETTINGS)
    cold = item.config.option.cold_kernels
    try:
        with contextlib.nullcontext() if cold else prepared_kernels():
            return (yield)
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Settle what is compared in each notebook, and leave out modules without examples; called by pytest."""
    collected = yield
    for file in collected:
        if isinstance(file, IPyNbFile):
            file.skip_compare = tuple(dict.fromkeys((*file.skip_compare, *NOT_COMPARED)))
    return [
        one for one in collected if not isinstance(one, DoctestModule) or b">>>" in file_path.read_bytes()
    ]
