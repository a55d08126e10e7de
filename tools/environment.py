"""Make .venv fit for use, or say why that cannot be done.

Usage: python3 tools/environment.py

Does nothing (in a few hundredths of a second) when .venv is as this script left it. Otherwise installs
requirements.txt, into a new environment unless only the project's metadata changed. What .venv was made from
is written into it last, so that one left half-made, moved, or made by another Python is made again.

Old Pythons must be able to read this file far enough to say that they are too old: no f-strings here.
"""

import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(FOLDER, "bin", "python")
STAMP = os.path.join(FOLDER, "made-from.txt")


def digest(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def wanted():
    """What an environment is made from: a change in the first three lines needs a new one."""
    lines = [
        "folder %s" % ROOT,
        "python %d.%d" % sys.version_info[:2],
        "requirements.txt %s" % digest("requirements.txt"),
        "pyproject.toml %s" % digest("pyproject.toml"),
    ]
    return "\n".join(lines) + "\n"


def found():
    try:
        with open(STAMP) as file:
            return file.read()
    except OSError:
        return ""


def runs():
    """Whether the environment's Python starts; it does not when the Python it was made from has gone."""
    try:
        return subprocess.call([PYTHON, "-I", "-S", "-c", ""], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def fail(message):
    sys.exit("\n" + message + "\n")


def create():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        fail(
            "This Python (%s) has no venv module. On Debian and Ubuntu it is a package of its own:\n"
            "  sudo apt install python3-venv" % sys.executable
        )
    if os.path.islink(FOLDER):
        os.unlink(FOLDER)  # never empty what somebody else's link points to
    print("Creating .venv with Python %d.%d.%d" % sys.version_info[:3])
    if subprocess.call([sys.executable, "-m", "venv", "--clear", FOLDER]) != 0:
        fail("The environment .venv could not be created; the lines above say why.")


def install():
    print("Installing requirements.txt (the first time takes some minutes)")
    sys.stdout.flush()
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--quiet",
        "-r",
        "requirements.txt",
    ]
    if subprocess.call(command, cwd=ROOT) != 0:
        fail("requirements.txt could not be installed; the lines above say why. Then run the command again.")


def main():
    if sys.version_info < OLDEST:
        fail(
            "This book needs Python %d.%d or newer, and %s is Python %d.%d.\n"
            "If you have a newer one, name it: make PYTHON=python3.12 book"
            % (OLDEST + (sys.executable,) + sys.version_info[:2])
        )
    want, have = wanted(), found()
    if have == want and runs():
        return
    if have.splitlines()[:3] != want.splitlines()[:3] or not runs():
        create()
    elif os.path.exists(STAMP):
        os.remove(STAMP)
    install()
    with open(STAMP, "w") as file:
        file.write(want)


if __name__ == "__main__":
    main()
