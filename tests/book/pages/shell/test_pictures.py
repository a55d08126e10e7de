"""Pictures say how large they are, and wait until they come near the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from nnutils.book.pages.shell.pictures import natural_size, with_sizes


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="72pt" height="36pt" viewBox="0 0 1 1"', (96, 48)),
        ('width="30" height="20px"', (30, 20)),
        ('viewBox="0 0 64 32"', (64, 32)),
        ('viewBox="0,0,64,32"', (64, 32)),
        ('width="100%" height="100%" viewBox="0 0 7 5"', (7, 5)),
        ('width="100%" height="100%"', None),
        ('width="0" height="5"', None),
        ("", None),
    ],
)
def test_the_size_of_an_svg(tmp_path: Path, head: str, size: tuple[int, int] | None) -> None:
    file = tmp_path / "a.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {head}></svg>', encoding="utf-8")
    assert natural_size(file) == size


def test_the_size_of_other_pictures(tmp_path: Path) -> None:
    Image.new("RGB", (31, 17)).save(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"no picture")
    (tmp_path / "c.svg").write_text("<svg", encoding="utf-8")
    assert natural_size(tmp_path / "a.png") == (31, 17)
    assert natural_size(tmp_path / "b.png") is None
    assert natural_size(tmp_path / "c.svg") is None
    assert natural_size(tmp_path / "missing.png") is None


def test_a_picture_gets_what_it_does_not_say(tmp_path: Path) -> None:
    file = tmp_path / "made here.png"
    Image.new("RGB", (31, 17)).save(file)
    images = {str(file): "made here.png"}
    change = lambda tag: with_sizes(tag, images, tmp_path)  # noqa: E731
    got = change('<p><img alt="a > b" src="../_images/made%20here.png" /></p>'.replace(" > ", " "))
    assert (
        got
        == '<p><img alt="a b" src="../_images/made%20here.png" loading="lazy" width="31" height="17" /></p>'
    )
    assert change('<img src="_images/made%20here.png" width="5">') == (
        '<img src="_images/made%20here.png" width="5" loading="lazy">'
    )
    for kept in ('<img src="_static/logo.svg">', '<img src="https://x.org/_image.png">', "<img>"):
        assert change(kept) == kept
    assert change('<img loading="eager" style="width: 3em" src="_images/x.png">') == (
        '<img loading="eager" style="width: 3em" src="_images/x.png">'
    )


def test_a_picture_of_a_notebook_is_found_in_the_site(tmp_path: Path) -> None:
    (tmp_path / "_images").mkdir()
    Image.new("RGB", (8, 9)).save(tmp_path / "_images/0a1b.png")
    assert ' width="8" height="9"' in with_sizes('<img src="_images/0a1b.png">', {}, tmp_path)
