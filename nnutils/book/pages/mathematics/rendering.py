"""TeX to MathML with Temml, in V8."""

from __future__ import annotations

import atexit
import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from py_mini_racer import MiniRacer

from nnutils.core.errors import BookError

__all__ = ["FILES", "SCRIPTS", "VENDORED", "display_tex", "mathml"]

FILES = Path(__file__).resolve().parent / "files"
"""The folder with our script and style."""

VENDORED = Path(__file__).resolve().parent / "vendored"
"""The folder with Temml and the font."""

SCRIPTS = (VENDORED / "temml.min.js", FILES / "mathml.js")
"""What typesets a formula, here and in a browser, in this order."""

_CALL = """((tex, display) => {
  try { return JSON.stringify({ made: showYourWork.mathml(tex, display) }); }
  catch (error) { return JSON.stringify({ problem: String(error.message ?? error) }); }
})"""
_NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|alignat|gather|multline)\}")
_COMBINING = "\u0332"  # Temml underlines with it where the error is


@cache
def mathml(tex: str, *, display: bool = False) -> str:
    r"""Return a formula as a ``<math>`` element; ``display`` sets it on a line of its own.

    A formula is rendered once in a process.

    Raises:
        BookError: for TeX that cannot be read; it quotes the formula, and says where reading stopped.

    >>> mathml(r"a_1 = 41{,}472")
    '<math><mrow><msub><mi>a</mi><mn>1</mn></msub><mo>=</mo><mn>41,472</mn></mrow></math>'
    """
    answer = json.loads(str(_engine().call(_CALL, tex, display)))
    if "problem" in answer:
        said = answer["problem"].replace(_COMBINING, "").removeprefix("ParseError:").strip()
        raise BookError(
            f"A formula cannot be set: {' '.join(said.split())}",
            where=f"in {tex.strip()}",
            remedy="The commands of TeX that can be used are listed in Temml's documentation.",
        )
    return str(answer["made"])


def display_tex(tex: str) -> str:
    r"""Return what stands between two pairs of dollars as TeX of one formula, as Sphinx and MathJax read it.

    Lines that end in ``\\`` stand below one another; an empty line begins a formula of its own below. What an
    environment of amsmath would number has no number.

    >>> print(display_tex(r"a &= 1 \\ b &= 2"))
    \begin{split}a &= 1 \\ b &= 2\end{split}
    """
    whole = _NUMBERED.sub(r"\\\1{\2*}", tex)
    pieces = [piece.strip() for piece in re.split(r"\n\s*\n", whole) if piece.strip()]
    lines = [rf"\begin{{split}}{one}\end{{split}}" if _breaks_outside(one) else one for one in pieces]
    if len(lines) == 1:
        return lines[0]
    return r"\begin{gathered}" + r"\\".join(lines) + r"\end{gathered}"


def _breaks_outside(tex: str) -> bool:
    r"""Return whether a line ends in ``\\`` outside every environment."""
    depth = 0
    for found in re.finditer(r"\\begin\{|\\end\{|\\\\", tex):
        depth += {r"\begin{": 1, r"\end{": -1}.get(found[0], 0)
        if found[0] == r"\\" and depth == 0:
            return True
    return False


@cache
def _engine() -> MiniRacer:
    # Made where an event loop runs it would use that one, and end with it; elsewhere it has its own.
    with ThreadPoolExecutor(1) as elsewhere:
        engine = elsewhere.submit(MiniRacer).result()
    atexit.register(engine.close)  # later, it would wait for a thread that has ended with the interpreter
    for script in SCRIPTS:
        engine.eval(script.read_text(encoding="utf-8"))
    return engine
