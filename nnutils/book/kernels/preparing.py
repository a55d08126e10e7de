"""The process that imports what lessons import, once, and is copied for the kernel of each notebook.

``ready.py`` starts it. It opens no socket but the one it is asked through, makes no context of ZeroMQ, starts
no thread and computes nothing with torch. So a copy of it, which ``os.fork`` makes, is a process that has the
libraries loaded and nothing else. The copy gets the folder, the environment and the streams that were asked
for, and becomes a kernel by running ``ipykernel_launcher``, as any other does.

It ends when nobody can ask any more, however that came about, and ends its kernels with it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from operator import attrgetter
from typing import Any

__all__ = ["LAUNCHER", "main", "receive", "send"]

LAUNCHER = "ipykernel_launcher"
"""The module that every Python kernel runs."""

_CHANCE = {"numpy": "random.seed", "torch": "default_generator.seed", "sympy.core.random": "rng.seed"}
"""What draws a seed when it is imported, and how it draws another; Python does so in a copy by itself."""

_STREAMS = 3
_ENOUGH = 65536


def send(connection: socket.socket, message: dict[str, Any], streams: list[int] | None = None) -> None:
    """Send a message as a line of JSON, and with it open files by their numbers."""
    line = json.dumps(message).encode() + b"\n"
    sent = socket.send_fds(connection, [line], streams or [])
    connection.sendall(line[sent:])


def receive(connection: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Return the next message and the files that came with it; None where the other end is closed."""
    line, streams, _, _ = socket.recv_fds(connection, _ENOUGH, _STREAMS)
    while line and not line.endswith(b"\n"):
        more = connection.recv(_ENOUGH)
        line = line + more if more else b""
    return (json.loads(line) if line else None), streams


def main(number: int, libraries: Sequence[str]) -> None:
    """Import those libraries that are installed, then start kernels for whoever holds the other end."""
    connection = socket.socket(fileno=number)
    gc.disable()  # what is imported stays: to look through it again and again is a fifth of the time
    for name in libraries:
        if find_spec(name.partition(".")[0]) is not None:
            with contextlib.suppress(ImportError):  # for a package of nnutils whose libraries are not there
                importlib.import_module(name)
    gc.freeze()
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        send(connection, {"refused": f"{threads} threads run once the libraries are imported"})
        return
    send(connection, {"ready": True})
    arguments = _serve(connection)
    if arguments is not None:
        sys.argv = [str(find_spec(LAUNCHER).origin), *arguments]  # type: ignore[union-attr]
        sys.path.insert(0, os.getcwd())  # as Python does for -m; the launcher takes it away
        runpy.run_module(LAUNCHER, run_name="__main__", alter_sys=True)


def _serve(connection: socket.socket) -> list[str] | None:
    """Answer until the other end is closed. In a copy of this process: return the kernel's arguments."""
    kernels: set[int] = set()
    while True:
        message, streams = receive(connection)
        if message is None:
            for kernel in kernels:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(kernel, signal.SIGKILL)
                os.waitpid(kernel, 0)
            return None
        if "poll" in message:
            kernel, status = os.waitpid(message["poll"], os.WNOHANG)
            kernels.discard(kernel)
            send(connection, {"status": os.waitstatus_to_exitcode(status) if kernel else None})
            continue
        kernel = os.fork()
        if kernel == 0:  # the copy answers, when it is what was asked for
            try:
                _become(message, streams)
            except OSError as error:
                send(connection, {"refused": str(error)})
                raise
            send(connection, {"kernel": os.getpid()})
            connection.close()
            return list(message["arguments"])
        kernels.add(kernel)
        for stream in streams:
            os.close(stream)


def _become(asked: dict[str, Any], streams: list[int]) -> None:
    """Make this copy what a new process would be: a session, streams, folder, environment, chance."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(asked["folder"])
    parent = os.environ["JPY_PARENT_PID"]
    os.environ.clear()
    os.environ.update(asked["environment"], JPY_PARENT_PID=parent)
    for module, seed in _CHANCE.items():
        if module in sys.modules:
            attrgetter(seed)(sys.modules[module])()
    gc.enable()
