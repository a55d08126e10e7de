"""AsciiDoc in blocks: sections, paragraphs, lists, formulas, delimited blocks, tables between ``|===``."""

from __future__ import annotations

import re

from nnutils.lint.readers.latex.mathematics import formula_strand
from nnutils.lint.readers.lines import FormulaReader, LineReader, marked_pieces
from nnutils.lint.readers.notes.asciimath import asciimath_strand
from nnutils.lint.readers.placed import Placed
from nnutils.lint.readers.tables import table_of
from nnutils.lint.sheets import Piece, PieceKind, Table

__all__ = ["asciidoc_blocks", "is_asciidoc"]

_ASCIIDOC = re.compile(
    r"(?<!\w)(?:stem|latexmath|asciimath):\[|^\|={3,}[ \t]*$|^\[(?:stem|latexmath|asciimath)[^\]\n]*\][ \t]*$"
    r"|^\[(?:source|cols)\b[^\]\n]*\][ \t]*$",
    re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)|^#{1,6} |\\documentclass", re.MULTILINE)
_LATEX_STEM = re.compile(r"^:stem:[ \t]*(?:latexmath|latex|tex)[ \t]*$", re.MULTILINE)
_ATTRIBUTE = re.compile(r":!?[\w-]+!?:(?:\s.*)?")
_BLOCK = re.compile(r"\[(?P<name>[^\]\n]*)\]\s*")
_HEADING = re.compile(r"={1,6}[ \t]+(?P<text>\S.*)")
_DELIMITER = re.compile(
    r"(?P<mark>-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|--|[|,:!]={3,}|`{3,}\w*)[ \t]*"
)
_TITLE = re.compile(r"\.(?=[^\s.])")
_ITEM = re.compile(r"[ \t]*(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.|[a-z]\.|<[\d.]+>)[ \t]+(?:\[[ xX*]\][ \t]+)?(?=\S)")
_TERM = re.compile(r"[ \t]*(?P<term>\S.{0,80}?)(?P<mark>:{2,4}|;;)(?:[ \t]+|$)")
_LABEL = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_SKIPPED = re.compile(
    r"//(?!/).*|'{3,}|<{3}|\+|(?:image|include|toc|ifdef|ifndef|endif|video|audio)::\S*.*\]?"
)
_CELL = re.compile(
    r"(?:stem|latexmath|asciimath):\[(?:[^\]\\]|\\.)*\]|\\\|"
    r"|(?P<mark>(?:(?:(?<=\s)|^)(?P<span>\d+)?(?:\.\d+)?[+*]?[<^>]?(?:\.[<^>])?[adehlmsv]?)?\|)",
    re.MULTILINE,
)
_WHOLE = re.compile(r"(?P<stem>(?s:.+))")
_COLUMNS = re.compile(r"\bcols\s*=\s*\"?(?P<cols>[^\"\]]*)")
_REPEATED = re.compile(r"\s*(\d+)\*")
_INLINE = re.compile(
    r"(?:stem|asciimath):\[(?P<stem>(?:[^\]\\]|\\.)*)\]|latexmath:\[\$?(?P<latex>(?:[^\]\\]|\\.)*?)\$?\]"
    r"|`\+(?P<code_kept>[^`\n]+)\+`|``(?P<code_long>[^`\n]+)``|(?<!\w)`(?P<code>[^`\n]+)`(?!\w)"
    r"|\+\+\+?(?P<code_passed>[^+\n]+)\+\+\+?"
    r"|(?<![\w*])\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<emphasis>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|\*\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*\*"
    r"|(?:https?://|link:|mailto:|xref:)[^\s\[]*\[(?P<linked>[^\]\n]*)\]|<<[^<>,\n]*(?:,(?P<named>[^<>\n]*))?>>"
    r"|\[\[[^\]\n]*\]\]|footnote:\[[^\]\n]*\]|[ \t]\+(?=\n|$)"
)


def is_asciidoc(text: str) -> bool:
    """Return whether a text is AsciiDoc by its formulas, its tables or its marks above blocks.

    >>> is_asciidoc("so stem:[3 * 4 = 12]"), is_asciidoc("[stem]\\n++++\\n1 + 1\\n++++"), is_asciidoc("= 12")
    (True, True, False)
    """
    return _ASCIIDOC.search(text) is not None and _FENCE.search(text) is None


def asciidoc_blocks(source: Placed) -> list[Piece | Table]:
    r"""Return the pieces and tables of AsciiDoc. Comments and attributes are left out.

    >>> from nnutils.lint.readers.placed import placed
    >>> text = "= Units\n:stem:\n\n// a comment\n* stem:[55^2 ~~ 3000] each\n\nmaps:: 96"
    >>> [piece.text for piece in asciidoc_blocks(placed(text))]
    ['Units', '55^2 ≈ 3000 each', 'maps: 96']
    """
    return _Reader(source).read()


class _Reader(LineReader):
    def __init__(self, source: Placed) -> None:
        super().__init__(source)
        latex = _LATEX_STEM.search(source.text) is not None
        self.formulas: dict[str, FormulaReader] = {
            "stem": formula_strand if latex else asciimath_strand,
            "latex": formula_strand,
        }
        self.attributes = ""  # what stands in brackets above the next block

    def line(self, row: int) -> int:
        text = self.text(row)
        if not text.strip():
            self.flush()
            return row + 1
        if found := _DELIMITER.fullmatch(text):
            self.flush()
            return self.delimited(row, found["mark"])
        if not self.open and (block := _BLOCK.fullmatch(text)):
            self.attributes = f"{self.attributes} {block['name']}"
            return row + 1
        if _SKIPPED.fullmatch(text) or (not self.open and _ATTRIBUTE.fullmatch(text)):
            if text.strip() == "+":
                self.flush()
            return row + 1
        if (heading := _HEADING.fullmatch(text)) and not self.open:
            self.add(row, heading.start("text"))
            self.flush("heading")
            return row + 1
        return self.words(row, text)

    def words(self, row: int, text: str) -> int:
        """Take a line of running text, or an item."""
        skip = 0
        if item := _ITEM.match(text):
            self.flush()
            skip = item.end()
        elif (term := _TERM.match(text)) and "`" not in term["term"]:
            self.flush()
            self.term(row, term)
            return row + 1
        elif not self.open:
            title = _LABEL.match(text) or _TITLE.match(text)
            skip = title.end() if title else 0
        if not self.open and "math" in self.attributes or "stem" in self.attributes.split():
            end = self.until(row, re.compile(r"\s*"))
            self.mathematics(row, end)
            return end
        self.attributes = ""
        self.add(row, skip)
        return row + 1

    def term(self, row: int, found: re.Match[str]) -> None:
        """Take a term with what is said of it: its mark is read as one colon."""
        start = self.lines[row][0]
        self.open.append((start + found.start("term"), start + found.start("mark") + 1))
        if found.end() < len(self.text(row)):
            self.open.append((start + found.end(), self.lines[row][1]))
        parts = [self.source[slice(*one)] for one in self.open]
        if len(parts) == 2:
            blank = Placed(" ", [self.source.place(start + found.end())])
            places = [*parts[0].places, *blank.places, *parts[1].places]
            self.open = []
            self.paragraph(Placed(f"{parts[0].text} {parts[1].text}", places), None)

    def pieces(self, part: Placed, kind: PieceKind) -> list[Piece]:
        return marked_pieces(part, _INLINE, self.formulas, kind)

    # --- blocks -------------------------------------------------------------------------------------------

    def delimited(self, row: int, mark: str) -> int:
        """Take a block between two lines of one sign; of an example or a quotation only its marks."""
        attributes, self.attributes = self.attributes, ""
        if mark[:1] in "=*_" or mark == "--":
            return row + 1
        end = self.until(
            row + 1, re.compile(rf"{re.escape(mark.rstrip('abcdefghijklmnopqrstuvwxyz'))}[ \t]*")
        )
        if mark[1:] and mark[0] in "|,:!" and mark[1] == "=":
            self.table(row + 1, end, mark[0], attributes)
        elif mark[0] == "+":
            if "stem" in attributes or "math" in attributes:
                self.attributes = attributes
                self.mathematics(row + 1, end)
        elif mark[0] != "/":
            self.code(row + 1, end)
        return end + 1

    def mathematics(self, row: int, end: int) -> None:
        """Take displayed formulas."""
        latex, self.attributes = "latex" in self.attributes, ""
        read = formula_strand if latex else self.formulas["stem"]
        self.blocks += marked_pieces(self.part(row, end), _WHOLE, {"stem": read}, self.kind)

    def table(self, row: int, end: int, sign: str, attributes: str) -> None:
        """Take a table: its cells one behind the other, so many of them in a row as there are columns."""
        if sign != "|":
            apart = {",": ",", ":": ":"}.get(sign, "!")
            self.blocks.append(
                table_of([self.apart(one, apart) for one in range(row, end) if self.text(one).strip()])
            )
            return
        while row < end and not self.text(row).strip():
            row += 1
        part = self.part(row, end)
        marks = [found for found in _CELL.finditer(part.text) if found["mark"]]
        stops = [*(found.start() for found in marks[1:]), len(part.text)]
        cells: list[Piece] = []
        for found, stop in zip(marks, stops, strict=True):
            cells.append(self.cell(part[found.end() : stop].stripped()))
            across = int(found["span"] or 1) if "+" in found["mark"] else 1
            cells += [Piece("", ())] * (min(across, len(marks)) - 1)
        first = sum(found.start() < len(self.text(row)) for found in marks)
        width = _columns(attributes) or first
        if not width or not cells:
            return
        rows = [cells[at : at + width] for at in range(0, len(cells), width)]
        named = first == width and not self.text(row + 1).strip() and "noheader" not in attributes
        self.blocks.append(table_of(rows, 1 if named or "header" in attributes else None))

    def apart(self, row: int, sign: str) -> list[Piece]:
        """Return the cells of a line of a table whose cells are apart by a sign."""
        line = self.source[slice(*self.lines[row])]
        ends = [at for at, one in enumerate(line.text) if one == sign]
        starts = [0, *(at + 1 for at in ends)]
        return [
            self.cell(line[low:high].stripped())
            for low, high in zip(starts, [*ends, len(line.text)], strict=True)
        ]


def _columns(attributes: str) -> int:
    """Return how many columns the attributes of a table tell: cols="1,2,2", cols="3*", cols=3*."""
    found = _COLUMNS.search(attributes)
    if found is None:
        return 0
    repeated = _REPEATED.match(found["cols"])
    return int(repeated[1]) if repeated else len(found["cols"].rstrip(", ").split(","))
