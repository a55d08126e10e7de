"""A live panel as HTML: its fields, and the button that starts it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from nnutils.core.errors import BookError
from nnutils.practice.live import PANELS, Field

__all__ = ["offer", "panel", "texts_of"]

_NOT_BUILT = "Other numbers are not in this build of the book: it comes without Python for the browser."
_MISSING = "This panel needs JavaScript, which is switched off here."


def offer(megabytes: str | None) -> str:
    """Return what stands below the boxes of a question: the button for a variant, and how much it loads.

    It is in the page before the script is, so that nothing moves when the script comes. None is for a site
    without Python.

    >>> "Another one" in offer("6"), "Another one" in offer(None)
    (True, False)
    """
    if megabytes is None:
        return f'<p class="another">{_NOT_BUILT}</p>'
    return (
        '<p class="another"><button type="button" class="another-button">Another one</button> '
        f'<span class="another-weight">with other numbers; loads Python once, about {megabytes} MB</span></p>'
    )


def texts_of(name: str, written: str) -> dict[str, str]:
    """Return what a panel's fields hold at first, from lines such as 'at: x = 2' and lines that go on.

    Raises:
        BookError: for a panel that does not exist, and for a line that begins with none of its fields.

    >>> texts_of("trace", "function: x * x\\nat: x = 3")
    {'function': 'x * x', 'at': 'x = 3'}
    """
    if name not in PANELS:
        raise BookError(f"There is no panel {name!r}.", remedy=f"The panels are {', '.join(PANELS)}.")
    names = [field.name for field in PANELS[name].fields]
    texts: dict[str, str] = {}
    last = ""
    for line in written.splitlines():
        if found := re.match(rf"({'|'.join(map(re.escape, names))}):\s*(.*)", line):
            last = found[1]
            texts[last] = found[2]
        elif last:
            texts[last] += "\n" + line.strip()
        else:
            raise BookError(
                f"{line!r} begins with no field of the panel {name}.",
                remedy=f"Fields are {', '.join(names)}.",
            )
    return texts


def panel(name: str, texts: Mapping[str, str], identity: str) -> str:
    """Return the markup of a panel whose fields hold these texts; ``identity`` is unique on the page.

    >>> '<label for="live-1-x">Entries of x</label>' in panel("softmax", {"x": "1, 2"}, "live-1")
    True
    """
    fields = "".join(_field(field, texts.get(field.name, ""), identity) for field in PANELS[name].fields)
    return (
        f'<section class="live-panel" data-panel="{name}" aria-label="Live panel">'
        f"<noscript><p>{_MISSING}</p></noscript>"
        f'<form class="live-form" novalidate=""><div class="live-fields">{fields}</div>'
        '<p class="live-start"><button type="submit">Start</button> '
        '<span class="live-weight"></span></p></form>'
        '<div class="live-progress" hidden=""></div>'
        '<p class="live-status" role="status"></p><div class="live-result text_html"></div></section>'
    )


def _field(field: Field, text: str, identity: str) -> str:
    plain = 'autocomplete="off" autocapitalize="off" spellcheck="false"'
    place = f"{identity}-{field.name.replace(' ', '-')}"
    attributes = f'id="{place}" name="{escape(field.name)}" {plain}'
    control = (
        f'<input type="text" {attributes} value="{escape(text)}">'
        if field.lines == 1
        else f'<textarea rows="{field.lines}" {attributes}>{escape(text)}</textarea>'
    )
    return f'<div class="live-field"><label for="{place}">{escape(field.label)}</label>{control}</div>'
