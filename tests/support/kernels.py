"""Kernels for the tests of how they are started: prepared or cold, and what they answer."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nbval.kernel import CURRENT_ENV_KERNEL_NAME, start_new_kernel

from nnutils.book.kernels.ready import PreparedKernel, prepared_kernels

PATIENCE = 60


class Kernel:
    """A kernel that runs, and what it answers."""

    def __init__(self, **options: Any) -> None:
        self._nowhere = open(os.devnull, "wb")  # also for a restart
        self.manager, self.client = start_new_kernel(
            kernel_name=CURRENT_ENV_KERNEL_NAME,
            extra_arguments=["--log-level=50"],
            **{"stderr": self._nowhere, "cwd": os.getcwd()} | options,
        )

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self._nowhere.close()

    @property
    def process(self) -> Any:
        return self.manager.provisioner.process

    def asked(self, expression: str) -> Any:
        """The value of an expression, which JSON can hold, in the kernel."""
        reply = self.client.execute(
            "",
            user_expressions={"it": f"__import__('json').dumps({expression})"},
            reply=True,
            timeout=PATIENCE,
        )
        answer = reply["content"]["user_expressions"]["it"]
        assert answer["status"] == "ok", answer
        return json.loads(eval(answer["data"]["text/plain"]))

    def run(self, code: str) -> str:
        """Run code; return the name of the error, or nothing."""
        reply = self.client.execute(code, reply=True, timeout=PATIENCE, stop_on_error=False)
        return str(reply["content"].get("ename", ""))


@contextlib.contextmanager
def kernel(*, prepared: bool = True, **options: Any) -> Iterator[Kernel]:
    with prepared_kernels() if prepared else contextlib.nullcontext():
        started = Kernel(**options)
    try:
        assert isinstance(started.process, PreparedKernel) == prepared
        yield started
    finally:
        started.stop()


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold while one is ready to wait for it."""
    limit = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def is_gone(process: int) -> bool:
    """Whether a process runs no more; one that nobody has asked about yet still has a number."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True
