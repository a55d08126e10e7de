"""Documents of LaTeX: blocks, tables, macros, and where it all stands."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.readers import read_sheet
from nnutils.lint.readers.latex.macros import expanded, without_comments
from nnutils.lint.readers.placed import placed
from nnutils.lint.sheets import Table

DOCUMENT = r"""\documentclass{article} % 1 = 2
\newcommand{\sq}[1]{#1 \times #1}
\begin{document}
\title{A sheet}\maketitle
\section*{Units \& weights}
The layer has $\sq{55} \cdot 96 = 290{,}400$ units, 5\% more. % 3 = 4
So $$ 3 \cdot 4 = 12 $$ and
\begin{align*}
  a &= 3 \\
    &= 4 \label{x}
\end{align*}
as said.\footnote{Note $5=6$.}

\begin{enumerate}
  \item[(a)] one \verb|x_1 = 3|
  \item two
\end{enumerate}
\begin{table}
  \caption{Counts}
  \begin{tabular}{l|rr}
    \hline
    Layer & \# units & \multicolumn{2}{c}{rest} \\ \hline
    c1 & $290{,}400$ & \num{34848} & a\&b \\
    \textbf{Total} & 3 \\
    \hline
  \end{tabular}
\end{table}
\begin{verbatim}
x = 3
\end{verbatim}
\begin{tikzpicture} \node{3=4}; \end{tikzpicture}
\input{other.tex}
Done.
\end{document}
5 = 6
"""


def test_a_whole_document() -> None:
    sheet = read_sheet(DOCUMENT, "sheet.tex")
    seen = [
        ("table", b.caption.text if b.caption else "", b.headers, [[c.text for c in row] for row in b.rows])
        if isinstance(b, Table)
        else (b.kind, b.text)
        for b in sheet.blocks
    ]
    assert seen == [
        ("heading", "A sheet"),
        ("heading", "Units & weights"),
        (
            "text",
            "The layer has 55 × 55 · 96 = 290,400 units, 5% more. So \n3 · 4 = 12 \n and\n"
            "\na = 3\n= 4\n\nas said.",
        ),
        ("text", "Note 5=6."),
        ("text", "one x_1 = 3"),
        ("text", "two"),
        (
            "table",
            "Counts",
            1,
            [["Layer", "# units", "rest", ""], ["c1", "290,400", "34848", "a&b"], ["Total", "3", "", ""]],
        ),
        ("code", "x = 3"),
        ("text", "Done."),
    ]
    assert sheet.problems == ("other.tex, a file that is put in, was not read",)


def test_places_lead_into_the_source_through_macros() -> None:
    sheet = read_sheet(DOCUMENT, "sheet.tex")
    piece = next(piece for piece in sheet.pieces() if "290,400" in piece.text)
    at = piece.text.index("55 × 55")
    start, end = piece.span(at, at + len("55 × 55 · 96 = 290,400"))
    assert DOCUMENT[start:end] == r"\sq{55} \cdot 96 = 290{,}400" or DOCUMENT[start:end].startswith("55}")
    assert sheet.where(start).line == 6


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\newcommand{\a}{\alpha}\a b \ab", r"\alpha b \ab"),
        (r"\newcommand\a{x}\newcommand{\b}[2][5]{#1+#2}\b{3}\b[\a]{4}", "5+3x+4"),
        (r"\def\p#1#2{#2#1}\p{a}{b}\p xy", "bayx"),
        (r"\DeclareMathOperator*{\am}{argmax}\am x", r"\operatorname{argmax} x"),
        (r"\renewcommand{\a}{\a 1}\a", r"\renewcommand{\a}{\a 1}\a"),
        (r"\newcommand{\a}{\alpha}x\a{}y", r"x\alpha{}y"),
    ],
)
def test_macros(source: str, expected: str) -> None:
    assert expanded(placed(source))[0].text == expected


@pytest.mark.parametrize(
    "source",
    [
        r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}\a",
        r"\newcommand{\a}[1]{\b{#1#1}}\newcommand{\b}[1]{\a{#1#1}}" + r"\a{" + "x" * 10_000 + "}",
    ],
)
def test_macros_that_never_end(source: str) -> None:
    whole, problems = expanded(placed(source))
    assert problems and len(whole) < 1_000_000 and len(whole.text) == len(whole.places)


def test_a_file_of_macros_states_nothing_and_a_document_with_as_many_does() -> None:
    macros = "\\def\\big#1{\\ifnum\\lastpenalty=10000 #1 \\fi}\n" * 60
    assert not lint(macros + "$3 \\cdot 4 = 13$", "a.tex").judged
    for text in (
        macros + "\\begin{document} $3 \\cdot 4 = 13$ \\end{document}",
        macros[: len(macros) // 3] + "$3 \\cdot 4 = 13$",
    ):
        assert "13" in [one.stated for one in lint(text, "a.tex").wrong]


def test_comments() -> None:
    assert without_comments(placed("a\\% b % c\n  d\\\\% e\n\nf")).text == "a\\% b d\\\\\n\nf"


def test_what_is_not_ended_is_read_as_far_as_it_goes() -> None:
    sheet = read_sheet(r"\begin{document} a \begin{tabular}{ll} 3 & $4 \cdot 5 = 20$", "a.tex")
    assert "4 · 5 = 20" in "".join(piece.text for piece in sheet.pieces())
    assert sheet.problems == ("the environment tabular is not ended",)


def test_plain_text_that_is_latex_is_read_as_such() -> None:
    assert read_sheet(DOCUMENT, "sheet.txt").format == "LaTeX"
    assert read_sheet("# Title\n\n$\\frac12$", "sheet.txt").format == "text"
