"""A picture's own description becomes the alternative text of its cell when a notebook is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import NotebookExporter
from support.notebook_files import NOTEBOOKS, PICTURE, PREVIEW, code_cells, name, read
from traitlets.config import Config

from nnutils.book.marking import KeepPreviews
from nnutils.drawing import describe, panels, to_svg
from nnutils.drawing.describing import written_description

TEXT = "Bars of 3 layers & more."
OTHER = "Typed by hand, and long enough."


def svg(alt: str | None = None) -> str:
    figure, _ = panels()
    return to_svg(figure if alt is None else describe(figure, alt))


PLAIN, DESCRIBED = svg(), svg(TEXT)


def stored(metadata: dict[str, Any], *outputs: dict[str, str]) -> Any:
    """The metadata of a cell with these outputs after the notebook was stored."""
    cell = nbformat.v4.new_code_cell("draw()", metadata=metadata)  # type: ignore[no-untyped-call]
    for data in outputs:
        cell.outputs.append(nbformat.v4.new_output("display_data", data=data))  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    settings = Config({"Exporter": {"preprocessors": ["nnutils.book.marking.MarkPictures"]}})
    text, _ = NotebookExporter(config=settings).from_notebook_node(notebook)
    return nbformat.reads(text, as_version=4).cells[0].metadata  # type: ignore[no-untyped-call]


def alt(text: str, **more: Any) -> dict[str, Any]:
    return {"mystnb": {"image": {"alt": text, **more}}}


def test_the_picture_says_what_the_cell_says() -> None:
    assert stored({}, {PICTURE: DESCRIBED}) == alt(TEXT)
    assert stored(alt(OTHER), {PICTURE: DESCRIBED}) == alt(TEXT)
    assert stored({}, {"text/plain": "3"}, {"text/plain": "<Figure>", PICTURE: DESCRIBED}) == alt(TEXT)


def test_other_settings_stay() -> None:
    given = {"tags": ["hide-input"], "mystnb": {"image": {"width": "50%"}, "figure": {"name": "bars"}}}
    expected = {
        "tags": ["hide-input"],
        "mystnb": {"image": {"alt": TEXT, "width": "50%"}, "figure": {"name": "bars"}},
    }
    assert stored(given, {PICTURE: DESCRIBED}) == expected
    assert stored(expected, {"text/plain": "3"}) == given


def test_a_picture_without_a_description_keeps_the_text_it_has() -> None:
    assert stored(alt(OTHER), {PICTURE: PLAIN}) == alt(OTHER)
    assert stored(alt(OTHER), {"image/png": "iVBORw0KGgo="}) == alt(OTHER)
    assert stored({}, {PICTURE: PLAIN}) == {}


@pytest.mark.parametrize("outputs", [[], [{"text/plain": "3"}], [{"text/html": DESCRIBED}]])
def test_a_cell_without_a_picture_loses_the_text(outputs: list[dict[str, str]]) -> None:
    assert stored(alt(OTHER), *outputs) == {}
    assert stored(alt(OTHER, width="50%"), *outputs) == {"mystnb": {"image": {"width": "50%"}}}
    assert stored({"tags": ["parameters"]}, *outputs) == {"tags": ["parameters"]}


def test_a_cell_of_markdown_is_left_alone() -> None:
    cell = nbformat.v4.new_markdown_cell("![](bars.svg)", metadata=alt(OTHER))  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    settings = Config({"Exporter": {"preprocessors": ["nnutils.book.marking.MarkPictures"]}})
    text, _ = NotebookExporter(config=settings).from_notebook_node(notebook)
    assert nbformat.reads(text, as_version=4).cells[0].metadata == alt(OTHER)  # type: ignore[no-untyped-call]


def differing(notebook: Any) -> list[int]:
    """The code cells whose alternative text is not what their picture says."""
    found = []
    for number, cell in enumerate(code_cells(notebook)):
        written = [written_description(o.data[PICTURE]) for o in cell.outputs if PICTURE in o.get("data", {})]
        shown = cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
        if any(text and text != shown for text in written) or (shown and not written):
            found.append(number)
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_stored_text_is_that_of_the_picture(path: Any) -> None:
    assert differing(read(path)) == [], "run `make notebooks`"


def test_a_text_that_differs_is_found() -> None:
    cell = nbformat.v4.new_code_cell("draw()", metadata=alt(TEXT))  # type: ignore[no-untyped-call]
    cell.outputs = [nbformat.v4.new_output("display_data", data={PICTURE: DESCRIBED})]  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    assert differing(notebook) == []
    for mutation in (alt(TEXT.replace("3", "4")), {}, {"mystnb": {"image": {}}}):
        cell.metadata = nbformat.from_dict(mutation)  # type: ignore[no-untyped-call]
        assert differing(notebook) == [0]
    cell.metadata, cell.outputs = nbformat.from_dict(alt(TEXT)), []  # type: ignore[no-untyped-call]
    assert differing(notebook) == [0]


# --- the PNG beside a picture -------------------------------------------------------------------------------


def picture(source: str, png: str, width: int = 100) -> Any:
    output = nbformat.v4.new_output(  # type: ignore[no-untyped-call]
        "display_data",
        data={PICTURE: source, PREVIEW: png},
        metadata={PREVIEW: {"width": width}},
    )
    return nbformat.v4.new_code_cell("draw()", outputs=[output])  # type: ignore[no-untyped-call]


def kept(tmp_path: Path, before: list[Any], after: list[Any]) -> list[Any]:
    """The outputs that are stored when a file with some cells is executed and has others then."""
    file = tmp_path / "lesson.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=before), file)  # type: ignore[no-untyped-call]
    fresh = nbformat.v4.new_notebook(cells=after)  # type: ignore[no-untyped-call]
    place = {"metadata": {"path": str(tmp_path), "name": "lesson"}}
    notebook, _ = KeepPreviews().preprocess(fresh, place)
    return [cell.outputs[0] for cell in notebook.cells]


def test_a_picture_that_did_not_change_keeps_its_png(tmp_path: Path) -> None:
    (output,) = kept(tmp_path, [picture(PLAIN, "old", 100)], [picture(PLAIN, "new", 101)])
    assert (output.data[PREVIEW], output.metadata[PREVIEW]) == ("old", {"width": 100})


def test_a_picture_that_changed_gets_a_new_png(tmp_path: Path) -> None:
    (output,) = kept(tmp_path, [picture(PLAIN, "old", 100)], [picture(DESCRIBED, "new", 101)])
    assert (output.data[PREVIEW], output.metadata[PREVIEW]) == ("new", {"width": 101})


def test_pngs_go_with_their_pictures_and_not_with_their_places(tmp_path: Path) -> None:
    before = [picture(PLAIN, "plain"), picture(DESCRIBED, "described")]
    outputs = kept(tmp_path, before, [picture(DESCRIBED, "1"), picture(svg(OTHER), "2"), picture(PLAIN, "3")])
    assert [output.data[PREVIEW] for output in outputs] == ["described", "2", "plain"]


def test_a_first_png_is_stored_and_none_is_invented(tmp_path: Path) -> None:
    bare, also_bare = picture(PLAIN, ""), picture(PLAIN, "")
    for cell in (bare, also_bare):
        del cell.outputs[0].data[PREVIEW]
    (output,) = kept(tmp_path, [bare], [picture(PLAIN, "new")])
    assert output.data[PREVIEW] == "new"
    (output,) = kept(tmp_path, [picture(PLAIN, "old")], [also_bare])
    assert set(output.data) == {PICTURE}


def test_a_notebook_that_is_no_file_is_left_as_it_is() -> None:
    notebook = nbformat.v4.new_notebook(cells=[picture(PLAIN, "new")])  # type: ignore[no-untyped-call]
    for resources in ({}, {"metadata": {"path": "/nowhere", "name": "lesson"}}):
        result, _ = KeepPreviews().preprocess(notebook, resources)
        assert result.cells[0].outputs[0].data[PREVIEW] == "new"
