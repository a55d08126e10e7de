"""What makes a site found, shared and cited: descriptions, addresses, icons, a picture, links, a citation.

``nnutils.book.site`` connects it. All of it is computed; what nobody has configured is left out.
"""

from __future__ import annotations

__all__: list[str] = []
