"""How long each lesson is: words, the stated time, marks, and lines of code.

    python tools/page_lengths.py

Words are those of the page without code, tables and pictures; a formula counts as one word. Lines of code
leave out sentences, comments and blank lines. The time that a page should state is its words at 200 a minute,
and two minutes to try for each mark.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nnutils.book.contents.lessons import lesson_number
from nnutils.book.contents.reading import read_notebook
from nnutils.book.magic import MAGIC

__all__ = ["Length", "length_of", "lessons"]

ROOT = Path(__file__).resolve().parents[1]
WORDS_A_MINUTE = 200
MINUTES_A_MARK = 2
MARKS = 10
"""What each question is worth, so that pages can be compared."""

_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>|\]\([^)]*\)|^\s*(?:`{3,}|:{3,}).*$|^\s*\|.*\|\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Length:
    """The size of one lesson: ``words``, the ``stated`` minutes, the ``fair`` ones, and lines of ``code``."""

    name: str
    words: int
    stated: int
    code: int

    @property
    def fair(self) -> float:
        """The minutes that reading takes, and trying."""
        return self.words / WORDS_A_MINUTE + MARKS * MINUTES_A_MARK


def lessons() -> list[Path]:
    """Return the lessons of the book, in the order of their names."""
    return sorted(path for path in ROOT.glob("chapters/*/*.ipynb") if lesson_number(path.stem))


def length_of(path: Path) -> Length:
    """Measure a stored lesson."""
    cells = read_notebook(path).cells
    texts, code = [], 0
    for cell in cells:
        if cell.cell_type == "markdown":
            texts.append(cell.source)
        elif cell.source.startswith(MAGIC):
            texts += [o.data["text/markdown"] for o in cell.outputs if "text/markdown" in o.get("data", {})]
        else:
            lines = (line.strip() for line in cell.source.splitlines())
            code += sum(bool(line) and not line.startswith("#") for line in lines)
    text = "\n\n".join(texts)
    stated = re.search(r"\*\*Time:\*\*\s+(\d+)", text)
    name = f"{path.parent.name}/{path.stem}"
    return Length(name, count_words(text), int(stated[1]) if stated else 0, code)


def count_words(text: str) -> int:
    """Count the words of Markdown; a formula counts as one."""
    plain = _MARKUP.sub(" ", _FORMULA.sub(" formula ", text))
    return len(re.findall(r"\w+(?:['’.,·×-]\w+)*", plain))


def main() -> None:
    """Print a line for each lesson, and the sums."""
    print(f"{'lesson':56}{'words':>8}{'stated':>8}{'fair':>6}{'code':>7}")
    found = [length_of(path) for path in lessons()]
    for page in found:
        print(f"{page.name:56}{page.words:8,}{page.stated:8}{page.fair:6.0f}{page.code:7,}")
    words, code = sum(page.words for page in found), sum(page.code for page in found)
    print(f"{'all':56}{words:8,}{'':14}{code:7,}")


if __name__ == "__main__":
    main()
