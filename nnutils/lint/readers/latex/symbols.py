"""The commands of LaTeX's mathematics, by what becomes of them in plain notation."""

from __future__ import annotations

__all__ = [
    "ACCENTS",
    "BLANKS",
    "DROPPED",
    "DROPPED_ARGUMENTS",
    "FUNCTIONS",
    "KEPT_ARGUMENT",
    "LABELLED",
    "SWITCHES",
    "SYMBOLS",
    "UNITS",
    "WORDS",
]

_GREEK = {
    **dict(zip("alpha beta gamma delta epsilon zeta eta theta iota".split(), "αβγδεζηθι", strict=True)),
    **dict(zip("kappa lambda mu nu xi omicron pi rho sigma tau".split(), "κλμνξοπρστ", strict=True)),
    **dict(zip("upsilon phi chi psi omega Gamma Delta Theta".split(), "υφχψωΓΔΘ", strict=True)),
    **dict(zip("Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(), "ΛΞΠΣΥΦΨΩ", strict=True)),
    **dict(zip("varepsilon vartheta varpi varrho varsigma varphi varkappa".split(), "εθπρςφκ", strict=True)),
}  # fmt: skip

SYMBOLS: dict[str, str] = {
    **_GREEK,
    "times": "×", "cdot": "·", "ast": "*", "star": "*", "div": "/", "pm": "±", "mp": "∓", "bullet": "·",
    "centerdot": "·",
    "approx": "≈", "simeq": "≈", "sim": "∼", "cong": "≅", "approxeq": "≈", "doteq": "≐", "equiv": "≡",
    "propto": "∝",
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "leqslant": "≤", "geqslant": "≥", "neq": "≠", "ne": "≠",
    "ll": "≪",
    "gg": "≫", "lt": "<", "gt": ">", "coloneqq": "≔", "coloneq": "≔", "triangleq": "≜", "lesssim": "≲",
    "gtrsim": "≳",
    "rightarrow": "→", "to": "→", "longrightarrow": "→", "Rightarrow": "⇒", "Longrightarrow": "⇒",
    "implies": "⇒",
    "leftarrow": "←", "gets": "←", "Leftarrow": "⇐", "longleftarrow": "←", "leftrightarrow": "↔", "iff": "⇔",
    "Leftrightarrow": "⇔", "Longleftrightarrow": "⇔", "mapsto": "↦", "leadsto": "→", "rightsquigarrow": "→",
    "hookrightarrow": "→", "longmapsto": "↦", "Downarrow": "⇓", "downarrow": "↓", "uparrow": "↑",
    "Uparrow": "⇑",
    "therefore": "∴", "because": "∵", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨",
    "rangle": "⟩", "vert": "|", "lvert": "|", "rvert": "|", "mid": "|", "Vert": "‖", "lVert": "‖",
    "rVert": "‖",
    "|": "‖", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "lparen": "(",
    "rparen": ")", "%": "%", "#": "#", "$": "$", "&": "&", "_": "_", "dots": "…", "ldots": "…", "cdots": "…",
    "dotsc": "…", "dotsb": "…", "dotsm": "…", "dotsi": "…", "dotso": "…", "vdots": "⋮", "ddots": "⋱",
    "textellipsis": "…",
    "sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂",
    "coprod": "∐",
    "infty": "∞", "partial": "∂", "nabla": "∇", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂",
    "subseteq": "⊆",
    "supset": "⊃", "supseteq": "⊇", "cup": "∪", "cap": "∩", "setminus": "∖", "emptyset": "∅",
    "varnothing": "∅",
    "forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨",
    "top": "⊤", "intercal": "⊤", "bot": "⊥", "perp": "⊥", "parallel": "∥", "odot": "⊙", "otimes": "⊗",
    "oplus": "⊕",
    "circledast": "⊛", "circ": "∘", "degree": "°", "prime": "′", "dagger": "†", "ell": "ℓ", "hbar": "ℏ",
    "Re": "ℜ",
    "Im": "ℑ", "aleph": "ℵ", "angle": "∠", "triangle": "△", "square": "□", "Box": "□", "blacksquare": "■",
    "qed": "■",
    "checkmark": "✓", "colon": ":", "slash": "/", "backslash": "\\", "S": "§", "P": "¶", "copyright": "©",
    "euro": "€",
    "pounds": "£", "textdegree": "°", "textmu": "μ", "texttimes": "×", "textbackslash": "\\",
    "textasciitilde": "∼",
    "textasciicircum": "^", "textunderscore": "_", "textgreater": ">", "textless": "<", "textbar": "|",
    "textminus": "−",
    "textendash": "–", "textemdash": "—", "textbullet": "•", "textpm": "±", "textperiodcentered": "·",
    "textdollar": "$",
    "i": "i", "j": "j", "imath": "i", "jmath": "j", "ss": "ß", "ae": "æ", "oe": "œ", "o": "ø", "aa": "å",
    "l": "ł",
    "AE": "Æ", "OE": "Œ", "O": "Ø", "AA": "Å", "L": "Ł",
    "not": "̸", "surd": "√", "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“", "dq": '"',
}  # fmt: skip

FUNCTIONS = frozenset(
    "ln log lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan max min sup "
    "inf arg argmax argmin det dim gcd lcm deg ker Pr lim limsup liminf hom sgn erf softmax "
    "sigmoid relu ReLU tr rank diag".split()
)
"""Commands whose name is what is set."""

WORDS = frozenset(
    "text mathrm operatorname mbox hbox textrm textsf texttt textnormal mathsf mathtt textup "
    "fbox intertext shortintertext mathop textsc".split()
)
"""Commands whose argument is words."""

KEPT_ARGUMENT = frozenset(
    "mathbf mathit mathcal mathfrak mathscr boldsymbol bm pmb mathnormal symbf symbfit underline "
    "cancel bcancel xcancel boxed smash mathbin mathrel mathord mathopen mathclose "
    "mathpunct mathinner ensuremath textbf textit emph textsl uline hl framebox makebox mathllap "
    "mathrlap mathclap llap rlap Aboxed".split()
)
"""Commands whose argument is set as it would be without them."""

LABELLED = {
    "underbrace": 1, "overbrace": 1, "underbracket": 1, "overbracket": 1, "underparen": 1, "overparen": 1,
}  # fmt: skip
"""Braces above or below an argument, whose label is a script."""

SWITCHES = frozenset(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag middle "
    "big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm biggm Biggm "
    "mathstrut strut rm bf it sf tt cal hline centering small large normalsize footnotesize tiny "
    "Large LARGE huge scriptsize bfseries itshape relax null allowbreak nobreak hfill hfil vfill "
    "! / - noindent protect toprule midrule bottomrule qedhere medskip smallskip bigskip newpage "
    "clearpage pagebreak linebreak sloppy raggedright ttfamily sffamily rmfamily upshape "
    "mdseries selectfont boldmath unboldmath nopagebreak maketitle tableofcontents appendix "
    "leavevmode indent ignorespaces frenchspacing".split()
)
"""Commands that change how something looks, or nothing here."""

BLANKS = {
    ",": "thin", ":": " ", ";": " ", ">": " ", " ": " ", "\n": " ", "\t": " ", "~": " ",
    "quad": "\N{EM SPACE}", "qquad": "\N{EM SPACE}",
    "enspace": " ", "thinspace": "thin", "medspace": " ", "thickspace": " ", "space": " ", "enskip": " ",
    "nobreakspace": " ",
}  # fmt: skip
"""Blanks; a thin one may stand between thousands."""

DROPPED_ARGUMENTS = {
    "label": 1, "tag": 1, "tag*": 1, "hspace": 1, "vspace": 1, "hspace*": 1, "vspace*": 1, "phantom": 1,
    "hphantom": 1, "sout": 1, "xout": 1, "st": 1,
    "vphantom": 1, "color": 1, "cite": 1, "citep": 1, "citet": 1, "ref": 1, "eqref": 1, "cref": 1,
    "Cref": 1, "autoref": 1,
    "pageref": 1, "cline": 1, "cmidrule": 1, "addlinespace": 0, "rule": 2, "includegraphics": 1,
    "class": 1, "cssId": 1,
    "kern": 0, "mkern": 0, "arraystretch": 0, "setlength": 2, "addtolength": 2, "vskip": 0, "hskip": 0,
    "mspace": 1,
    "require": 1, "bibliography": 1, "bibliographystyle": 1, "pagestyle": 1, "thispagestyle": 1,
    "setcounter": 2,
    "addtocounter": 2, "usepackage": 1, "documentclass": 1, "newpage": 0, "hypersetup": 1, "graphicspath": 1,
    "fontsize": 2, "definecolor": 3, "rowcolor": 1, "cellcolor": 1, "columncolor": 1, "index": 1, "nocite": 1,
    "theoremstyle": 1, "newtheorem": 2, "geometry": 1, "sisetup": 1, "url": 1, "arraycolsep": 0,
    "tabcolsep": 0,
    "renewcommand": 2, "providecommand": 2, "newcommand": 2, "newlength": 1, "newcounter": 1,
    "pgfplotsset": 1,
    "usetikzlibrary": 1, "tikzset": 1, "newenvironment": 3, "date": 1, "stepcounter": 1, "refstepcounter": 1,
}  # fmt: skip
"""How many arguments, besides those in square brackets, go with a command that leaves nothing."""

DROPPED = frozenset({"addlinespace", "kern", "mkern", "vskip", "hskip"})
"""Commands that a length may follow."""

ACCENTS = {
    "dot": "\u0307", "ddot": "\u0308", "bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "vec": "\u20d7",
    "widehat": "\u0302", "widetilde": "\u0303", "overline": "\u0305", "overrightarrow": "\u20d7",
    "check": "\u030c",
    "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a", "underbar": "\u0332",
    "'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c",
    "u": "\u0306", "H": "\u030b", "r": "\u030a", "k": "\u0328", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
"""Accents, each as the combining character that follows a letter. The last rows are those of running text."""

UNITS = {
    "percent": "%", "byte": "B", "bit": "bit", "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
    "kibi": "Ki",
    "mebi": "Mi", "gibi": "Gi", "milli": "m", "micro": "μ", "nano": "n", "centi": "c", "second": "s",
    "meter": "m",
    "metre": "m", "gram": "g", "hertz": "Hz", "watt": "W", "volt": "V", "ampere": "A", "joule": "J",
    "kelvin": "K",
    "celsius": "°C", "degree": "°", "degreeCelsius": "°C", "hour": "h", "minute": "min", "day": "d",
    "per": "/",
    "squared": "²", "cubed": "³", "square": "", "cubic": "", "pixel": "px", "flop": "FLOP", "litre": "L",
    "liter": "L",
    "newton": "N", "pascal": "Pa", "ohm": "Ω", "mole": "mol", "candela": "cd", "deci": "d", "hecto": "h",
    "peta": "P",
}  # fmt: skip
"""Units of siunitx, which are written one behind the other."""
