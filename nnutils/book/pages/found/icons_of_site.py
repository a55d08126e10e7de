"""The icons of a site in every size, drawn from the logo: for tabs, bookmarks and home screens."""

from __future__ import annotations

from pathlib import Path

from nnutils.book.pages.found.logos import Logo

__all__ = ["FAVICON_SIDES", "TOUCH_SIDE", "write_icons"]

FAVICON_SIDES = (16, 32, 48)
TOUCH_SIDE = 180
_WHITE = "#ffffff"  # a home screen shows what is transparent in black


def write_icons(logo: Logo, site: Path) -> None:
    """Write ``favicon.ico`` and ``apple-touch-icon.png`` to the root of a site, in pixels."""
    pictures = [logo.picture(side) for side in FAVICON_SIDES]
    pictures[-1].save(
        site / "favicon.ico",
        format="ICO",
        sizes=[(side, side) for side in FAVICON_SIDES],
        append_images=pictures[:-1],
    )
    logo.picture(TOUCH_SIDE, _WHITE).convert("RGB").save(site / "apple-touch-icon.png", optimize=True)
