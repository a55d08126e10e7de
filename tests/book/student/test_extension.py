"""The Sphinx side of the edition for students: which scripts of the boxes it has."""

from __future__ import annotations

import re

from nnutils.book.pages.boxes.placing import FILES
from nnutils.book.student.extension import JUDGE, OWN_FILES, SHARED


def test_every_script_that_the_boxes_load_is_there_but_the_one_that_knows_answers() -> None:
    loader = (FILES / "loader.js").read_text(encoding="utf-8")
    loaded = re.search(r"const files = \[(.*?)\];", loader, re.DOTALL)
    assert loaded is not None
    names = {f"{name}.js" for name in re.findall(r'"(\w+)"', loaded[1])}
    assert names | {"loader.js", "boxes.css"} == set(SHARED)
    assert not names & {"judging.js"} and "judge" in loaded[1]
    assert all((FILES / name).is_file() for name in SHARED)
    assert (OWN_FILES / f"{JUDGE}.js").is_file()


def test_the_scripts_stay_readable() -> None:
    for path in OWN_FILES.glob("*.js"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 350
        assert max(map(len, lines)) <= 110
