"""CONTRIBUTING.md quotes what is there: lines of a real question, names of tests, targets of make."""

from __future__ import annotations

import re
import textwrap

import pytest
from support.notebook_files import ROOT, read

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# A quotation begins with "From `file`:" and holds one block, or several one behind the other.
QUOTED = re.compile(r"From\s+`([^`]+)`:((?:\s*^ *```\w*\n(?:(?! *```).*\n)*? *```$)+)", re.MULTILINE)
BLOCK = re.compile(r"^( *)```\w*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
TESTS = re.compile(r"`(tests/[\w/]+\.py)`: ((?:`test_\w+`(?:, )?)+)")


def quotations(text: str) -> list[tuple[str, str]]:
    """Return the file and the lines of each quotation, without the indentation of the list around it."""
    found = []
    for file, blocks in QUOTED.findall(text):
        for indent, lines in BLOCK.findall(blocks):
            found.append((file, "".join(line.removeprefix(indent) for line in lines.splitlines(True))))
    return [(file, lines) for file, lines in found if not lines.startswith("make ")]


def content(file: str) -> str:
    path = ROOT / file
    if path.suffix == ".ipynb":
        return "\n".join(cell.source for cell in read(path).cells) + "\n"
    return path.read_text(encoding="utf-8")


def missing_tests(text: str) -> list[str]:
    return [
        f"{file}: {name}"
        for file, names in TESTS.findall(text)
        for name in re.findall(r"\w+", names)
        if f"\ndef {name}(" not in content(file)
    ]


def missing_targets(text: str) -> set[str]:
    targets = re.findall(r"^([a-z-]+):.*## ", content("Makefile"), re.MULTILINE)
    return set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) - set(targets)


@pytest.mark.parametrize(("file", "lines"), quotations(TEXT))
def test_what_is_quoted_stands_in_its_file(file: str, lines: str) -> None:
    assert lines in content(file)


def test_every_quotation_is_found() -> None:
    assert len(quotations(TEXT)) >= len(re.findall(r"From\s+`", TEXT)) > 10


def test_the_tests_that_are_named_exist() -> None:
    assert len(TESTS.findall(TEXT)) > 10
    assert set(re.findall(r"`(test_\w+)`", TEXT)) == {
        n for _, names in TESTS.findall(TEXT) for n in re.findall(r"\w+", names)
    }
    assert missing_tests(TEXT) == []


def test_every_target_of_make_exists() -> None:
    assert missing_targets(TEXT) == set()


def test_what_is_not_there_is_noticed() -> None:
    text = textwrap.dedent(
        """\
        - a point. From
          `Makefile`:

          ```make
          nothing: of this kind
              here
          ```

        `make sense`, and `tests/project/test_style.py`: `test_the_tools_find_nothing`, `test_of_taste`
        """
    )
    assert quotations(text) == [("Makefile", "nothing: of this kind\n    here\n")]
    assert missing_tests(text) == ["tests/project/test_style.py: test_of_taste"]
    assert missing_targets(text) == {"sense"}
