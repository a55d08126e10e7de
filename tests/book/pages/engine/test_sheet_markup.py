"""The form for a reader's own sheet: its example, its labels, and that nothing in it becomes markup."""

from __future__ import annotations

import re

import pytest

from nnutils.book.pages.engine.sheet_markup import example_of, sheet_panel
from nnutils.core.errors import BookError
from nnutils.lint.in_browser import FORMATS, LONGEST


@pytest.mark.parametrize(
    ("written", "sheet", "network"),
    [
        ("3 * 4 = 12", "3 * 4 = 12", ""),
        ("network: 784 linear(10)\n3 * 4 = 12\n\nnetwork: 5", "3 * 4 = 12\n\nnetwork: 5", "784 linear(10)"),
        ("network:\n3 * 4 = 12", "3 * 4 = 12", ""),
        ("networks: 2\n", "networks: 2", ""),
    ],
)
def test_the_first_line_may_name_a_network(written: str, sheet: str, network: str) -> None:
    assert example_of(written) == (sheet, network)


@pytest.mark.parametrize("written", ["", " \n", "network: 784 linear(10)", "network:"])
def test_a_form_without_an_example_is_refused(written: str) -> None:
    with pytest.raises(BookError, match="no example"):
        sheet_panel(written, "live-1")


def test_every_field_has_a_label_and_a_place_of_its_own() -> None:
    made = sheet_panel("3 * 4 = 12", "live-7")
    labels, ids = re.findall(r'<label for="([^"]+)"', made), re.findall(r' id="([^"]+)"', made)
    assert labels == ids == [f"live-7-{name}" for name in ("sheet", "file", "format", "network")]


def test_what_is_read_is_offered_and_no_more_than_python_takes() -> None:
    made = sheet_panel("3 * 4 = 12", "live-1")
    assert re.findall(r'<option value="(\w*)"', made) == ["", *FORMATS]
    assert f'data-most="{LONGEST}"' in made
    assert {f".{end}" for end in FORMATS} <= set(re.findall(r'accept="([^"]+)"', made)[0].split(","))


def test_an_example_is_no_markup_and_keeps_its_lines() -> None:
    made = sheet_panel('network: "><b>\n<script>1 < 2</script>\n"x" = 3', "live-1")
    assert "<script" not in made and '"><b>' not in made
    assert made.count("<b>") == sheet_panel("3 * 4 = 12", "live-1").count("<b>")  # those of the form itself
    assert "&lt;script&gt;1 &lt; 2&lt;/script&gt;&#10;&quot;x&quot; = 3" in made
