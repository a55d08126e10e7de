"""Pictures of a lesson on the site: in several versions, of which a browser fetches the one that fits."""

from nnutils.book.pages.figures.pages import connect
from nnutils.book.pages.figures.twins import with_twins

__all__ = ["connect", "with_twins"]
