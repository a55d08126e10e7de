"""Kernels copied from a prepared process: as good as new ones, each by itself, and ended when they should be."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, start_new_kernel

from nnutils.book.kernels import ready
from nnutils.book.kernels.ready import PreparedKernel, end_prepared, prepared_kernels
from nnutils.book.pytest_plugin import SETTINGS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no kernel is a copy"),
]

PATIENCE = 60


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


class Kernel:
    """A kernel that runs, and what it answers."""

    def __init__(self, **options: Any) -> None:
        options = {"stderr": subprocess.DEVNULL, "cwd": os.getcwd()} | options
        with contextlib.ExitStack() as stack:
            if options["stderr"] == subprocess.DEVNULL:
                options["stderr"] = stack.enter_context(open(os.devnull, "wb"))
            self.manager, self.client = start_new_kernel(
                kernel_name=CURRENT_ENV_KERNEL_NAME,
                extra_arguments=["--log-level=50"],
                **options,
            )

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
        reply = self.client.execute(code, reply=True, timeout=PATIENCE, store_history=False)
        return str(reply["content"].get("ename", ""))


@contextlib.contextmanager
def kernel(*, prepared: bool = True, **options: Any) -> Iterator[Kernel]:
    with prepared_kernels() if prepared else contextlib.nullcontext():
        started = Kernel(**options)
    try:
        assert isinstance(started.process, PreparedKernel) == prepared
        yield started
    finally:
        started.client.stop_channels()
        started.manager.shutdown_kernel(now=True)


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
    "os.getcwd(), torch.initial_seed(), str(torch.get_default_dtype()), numpy.geterr(), len(warnings.filters), "
    "gc.get_threshold(), random.random() == random.Random(1).random()]"
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
    "torch": "[torch.get_num_threads(), torch.initial_seed(), str(torch.get_default_dtype())]",
    "numpy": "[numpy.geterr(), numpy.get_printoptions()['precision'], numpy.random.get_state()[0]]",
    "matplotlib": "[matplotlib.get_backend(), sorted((n, str(v)) for n, v in matplotlib.rcParams.items())]",
    "its displays": "sorted(map(str, get_ipython().display_formatter.formatters['image/svg+xml'].type_printers))",
    "events": "sorted((n, [f.__name__ for f in c]) for n, c in get_ipython().events.callbacks.items())",
    "loggers": "[logging.getLogger().level, len(logging.getLogger().handlers)]",
}
IMPORTS = (
    "import gc, logging, os, signal, sys, threading, tracemalloc\n"
    "import matplotlib, numpy, sympy, torch\n"
    "from nnutils import drawing\ndrawing.use_style()\nimport matplotlib.pyplot"
)


def test_a_copy_is_like_a_kernel_that_imported_all_by_itself(tmp_path: Path) -> None:
    with kernel(cwd=str(tmp_path)) as copied, kernel(prepared=False, cwd=str(tmp_path)) as cold:
        assert copied.asked("'sympy' in __import__('sys').modules")  # it is prepared, and the other is not
        assert not cold.asked("'sympy' in __import__('sys').modules")
        for one in (copied, cold):
            assert not one.run(IMPORTS)
        for name, expression in FACTS.items():
            assert copied.asked(expression) == cold.asked(expression), name


def test_chance_is_drawn_anew_in_each() -> None:
    draw = "[__import__('random').random(), float(__import__('numpy').random.rand()), hash('a')]"
    with kernel() as first, kernel() as second:
        one, other = first.asked(draw), second.asked(draw)
    assert one[0] != other[0] and one[1] != other[1]
    assert one[2] == other[2]  # known: the order of a set is the same in copies of one process


def test_a_name_that_a_notebook_did_not_import_is_not_there() -> None:
    with kernel() as one:
        assert one.run("numpy.zeros(1)") == "NameError"
        assert one.run("1 / 0") == "ZeroDivisionError"


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
from book.kernels.test_ready import Kernel, prepared_kernels
with prepared_kernels():
    one = Kernel()
print(one.asked("os.getppid()" if not one.run("import os") else ""), one.process.pid, flush=True)
{after}
"""


@pytest.mark.parametrize("after", ["time.sleep(600)", "os._exit(0)", ""], ids=["killed", "gone", "ended"])
def test_nothing_stays_behind_however_the_test_run_ends(after: str) -> None:
    tests = str(Path(__file__).parents[2])
    code = WORKER.format(tests=tests, after=after)
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
            beside.client.stop_channels()
            beside.manager.shutdown_kernel(now=True)
    with kernel() as other:
        assert not other.run("import os")
        assert other.asked("[os.getppid(), os.environ['NNUTILS_PREVIEWS']]") == [
            other.asked("os.getppid()"),
            "on",
        ]
        assert other.asked("os.getppid()") != prepared and is_gone(prepared)


@pytest.mark.parametrize("why", ["system", "stream", "option", "python", "module"])
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
    else:
        command[2] = "bash_kernel"
    assert ready._started(command, env={}, **options) is None
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
    (tmp_path / "sympy.py").write_text(module)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", ""))))
    with (
        pytest.warns(UserWarning, match="A kernel is started without preparation") as said,
        prepared_kernels(),
    ):
        one = Kernel()
    assert says in str(said[0].message)
    assert isinstance(one.process, subprocess.Popen) and one.asked("1 + 1") == 2
    one.client.stop_channels()
    one.manager.shutdown_kernel(now=True)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="nowhere"), prepared_kernels(), pytest.raises(FileNotFoundError):
        Kernel(cwd=str(tmp_path / "nowhere"))
    with kernel() as one:  # and the process stands ready for others
        assert one.asked("1 + 1") == 2


def test_outside_of_the_block_kernels_are_cold_again() -> None:
    with kernel(), kernel(prepared=False) as cold:
        assert isinstance(cold.process, subprocess.Popen)
