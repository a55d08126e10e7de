"""What the pages of the site can do, a package for each thing; ``nnutils.book.site`` adds them all."""

__all__: list[str] = []
