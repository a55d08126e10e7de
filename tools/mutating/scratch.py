"""Copies of the tree to put faults into, so that an interrupt leaves the tree as it was."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import copy2

__all__ = ["Scratch"]


class Scratch:
    """A copy of what git has or would have in a tree, in which one file at a time is another."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            capture_output=True,
            check=True,
        )
        for name in listed.stdout.decode().split("\0"):
            if name and (root / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                copy2(root / name, folder / name)

    def put(self, module: str, text: str) -> str:
        """Write another text into a module, forget what was compiled of it, and return the one before."""
        path = self.folder / module
        before = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
        return before
