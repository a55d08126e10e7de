"""What a picture shows, as lines of text: every text, line and area of its SVG with place, size and colours.

`python -m support.drawn_listing`, with the project and its tests on PYTHONPATH, stores the listings of all
pictures of ``support.every_picture`` anew, in tests/drawing/drawn. Look at what changed before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from matplotlib.figure import Figure
from support.seen_pictures import svg_of

from nnutils.drawing import to_svg

__all__ = ["FOLDER", "listing", "stored_text"]

FOLDER = Path(__file__).resolve().parents[1] / "drawing" / "drawn"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
SHORT = 6  # points of a line that are listed one by one; of a longer one the box, the number and the middle
LINK = "{http://www.w3.org/1999/xlink}href"
SAME = ("font-family: ", "stroke-linejoin: ", "stroke-linecap: ")


def listing(figure: Figure) -> list[str]:
    """Return a line for everything that is drawn, in the order of drawing, in tenths of a point."""
    return _lines(to_svg(figure))


def _lines(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    shapes = {each.get("id"): each.get("d", "") for each in root.iter() if each.get("id") and each.get("d")}
    lines = [f"size {_rounded(root.get('viewBox', ''))}"]
    hidden = {
        each for kind in ("defs", "clipPath") for parent in root.iter(_svg(kind)) for each in parent.iter()
    }
    for each in root.iter():
        if each in hidden:
            continue
        style = _style(each)
        if each.tag == _svg("path"):
            lines.append(f"path {_outline(each.get('d', ''))} | {style}")
        elif each.tag == _svg("use"):
            at = f"{each.get('x', '0')} {each.get('y', '0')}"
            shape = shapes.get(each.get(LINK, "")[1:], "")
            lines.append(f"mark {_rounded(at)}: {_outline(shape)} | {style}")
        elif each.tag == _svg("text"):
            turned = each.get("transform", "")
            place = f"{each.get('x', '')} {each.get('y', '')}" if "rotate(-0 " in turned else turned
            lines.append(f"text {''.join(each.itertext())!r} at {_rounded(place)} | {style}")
        elif each.tag == _svg("image"):
            lines.append("image")
    return lines


def stored_text(name: str) -> str:
    """Return the listing of a picture and of its version for a phone, as it is stored."""
    wide, narrow = _lines(svg_of(name)), _lines(svg_of(name, phone=True))
    return "\n".join(["as wide as the text", *wide, "", "as wide as a phone", *narrow]) + "\n"


def _svg(name: str) -> str:
    return "{http://www.w3.org/2000/svg}" + name


def _rounded(text: str) -> str:
    return NUMBER.sub(lambda found: f"{float(found[0]) + 0.0:.1f}".replace("-0.0", "0.0"), text)


def _style(each: ElementTree.Element) -> str:
    parts = (part.strip() for part in each.get("style", "").split(";"))
    return "; ".join(part for part in parts if part and not part.startswith(SAME))


def _outline(path: str) -> str:
    letters = "".join(re.findall(r"[A-Za-z]", path))
    numbers = [float(found) for found in NUMBER.findall(path)]
    if len(numbers) <= 2 * SHORT:
        return _rounded(" ".join(path.split()))
    across, down = numbers[::2], numbers[1::2]
    box = f"{min(across)} {min(down)} to {max(across)} {max(down)}"
    middle = f"{sum(across) / len(across)} {sum(down) / len(down)}"
    return f"{letters[:1]}{letters[-1:]} {len(across)} points in {_rounded(box)} around {_rounded(middle)}"


def main() -> None:
    """Store all listings, and remove those of pictures that are no more."""
    from support.every_picture import EVERY

    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name in EVERY:
        (FOLDER / f"{name.replace(' ', '_')}.txt").write_text(stored_text(name), encoding="utf-8")


if __name__ == "__main__":
    main()
