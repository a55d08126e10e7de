"""A clear message where an optional library of this project is not installed."""

from __future__ import annotations

import importlib

__all__ = ["need"]


def need(package: str, *libraries: str, extra: str) -> None:
    """Import the libraries without which ``package`` does not work, or say how to install them.

    Raises:
        ImportError: if a library is not installed; an error inside an installed library is passed on.

    >>> need("nnutils.drawing", "no_such_library", extra="drawing")
    Traceback (most recent call last):
    ImportError: nnutils.drawing needs no_such_library, which is not installed.
      Install it: pip install "nnutils[drawing]"
    """
    for library in libraries:
        try:
            importlib.import_module(library)
        except ModuleNotFoundError as error:
            # A library that is installed may miss another one: that error says more than ours would.
            if error.name != library:
                raise
            raise ImportError(
                f"{package} needs {library}, which is not installed.\n"
                f'  Install it: pip install "nnutils[{extra}]"',
                name=library,
            ) from None
