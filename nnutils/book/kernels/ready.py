"""A prepared process that stands ready, and the kernels that are copied from it.

Inside ``with prepared_kernels():`` jupyter_client starts kernels so, whoever asks it for one. What cannot be
had from a copy is started as ever: another Python or another kind of kernel, options that a copy cannot have,
a system other than Linux (macOS has a ``fork`` that its own libraries do not survive). Where a copy should
have been possible and was not, a warning says why.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from nnutils.book.kernels.preparing import LAUNCHER, receive, send

__all__ = [
    "LIBRARIES",
    "NotPreparedError",
    "PreparedKernel",
    "PreparedProcess",
    "PreparedProvisioner",
    "end_prepared",
    "prepared_kernels",
]

LIBRARIES = (
    "ipykernel.kernelapp",
    "numpy",
    "torch",
    "torch._dynamo",  # which torch imports by itself where the operators of a module are recorded
    "torch.fx.experimental.symbolic_shapes",  # and this where shapes are computed without numbers
    "sympy",
    "yaml",
    "nnutils.audit",
    "nnutils.autodiff",
    "nnutils.book",
    "nnutils.drawing",
    "nnutils.networks",
    "nnutils.numerics",
    "nnutils.torch_bridge",
)
"""What is imported, where it is installed. Not pyplot, which asks at import which IPython is running."""

_NAME = "nnutils-prepared"
"""What jupyter_client knows the provisioner by."""

_OF_ONE_KERNEL = ("JPY_PARENT_PID", "JPY_SESSION_NAME", "PYTEST_CURRENT_TEST")
"""Variables that differ from kernel to kernel; no library reads them when it is imported."""

_INLINE = "module://matplotlib_inline.backend_inline"
"""The backend that a kernel puts into its environment by itself; matplotlib reads it when it is imported."""

# The first is for ipykernel, which reads it at import. Kernels look for no modules in the folder of the run.
_START = """import os, sys
os.environ["JPY_PARENT_PID"] = str(os.getpid())
sys.path[:] = filter(None, sys.path)
from nnutils.book.kernels.preparing import main
main({}, {})"""

_PATIENCE = 120
"""Seconds that the libraries may take to be imported, or a kernel to be started."""


class NotPreparedError(RuntimeError):
    """A kernel could not be had from a prepared process; the message says why."""


class PreparedProcess:
    """A process that has imported the libraries under one environment; ``preparing`` is what it runs."""

    def __init__(self, python: list[str], environment: Mapping[str, str]) -> None:
        """Start it: ``python`` is the interpreter with its options.

        Raises:
            NotPreparedError: if it does not come to stand ready; its last words are in the message.
        """
        self._lock = threading.Lock()
        self._kernels: dict[int, int | None] = {}  # and how each ended
        self._connection, other = socket.socketpair()
        self._connection.settimeout(_PATIENCE)
        with other, tempfile.TemporaryFile() as words:
            self._process = subprocess.Popen(
                [*python, "-c", _START.format(other.fileno(), LIBRARIES)],
                env={"MPLBACKEND": _INLINE, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=words,
                pass_fds=[other.fileno()],
                start_new_session=True,
            )
            other.close()
            try:
                self._answer()
            except NotPreparedError as error:
                self.end()
                words.seek(0)
                said = words.read().decode(errors="replace").strip().splitlines()
                raise NotPreparedError(": ".join([str(error), *said[-1:]])) from None

    def start(
        self, arguments: list[str], folder: str, environment: Mapping[str, str], streams: list[int]
    ) -> int:
        """Start a kernel; return its process, which leads a session of its own.

        Raises:
            NotPreparedError: if there is none.
        """
        asked = {"arguments": arguments, "folder": folder, "environment": dict(environment)}
        kernel = int(self._ask(asked, streams)["kernel"])
        self._kernels[kernel] = None
        return kernel

    def poll(self, kernel: int) -> int | None:
        """Return how a kernel ended, as ``subprocess`` numbers it, or None while it runs."""
        if self._kernels[kernel] is None:
            try:
                self._kernels[kernel] = self._ask({"poll": kernel})["status"]
            except NotPreparedError:  # the kernels end with this process
                self._kernels[kernel] = -signal.SIGKILL
        return self._kernels[kernel]

    @property
    def is_alive(self) -> bool:
        """Whether the process can still be asked."""
        return self._process.poll() is None

    @property
    def is_busy(self) -> bool:
        """Whether one of its kernels runs."""
        return any(self.poll(kernel) is None for kernel in self._kernels)

    def end(self) -> None:
        """End the process, and its kernels with it."""
        self._connection.close()
        self._process.wait()

    def _ask(self, message: dict[str, Any], streams: list[int] | None = None) -> dict[str, Any]:
        with self._lock:
            try:
                send(self._connection, message, streams)
            except OSError as error:
                raise NotPreparedError(f"the prepared process is gone: {error}") from error
            return self._answer()

    def _answer(self) -> dict[str, Any]:
        try:
            answer, _ = receive(self._connection)
        except OSError as error:
            raise NotPreparedError(f"the prepared process does not answer: {error}") from error
        if answer is None:
            raise NotPreparedError("the prepared process ended")
        if "refused" in answer:
            raise NotPreparedError(answer["refused"])
        return answer


class PreparedKernel:
    """A kernel that was copied from a prepared process, as ``subprocess.Popen`` shows one that it started."""

    stdin = stdout = stderr = None

    def __init__(self, process: PreparedProcess, pid: int) -> None:
        """Take charge of a kernel that runs."""
        self._process = process
        self.pid = pid

    def poll(self) -> int | None:
        """Return how it ended, or None while it runs."""
        return self._process.poll(self.pid)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; return how it ended.

        Raises:
            subprocess.TimeoutExpired: if it runs longer than ``timeout`` seconds.
        """
        limit = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if limit is not None and time.monotonic() > limit:
                raise subprocess.TimeoutExpired(LAUNCHER, timeout or 0)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class PreparedProvisioner(LocalProvisioner):
    """How jupyter_client starts a kernel as a copy; all else is what it does with a process of its own."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that was asked for, as a copy where that is possible."""
        try:
            kernel = _started(cmd, **kwargs)
        except NotPreparedError as error:
            warnings.warn(f"A kernel is started without preparation: {error}", stacklevel=2)
            kernel = None
        if kernel is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]  # which asks nothing else of it
        self.pid = self.pgid = kernel.pid
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info


def _started(
    cmd: list[str],
    env: Mapping[str, str],
    cwd: str | None = None,
    stdin: object = None,
    stdout: object = None,
    stderr: object = None,
    **others: object,
) -> PreparedKernel | None:
    """Start a kernel as a copy; return None where that is not possible."""
    python, arguments = _command(cmd)
    streams = [_number(stream, own) for own, stream in enumerate((stdin, stdout, stderr))]
    if sys.platform != "linux" or not python or any(others.values()) or min(streams) < 0:
        return None
    if any(not os.path.isabs(folder) for folder in (env.get("PYTHONPATH") or os.sep).split(os.pathsep)):
        return (
            None  # what is relative, as the nothing behind a last colon, is meant from the notebook's folder
        )
    with contextlib.ExitStack() as stack:
        if stdin is None:
            streams[0] = stack.enter_context(open(os.devnull, "rb")).fileno()
        process = _standing(python, env)
        if process is None:
            return None
        return PreparedKernel(process, process.start(arguments, str(cwd or os.getcwd()), env, streams))


def _command(cmd: list[str]) -> tuple[list[str], list[str]]:
    """Return the interpreter with its options, and the arguments of the kernel; nothing for another kind."""
    if cmd[0] != sys.executable or "-m" not in cmd or cmd[cmd.index("-m") + 1 :][:1] != [LAUNCHER]:
        return [], []
    return cmd[: cmd.index("-m")], cmd[cmd.index("-m") + 2 :]


def _number(stream: object, own: int) -> int:
    """Return the number of an open file, for None this process's own; negative for what is to be made."""
    if stream is None:
        return own
    return stream if isinstance(stream, int) else int(stream.fileno())  # type: ignore[attr-defined]


_processes: dict[str, PreparedProcess] = {}
"""The prepared process of this one, by what its libraries saw when they were imported: one, or none."""

_failed: set[str] = set()
"""What no process could be prepared under: it is said once."""


def _standing(python: list[str], environment: Mapping[str, str]) -> PreparedProcess | None:
    """Return the prepared process for an environment; None while one for another environment is at work."""
    seen = {name: value for name, value in environment.items() if name not in _OF_ONE_KERNEL}
    key = json.dumps([python, LIBRARIES, sorted(seen.items())])
    process = _processes.get(key)
    if process is not None and process.is_alive:
        return process
    if key in _failed or any(other.is_alive and other.is_busy for other in _processes.values()):
        return None
    end_prepared()
    try:
        _processes[key] = PreparedProcess(python, seen)
    except NotPreparedError:
        _failed.add(key)
        raise
    return _processes[key]


def end_prepared() -> None:
    """End the prepared process, if there is one, and its kernels with it."""
    while _processes:
        _processes.popitem()[1].end()


@contextlib.contextmanager
def prepared_kernels() -> Iterator[None]:
    """Have jupyter_client start kernels as copies of a prepared process, which goes on to stand ready.

    A kernel that is started meanwhile stays what it is, and is restarted in the same way. ``end_prepared``
    ends the process.
    """
    factory = KernelProvisionerFactory.instance()
    target = f"{PreparedProvisioner.__module__}:{PreparedProvisioner.__name__}"
    factory.provisioners[_NAME] = EntryPoint(_NAME, target, factory.GROUP_NAME)
    before, factory.default_provisioner_name = factory.default_provisioner_name, _NAME
    try:
        yield
    finally:
        factory.default_provisioner_name = before
