"""The form in which a reader has a worked solution checked, as HTML."""

from __future__ import annotations

import re
from html import escape

from nnutils.core.errors import BookError
from nnutils.lint.in_browser import FORMATS, LONGEST

__all__ = ["example_of", "sheet_panel"]

_MISSING = (
    "This form needs JavaScript, which is switched off here. The command line does the same: "
    "<code>nnutils lint sheet.tex</code>"
)
_WHAT_TO_DO = (  # in the form, so that it is nowhere where the form is not, such as on paper
    "Paste a solution sheet, or choose a file, and press <b>Check</b>. Nothing is uploaded: the check is "
    "Python in your own browser, and loading it takes a few seconds the first time. A finding names its line:"
    " press it, and the statement is selected in your sheet. Correct it and check again."
)
_PLAIN = 'autocomplete="off" autocapitalize="off" spellcheck="false"'


def example_of(written: str) -> tuple[str, str]:
    r"""Return the example that a form offers, its sheet and its network, from the lines of a block.

    A first line 'network: 3x8x8 conv(4, 3)' gives the network; all else is the sheet.

    Raises:
        BookError: for a block without a sheet.

    >>> example_of("network: 784 linear(10)\n\nweights: 784 * 10 = 7,480")
    ('weights: 784 * 10 = 7,480', '784 linear(10)')
    """
    network, sheet = "", written.strip()
    if found := re.match(r"network:[ \t]*(\S.*)?(?:\n|\Z)", sheet):
        network, sheet = (found[1] or "").strip(), sheet[found.end() :].strip()
    if not sheet:
        raise BookError(
            "The form for a sheet has no example.", remedy="Write a few lines of one into the block."
        )
    return sheet, network


def sheet_panel(written: str, identity: str) -> str:
    """Return the markup of the form; ``identity`` is unique on the page, ``written`` is what its block holds.

    Raises:
        BookError: for a block without an example.

    >>> '<label for="live-1-sheet">Your sheet</label>' in sheet_panel("3 * 4 = 13", "live-1")
    True
    """
    sheet, network = example_of(written)
    accepted = ",".join(f".{end}" for end in (*FORMATS, "markdown", "htm"))
    choices = "".join(
        f'<option value="{end}">{escape(words[:1].upper() + words[1:])}</option>'
        for end, words in {"": "what it looks like", **FORMATS}.items()
    )
    fields = (
        _field(
            f"{identity}-sheet",
            "Your sheet",
            f'<textarea id="{identity}-sheet" name="sheet" rows="12" {_PLAIN} '
            'placeholder="Paste it here, or drop a file."></textarea>',
        ),
        _field(
            f"{identity}-file",
            "Or choose a file",
            f'<input type="file" id="{identity}-file" class="sheet-file" accept="{accepted}">',
        ),
        _field(
            f"{identity}-format",
            "Read it as",
            f'<select id="{identity}-format" name="format" autocomplete="off">{choices}</select>',
        ),
        _field(
            f"{identity}-network",
            "Network, if the sheet is about one",
            f'<input type="text" id="{identity}-network" name="network" {_PLAIN} '
            'placeholder="3x227x227 conv(96, 11, stride=4) flatten linear(10)">',
            "live-field sheet-network",
        ),
    )
    return (
        f'<section class="live-panel live-sheet" aria-label="Check a sheet" data-most="{LONGEST}">'
        f"<noscript><p>{_MISSING}</p></noscript>"
        f"<p>{_WHAT_TO_DO}</p>"
        f'<form class="live-form" novalidate=""><div class="live-fields">{"".join(fields)}</div>'
        '<p class="live-start"><button type="submit" class="sheet-check">Check</button> '
        f'<button type="button" class="sheet-example" data-sheet="{_attribute(sheet)}" '
        f'data-network="{_attribute(network)}">Try it on an example</button> '
        '<button type="button" class="sheet-clear">Clear</button> '
        '<span class="live-weight"></span></p></form>'
        '<div class="live-progress" hidden=""></div>'
        '<p class="live-status" role="status"></p><div class="sheet-result" hidden=""></div></section>'
    )


def _field(place: str, label: str, control: str, kind: str = "live-field") -> str:
    return f'<div class="{kind}"><label for="{place}">{escape(label)}</label>{control}</div>'


def _attribute(text: str) -> str:
    return escape(text).replace("\n", "&#10;")
