"""A plugin of pytest: `pytest --nbval` compares the notebooks of a book the same way on every machine.

Write ``pytest_plugins = ["nnutils.book.pytest_plugin"]`` into the conftest.py of a book's folder, or start
``pytest -p nnutils.book.pytest_plugin``. nbval executes the notebooks and compares each stored output with
the fresh one, as text; this plugin settles what it compares and in which kernel:

- A picture is compared as SVG, which is text. A bitmap differs from machine to machine and is left out.
- The kernel is that of the environment that runs pytest, whatever the notebook was edited with, unless
  ``--nbval-kernel-name`` names another.
- Settings of matplotlib in the environment are taken away: kernels would inherit them, and draw elsewhere
  than into the notebook, or in somebody's own style.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from nnutils.book.executing import UNSET
from nnutils.core.extras import need

need("nnutils.book.pytest_plugin", "nbval", extra="test")

from nbval.plugin import IPyNbFile  # noqa: E402  (what is not installed is said first)

__all__ = ["NOT_COMPARED", "pytest_collect_file", "pytest_configure"]

NOT_COMPARED = ("image/png", "image/jpeg")
"""Kinds of output that nbval leaves out, whatever its own options are."""


def pytest_configure(config: pytest.Config) -> None:
    """Settle the kernel and its environment; called by pytest, in each of its processes."""
    for variable in UNSET:
        os.environ.pop(variable, None)
    if not config.option.nbval_kernel_name:
        config.option.nbval_current_env = True


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Settle what is compared in each notebook that nbval collects; called by pytest."""
    collected = yield
    for file in collected:
        if isinstance(file, IPyNbFile):
            file.skip_compare = tuple(dict.fromkeys((*file.skip_compare, *NOT_COMPARED)))
    return collected
