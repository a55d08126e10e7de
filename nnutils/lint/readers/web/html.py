"""HTML as a sheet: blocks, tables, formulas as MathML or LaTeX, raised and lowered text."""

from __future__ import annotations

import re

from nnutils.lint.readers.latex import formula_strand
from nnutils.lint.readers.latex.scripts import scripts_strand
from nnutils.lint.readers.markdown_inline import is_formula
from nnutils.lint.readers.placed import BEGIN, END, Placed, Strand, Writer, joined
from nnutils.lint.readers.web.html_tables import TableBuilder
from nnutils.lint.readers.web.html_tokens import Token, html_tokens
from nnutils.lint.readers.web.mathml import DEEPEST, Node, mathml_strand, tex_of
from nnutils.lint.sheets import Piece, PieceKind, Table

__all__ = ["html_blocks"]

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody td "
    "tfoot th thead title "
    "tr ul".split()
)
_SKIPPED = frozenset(
    "script style template noscript svg nav head select button iframe object textarea s del strike".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HEADING = re.compile(r"h[1-6]")
_BLANK = re.compile(r"\s+")
_OPENING = re.compile(r"\\[(\[]|(?<!\\)\$\$?")
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$", "$": "$"}
_REFERENCE = re.compile(r"\[[\w ,–-]*\]")


def html_blocks(source: Placed, kind: PieceKind = "text") -> list[Piece | Table]:
    """Return the pieces and tables of HTML.

    >>> from nnutils.lint.readers.placed import placed
    >>> text = placed("<p>11 &times; 11<sup>2</sup><p><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>")
    >>> [piece.text for piece in html_blocks(text)]
    ['11 × 11^(2)', '((1)/(2))']
    """
    reader = _Reader(source, kind)
    for token in html_tokens(source.text):
        reader.take(token)
    reader.end()
    return reader.blocks


class _Reader:
    def __init__(self, source: Placed, kind: PieceKind) -> None:
        self.source, self.kind = source, kind
        self.blocks: list[Piece | Table] = []
        self.at = 0  # where the tag begins
        self.parts: list[Strand | Placed] = []
        self.scripts: list[tuple[str, list[Strand | Placed]]] = []
        self.tables: list[TableBuilder] = []
        self.skipped: list[str] = []  # the element that is skipped, and those of its name inside it
        self.outputs: list[bool] = []  # of each open div, whether it holds what code printed
        self.nodes: list[Node] = []  # the elements of MathML that are open
        self.too_deep = 0
        self.pre = self.heading = self.code = False
        self.tex: list[Placed] | None = None

    def take(self, token: Token) -> None:
        self.at = token.start
        if token.kind == "start":
            self.start(token.text, token.attributes)
            if token.closed and (self.nodes or token.text == "svg"):
                self.close(token.text)
        elif token.kind == "end":
            self.close(token.text)
        elif token.kind == "text":
            self.add(self.source[token.start : token.end])
        else:
            self.add(Placed(token.text, [self.place()] * len(token.text)))

    def place(self) -> int:
        return self.source.place(self.at)

    # --- elements -------------------------------------------------------------------------------------------

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipped:
            if tag == self.skipped[0]:
                self.skipped.append(tag)
            return
        if self.nodes or tag == "math":
            self.open_node(tag, attributes)
            return
        if tag == "script" and "math/tex" in attributes.get("type", ""):
            self.tex = []
            return
        hidden = attributes.get("aria-hidden") == "true" or "hidden" in attributes
        if (tag in _SKIPPED or hidden) and tag not in _VOID:
            self.skipped.append(tag)
        elif tag == "br":
            self.parts.append([("\n", self.place())])
        elif tag in ("sup", "sub"):
            self.scripts.append((tag, self.parts))
            self.parts = []
        elif tag in _BLOCKS:
            self.flush()
            self.open_block(tag, attributes)
        elif tag == "code" and self.pre:
            self.code = True

    def close(self, tag: str) -> None:
        if self.skipped:
            if tag == self.skipped[-1]:
                self.skipped.pop()
        elif self.nodes:
            self.close_node(tag)
        elif tag == "script" and self.tex is not None:
            strand, _ = formula_strand(joined(self.tex))
            self.parts.append([BEGIN, *strand, END])
            self.tex = None
        elif tag in ("sup", "sub"):
            self.close_script(tag)
        elif tag in _BLOCKS:
            self.flush()
            self.close_block(tag)

    def open_block(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self.tables.append(TableBuilder())
        elif self.tables and tag in ("tr", "td", "th", "thead", "tbody", "caption"):
            self.tables[-1].open(tag, attributes)
        elif tag == "div":
            classes = attributes.get("class", "").lower().split()
            self.outputs.append(any(name == "cell_output" or name.startswith("output") for name in classes))
        elif tag == "pre":
            self.pre, self.code = True, any("highlight" in value for value in attributes.values())
        elif _HEADING.fullmatch(tag) or tag == "title":
            self.heading = True

    def close_block(self, tag: str) -> None:
        if tag == "table" and self.tables:
            made = self.tables.pop().table()
            if made is not None:
                self.blocks.append(made)
        elif tag == "thead" and self.tables:
            self.tables[-1].end_head()
        elif tag == "div" and self.outputs:
            self.outputs.pop()
        elif tag == "pre":
            self.pre = self.code = False
        elif _HEADING.fullmatch(tag) or tag == "title":
            self.heading = False

    def close_script(self, tag: str) -> None:
        if not self.scripts or self.scripts[-1][0] != tag:
            return
        _, before = self.scripts.pop()
        inside = self.strand()
        text = "".join(sign for sign, _ in inside)
        self.parts = before
        if inside and not _REFERENCE.fullmatch(text.strip()):
            last = before[-1] if before else None
            base = last.text[-1:] if isinstance(last, Placed) else last[-1][0][-1:] if last else ""
            script: Strand = [("", inside[0][1]), *inside]
            self.parts.append(
                scripts_strand(base, [script] if tag == "sub" else [], [script] if tag == "sup" else [])
            )

    # --- MathML ---------------------------------------------------------------------------------------------

    def open_node(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.nodes) > DEEPEST:
            self.too_deep += 1
            return
        node = Node(tag.rpartition(":")[2], self.place(), attributes)
        if self.nodes:
            self.nodes[-1].children.append(node)
        self.nodes.append(node)

    def close_node(self, tag: str) -> None:
        if self.too_deep:
            self.too_deep -= 1
            return
        name = tag.rpartition(":")[2]
        if all(node.name != name for node in self.nodes):
            return
        while (node := self.nodes.pop()).name != name:
            pass
        if not self.nodes:
            self.formula(node)

    def formula(self, node: Node) -> None:
        tex = tex_of(node)
        strand = formula_strand(tex)[0] if tex is not None else mathml_strand(node)
        self.parts.append([BEGIN, *strand, END])

    # --- text -----------------------------------------------------------------------------------------------

    def add(self, part: Placed) -> None:
        if self.skipped:
            return
        if self.tex is not None:
            self.tex.append(part)
        elif self.nodes:
            self.nodes[-1].text.append(part)
        else:
            self.parts.append(part)

    def strand(self) -> Strand:
        """Return what was collected, with the formulas in it, and collect anew."""
        parts, self.parts = self.parts, []
        made: Strand = []
        run: list[Placed] = []
        for part in [*parts, None]:
            if isinstance(part, Placed):
                run.append(part)
                continue
            if run:
                made += _with_formulas(joined(run), self.pre)
                run = []
            made += part or []
        return made

    def flush(self) -> None:
        """End a block."""
        while self.scripts:
            self.close_script(self.scripts[-1][0])
        if not self.parts:
            return
        writer = Writer()
        writer.strand(self.strand())
        kind: PieceKind = self.kind
        if self.pre:
            kind = "output" if any(self.outputs) or not self.code else "code"
        elif any(self.outputs):
            kind = "output"
        elif self.heading:
            kind = "heading"
        piece = writer.piece(kind)
        if not piece.text:
            return
        if self.tables and self.tables[-1].is_open:
            self.tables[-1].add(piece)
        else:
            self.blocks.append(piece)

    def end(self) -> None:
        """End everything that is still open."""
        if self.nodes:
            self.formula(self.nodes[0])
        self.flush()
        while self.tables:
            self.close_block("table")


def _with_formulas(run: Placed, pre: bool) -> Strand:
    """Return text with the formulas of LaTeX in it."""
    made: Strand = []
    missing: set[str] = set()
    last = at = 0
    while not pre and (found := _OPENING.search(run.text, at)):
        at = found.end()
        closing = _CLOSING[found[0]]
        end = -1 if closing in missing else run.text.find(closing, at)
        if end < 0:
            missing.add(closing)
        elif closing != "$" or is_formula(run.text[at:end], run.text[end + 1 : end + 2]):
            made += _collapsed(run[last : found.start()], pre)
            made += [BEGIN, *formula_strand(run[at:end])[0], END]
            last = at = end + len(closing)
    return made + _collapsed(run[last:], pre)


def _collapsed(part: Placed, pre: bool) -> Strand:
    """Return text with one blank for each run of blanks, as a browser shows it."""
    signs = list(zip(part.text, part.places, strict=True))
    if pre:
        return signs
    kept = [found.start() for found in _BLANK.finditer(part.text)]
    blanks = set(kept)
    return [
        (" ", place) if sign.isspace() else (sign, place)
        for at, (sign, place) in enumerate(signs)
        if not sign.isspace() or at in blanks or sign == "\N{NO-BREAK SPACE}"
    ]
