"""Make the project's environment fit for use, or say why that cannot be done.

Usage: python3 tools/environment.py [--versioned] [--where]

Makes .venv, or, with --versioned, .venv-X.Y for the Python X.Y that runs this: so one can test with another
Python and keep the usual environment. With --where, prints the path of that environment's Python, and does
nothing else.

Does nothing (in a few hundredths of a second) when the environment is as this script left it. Otherwise
installs requirements.txt, into a new environment unless only the project's metadata changed. What the
environment was made from is written into it last, so that one left half-made, moved, or made by another
Python is made again.

Set UV_TORCH_BACKEND=cpu to get torch's CPU build: uv knows where PyTorch keeps its builds, pip does not.

Two of these at once take turns, where the system has locks. One that is stopped leaves an environment that
the next one makes again.

Old Pythons must be able to read this file far enough to say that they are too old: no f-strings here.
"""

import hashlib
import os
import re
import signal
import subprocess
import sys

try:
    import fcntl
except ImportError:  # Windows, where two at once are left to themselves
    fcntl = None

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STAMP = "made-from.txt"


def folder(versioned):
    """The environment's folder, relative to the project's."""
    return ".venv-%d.%d" % sys.version_info[:2] if versioned else ".venv"


def python_in(environment):
    """The Python of an environment, which Windows keeps elsewhere."""
    return os.path.join(environment, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def digest(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def wanted(name):
    """What an environment is made from: a change in the first three lines needs a new one."""
    lines = [
        "folder %s" % os.path.join(ROOT, name),
        "python %d.%d" % sys.version_info[:2],
        "requirements.txt %s" % digest("requirements.txt"),
        "pyproject.toml %s" % digest("pyproject.toml"),
    ]
    return "\n".join(lines) + "\n"


def found(stamp):
    try:
        with open(stamp) as file:
            return file.read()
    except OSError:
        return ""


def runs(python):
    """Whether the environment's Python starts; it does not when the Python it was made from has gone."""
    try:
        return subprocess.call([python, "-I", "-S", "-c", ""], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def call(command, **options):
    """Run a command apart from the terminal's interrupts, so that only this script says what was stopped."""
    process = subprocess.Popen(command, start_new_session=True, **options)
    try:
        return process.wait()
    except BaseException:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        raise


def fail(message):
    sys.exit("\n" + message + "\n")


def turn(name):
    """Wait until nobody else makes this environment, and hold that right as long as the file is open."""
    path = os.path.join(ROOT, name + ".lock")
    try:
        lock = open(path, "w")
    except OSError as error:
        fail(
            "The environment %s cannot be made here: %s: %s.\n"
            "It is made beside the project's files, so that folder must be one that you may write to."
            % (name, error.strerror, path)
        )
    if fcntl:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Somebody else is making %s; this goes on when it is there." % name)
            sys.stdout.flush()
            fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def create(name):
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        fail(
            "This Python (%s) has no venv module. On Debian and Ubuntu it is a package of its own:\n"
            "  sudo apt install python3-venv" % sys.executable
        )
    target = os.path.join(ROOT, name)
    if os.path.islink(target):
        os.unlink(target)  # never empty what somebody else's link points to
    print("Creating %s with Python %d.%d.%d" % ((name,) + sys.version_info[:3]))
    sys.stdout.flush()
    if call([sys.executable, "-m", "venv", "--clear", target]) != 0:
        fail("The environment %s could not be created; the lines above say why." % name)


def install(python):
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    commands = [pip + ["-r", "requirements.txt"]]
    backend = os.environ.get("UV_TORCH_BACKEND")
    if backend:
        # Only torch itself: pip finds its pin satisfied afterwards, and brings the rest as pinned.
        with open(os.path.join(ROOT, "requirements.txt")) as file:
            torch = re.findall(r"^torch==[^\s;]+", file.read(), re.MULTILINE)
        uv = [python, "-m", "uv", "pip", "install", "--quiet", "--python", python, "--no-deps"]
        commands.insert(0, pip + ["-r", os.path.join("tools", "uv.txt")])
        commands.insert(1, uv + ["--torch-backend", backend] + torch)
    print("Installing requirements.txt (the first time takes some minutes)")
    sys.stdout.flush()
    for command in commands:
        if call(command, cwd=ROOT) != 0:
            fail(
                "%s could not be installed; the lines above say why. Then run the command again."
                % command[-1]
            )


def main(versioned=False):
    if sys.version_info < OLDEST:
        fail(
            "This book needs Python %d.%d or newer, and %s is Python %d.%d.\n"
            "If you have a newer one, name it: make PYTHON=python3.12 book"
            % (OLDEST + (sys.executable,) + sys.version_info[:2])
        )
    name = folder(versioned)
    python = python_in(os.path.join(ROOT, name))
    stamp = os.path.join(ROOT, name, STAMP)
    want, have = wanted(name), found(stamp)
    usable = runs(python)
    if have == want and usable:
        return
    lock = turn(name)
    have, usable = found(stamp), runs(python)
    if have == want and usable:
        return  # somebody else has made it meanwhile
    if have.splitlines()[:3] != want.splitlines()[:3] or not usable:
        create(name)
    else:
        os.remove(stamp)  # until the installation is complete, the environment counts as half-made
    install(python)
    with open(stamp, "w") as file:
        file.write(want)
    if lock:
        lock.close()


if __name__ == "__main__":
    options = sys.argv[1:]
    if set(options) - {"--versioned", "--where"}:
        fail(__doc__)
    if "--where" in options:
        print(python_in(folder("--versioned" in options)).replace(os.sep, "/"))
    else:
        if hasattr(signal, "SIGTERM"):
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            main("--versioned" in options)
        except KeyboardInterrupt:
            sys.stderr.write(
                "\nStopped while the environment was being made. Run the command again: it begins anew.\n"
            )
            sys.exit(130)
