"""What of a built page goes on paper: its text, opened, without what only works on a screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from nnutils.core.errors import BookError

if TYPE_CHECKING:  # what reads HTML is imported by what needs it
    from bs4.element import Tag

__all__ = ["PLACE", "printed_article", "tag_of"]

PLACE = "place"
"""The class of what stands where something named was left out."""

LEFT_OUT = (
    "script, style.screen-only, noscript, template, button, form, input, select, textarea, output, iframe, "
    "a.headerlink, .fold-switches, .d-print-none, .sd-summary-state-marker, .tag_screen-only, "
    "section.practice, section.live-panel, details.practice-part, .statement-data, .only-dark, "
    "details.hide.above-input, details.hide.below-input, .toctree-wrapper"
)
"""Controls and what they fill, code that a reader has not opened, and what is there for the screen only."""

_EMPTIED = "div.cell, div.cell_output, div.cell_input, div.practice-grid"
_MOST_LEVELS = 6


def printed_article(page: Path, depth: int = 0) -> Tag:
    """Return the article of a built page as it is printed; its headings lie ``depth`` levels lower.

    Folds are open and are no folds any more: a section that folds is a section, a hint is a box with its
    title.

    Raises:
        BookError: where there is no such page, or it has no article or no title.
    """
    from bs4 import BeautifulSoup

    if not page.is_file():
        raise BookError(
            f"There is no page {page.name} in the site.", remedy="Build the site first: make book"
        )
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one("article.bd-article")
    if article is None or article.find("h1") is None:
        raise BookError(
            f"{page.name} has no article with a title.", remedy="Take a folder that jupyter-book has built."
        )
    for form in article.select("section.live-sheet"):
        form.insert_before(_instead_of_the_form())
    for element in article.select(LEFT_OUT):
        _leave_out(element)
    for fold in article.select("details"):
        _open(fold)
    for cell in reversed(article.select(_EMPTIED)):
        if (
            not cell.get_text(strip=True)
            and not cell.find(id=True)
            and not cell.find(["img", "svg", "picture", "object", "math"])
        ):
            cell.decompose()
    for picture in article.find_all("img"):
        picture.attrs.pop("loading", None)  # what waits until it comes into view is not printed
    for heading in article.find_all(re.compile(r"h[1-6]")):
        heading.name = f"h{min(int(heading.name[1]) + depth, _MOST_LEVELS)}"
    for focusable in article.select("[tabindex]"):
        del focusable["tabindex"]
    return article


def _instead_of_the_form() -> Tag:
    """Return what stands on paper where the form is that checks a sheet."""
    made = tag_of("p", "The form that checks a sheet is on the site. The command ")
    made.append(tag_of("code", "nnutils lint FILE"))
    made.append(" does the same.")
    return made


def tag_of(name: str, text: str = "", **attributes: str) -> Tag:
    """Return a new element with a text; 'class_' is its class, 'aria_label' its aria-label.

    >>> tag_of("p", "A < B", class_="title")
    <p class="title">A &lt; B</p>
    """
    from bs4 import BeautifulSoup

    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    made = BeautifulSoup("", "html.parser").new_tag(name, attrs=named)
    if text:
        made.string = text
    return made


def _leave_out(element: Tag) -> None:
    """Remove an element; a link to something in it leads to where it was."""
    if element.decomposed:  # it stood in another one
        return
    for named in [element, *element.select("[id]")]:
        if name := named.get("id"):
            element.insert_before(tag_of("span", class_=PLACE, id=str(name)))
    element.decompose()


def _open(fold: Tag) -> None:
    """Make a fold what it shows when it is open."""
    summary = fold.find("summary", recursive=False)
    if summary is not None:
        headed = summary.find(re.compile(r"h[1-6]"), recursive=False) is not None
        if headed:
            summary.unwrap()
        elif {"hide", "entry"} & set(fold.get("class") or ()):
            summary.decompose()  # a label of what speaks for itself when it is open
        else:
            summary.name = "p"
            summary["class"] = "title"
            if fold.parent is not None and fold.parent.name != "div":  # in a cell of a table or a list
                summary.name = "div"
    classes = fold.get("class") or ()
    fold.attrs.pop("open", None)
    fold.name = "div"
    fold["class"] = "box" if "sd-dropdown" in classes or "admonition" in classes else "opened"
