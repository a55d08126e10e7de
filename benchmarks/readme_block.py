"""A block of README.md that a benchmark writes, between two comments."""

from __future__ import annotations

from pathlib import Path

__all__ = ["README", "write_block"]

README = Path(__file__).resolve().parents[1] / "README.md"


def write_block(begin: str, end: str, block: str, readme: Path = README) -> None:
    """Put a text between the comments ``begin`` and ``end`` of the README; stop where they are missing."""
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    if not after:
        raise SystemExit(f"{readme.name} lacks {begin} and {end}.")
    readme.write_text(f"{before}{begin}\n{block}\n{end}{after}", encoding="utf-8")
