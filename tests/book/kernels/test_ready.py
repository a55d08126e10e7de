"""Kernels copied from a prepared process: started, interrupted, known to have died, and ended in time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.kernels import PATIENCE, Kernel, is_gone, kernel, soon

from nnutils.book.kernels import ready
from nnutils.book.kernels.ready import PreparedKernel, end_prepared, prepared_kernels
from nnutils.book.pytest_plugin import SETTINGS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no kernel is a copy"),
]

FEW = ("ipykernel.kernelapp", "wave")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the libraries start no threads, as the plugin does, and import few: here others do not matter."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(ready, "LIBRARIES", FEW)


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    """Leave no process behind."""
    yield
    end_prepared()


def test_it_is_interrupted_and_goes_on() -> None:
    with kernel() as one:
        message = one.client.execute("import time\nprint('begun', flush=True)\ntime.sleep(600)")
        while one.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
            pass
        one.manager.interrupt_kernel()
        reply = one.client._recv_reply(message, timeout=PATIENCE)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert one.manager.is_alive() and one.asked("1 + 1") == 2


@pytest.mark.parametrize(
    ("code", "status"), [("os._exit(7)", 7), ("os.kill(os.getpid(), 9)", -9), ("os.abort()", -6)]
)
def test_how_it_died_is_known(code: str, status: int) -> None:
    with kernel() as one:
        assert one.manager.is_alive() and one.process.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            one.process.wait(0)
        process = one.process
        one.client.execute(f"import os; {code}")
        assert process.wait(PATIENCE) == status
        assert not one.manager.is_alive()
        process.kill()  # which nobody is there to hear


def test_it_is_told_to_end_and_started_again() -> None:
    with kernel() as one:
        first = one.process.pid
        one.manager.restart_kernel(now=True)
        one.client.wait_for_ready(timeout=PATIENCE)
        assert is_gone(first) and isinstance(one.process, PreparedKernel)
        assert one.asked("1 + 1") == 2
        process = one.process
        process.terminate()
        assert process.wait(PATIENCE) is not None


WORKER = """
import os, sys, time
sys.path.insert(0, {tests!r})
from support.kernels import Kernel, prepared_kernels
from nnutils.book.kernels import ready
ready.LIBRARIES = {few!r}
with prepared_kernels():
    one = Kernel()
print(one.asked("os.getppid()" if not one.run("import os") else ""), one.process.pid, flush=True)
{after}
"""


@pytest.mark.parametrize("after", ["time.sleep(600)", "os._exit(0)", ""], ids=["killed", "gone", "ended"])
def test_nothing_stays_behind_however_the_test_run_ends(after: str) -> None:
    tests = str(Path(__file__).parents[2])
    code = WORKER.format(tests=tests, few=FEW, after=after)
    worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    processes = [int(number) for number in worker.stdout.readline().split()]
    assert len(processes) == 2
    if "sleep" in after:
        assert not any(map(is_gone, processes))
        worker.kill()
    worker.communicate(timeout=PATIENCE)
    assert soon(lambda: all(map(is_gone, processes)))


def test_kernels_end_with_the_prepared_process_and_the_next_has_another() -> None:
    with kernel() as one:
        assert not one.run("import os")
        prepared = one.asked("os.getppid()")
        os.kill(prepared, signal.SIGKILL)
        assert soon(lambda: is_gone(one.process.pid)) if one.process else True
        assert not one.manager.is_alive()
    with kernel() as another:
        assert not another.run("import os")
        assert another.asked("os.getppid()") != prepared


def test_another_environment_has_another_process_when_the_first_has_nothing_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with kernel() as one:
        assert not one.run("import os")
        prepared = one.asked("os.getppid()")
        monkeypatch.setenv("NNUTILS_PREVIEWS", "on")
        with kernel(prepared=False), prepared_kernels():
            beside = Kernel()
            assert isinstance(beside.process, subprocess.Popen)  # the first is at work
            beside.stop()
    with kernel() as other:
        assert not other.run("import os")
        assert other.asked("[os.getppid(), os.environ['NNUTILS_PREVIEWS']]") == [
            other.asked("os.getppid()"),
            "on",
        ]
        assert other.asked("os.getppid()") != prepared and is_gone(prepared)


@pytest.mark.parametrize("why", ["system", "stream", "option", "python", "module", "path"])
def test_what_a_copy_cannot_be_is_started_as_ever(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options: dict[str, Any] = {"stderr": 2, "stdout": None}
    command = [sys.executable, "-m", ready.LAUNCHER, "-f", "file"]
    if why == "system":
        monkeypatch.setattr(sys, "platform", "darwin")
    elif why == "stream":
        options["stderr"] = subprocess.PIPE
    elif why == "option":
        options["independent"] = True
    elif why == "python":
        command[0] = "/usr/bin/other"
    elif why == "module":
        command[2] = "bash_kernel"
    env = {"PYTHONPATH": f"{os.getcwd()}{os.pathsep}"} if why == "path" else {}
    assert ready._started(command, env=env, **options) is None
    assert ready._command([sys.executable, "-Xdev", "-m", ready.LAUNCHER, "-f", "file"]) == (
        [sys.executable, "-Xdev"],
        ["-f", "file"],
    )


@pytest.mark.parametrize(
    ("module", "says"),
    [
        ("raise RuntimeError('broken')", "the prepared process ended: RuntimeError: broken"),
        (
            "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
            "2 threads run",
        ),
    ],
)
def test_where_none_can_be_prepared_a_warning_says_why_and_the_kernel_is_cold(
    module: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wave.py").write_text(module)
    others = filter(None, [os.environ.get("PYTHONPATH")])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), *others)))
    with (
        pytest.warns(UserWarning, match="A kernel is started without preparation") as said,
        prepared_kernels(),
    ):
        one = Kernel()
    assert says in str(said[0].message)
    assert isinstance(one.process, subprocess.Popen) and one.asked("1 + 1") == 2
    one.stop()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="nowhere"), prepared_kernels(), pytest.raises(FileNotFoundError):
        Kernel(cwd=str(tmp_path / "nowhere"))
    with kernel() as one:  # and the process stands ready for others
        assert one.asked("1 + 1") == 2


def test_outside_of_the_block_kernels_are_cold_again() -> None:
    with kernel(), kernel(prepared=False) as cold:
        assert isinstance(cold.process, subprocess.Popen)
