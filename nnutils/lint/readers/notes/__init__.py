"""Notes as plain text with markup: AsciiDoc, Org, and tables whose cells are apart by a sign."""

__all__: list[str] = []
