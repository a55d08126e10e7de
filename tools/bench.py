"""Measure the library beside others, in an environment that has them, and write the page that shows it.

Usage: python tools/bench.py [ARGUMENT...], with the project's Python. The arguments go to benchmarks.peers.

Makes .venv-bench when it is missing or when requirements-bench.txt has changed. It sees all that the
project's environment has and adds the other libraries, so that nothing of them gets into the project's own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

__all__ = ["main", "prepared"]

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv-bench"
WANTED = ROOT / "requirements-bench.txt"
STAMP = "made-from.txt"


def prepared(folder: Path = FOLDER) -> Path:
    """Return the Python of the environment with the other libraries, after making it if needed."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    made_from = f"{sys.executable}\n{WANTED.read_text(encoding='utf-8')}"
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())
    (packages / "project.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(WANTED)], check=True)
    stamp.write_text(made_from, encoding="utf-8")
    return python


def main() -> int:
    """Prepare the environment and run the benchmarks in it."""
    try:
        python = prepared()
    except subprocess.CalledProcessError as error:
        print(f"The environment for the benchmarks could not be made: {error}.", file=sys.stderr)
        print("It needs the network once; `make bench` again goes on from there.", file=sys.stderr)
        return 1
    return subprocess.run([str(python), "-m", "benchmarks.peers", *sys.argv[1:]], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
