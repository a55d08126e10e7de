"""A question with an answer of every kind, and what is typed at the edges of what counts as right."""

from __future__ import annotations

PRACTICE = """\
from fractions import Fraction

from nnutils.practice import Asked, Convention, computed


def givens():
    return {"size": 3}


def draw(seed):
    return {"size": 3 + seed}


def parts(givens):
    return {"a": 10}


def statement(givens):
    return "What?"


def asked(givens):
    twice = (Convention(210_830_400, "Counted twice."),)
    table = ((1, 2), (3, 4))
    product = computed(lambda a, b, c: a * b + c, a=3.0, b=4.0, c=-0.0123)
    return (
        Asked("whole", "a whole number", "a", 105_415_200, unit="connections", conventions=twice),
        Asked("short", "a short number", "a", 7),
        Asked("small", "a small float", "a", 0.1119),
        Asked("float", "a float", "a", 35.1211186),
        Asked("minus", "a negative float", "a", -0.15346568),
        Asked("third", "a fraction that does not end", "a", Fraction(200, 3)),
        Asked("ends", "another fraction that ends", "a", Fraction(3512, 100)),
        Asked("sixteenth", "a fraction that ends", "a", Fraction(1, 16)),
        Asked("size", "a size as channels, height, width", "a", (96, 55, 54)),
        Asked("floats", "a list", "a", (0.5, 0.25, 0.1119)),
        Asked("free", "rows in any order", "a", (*table, (1.2345678, 6)), any_order=True),
        Asked("table", "a table", "a", ((1, 2, 0.1119), (3, 4, 1200))),
        Asked("nested", "blocks", "a", (table, ((5, 6), (7, 8)))),
        Asked("setting", "the setting, as k, s, p, d: the smallest", "a", (8, 2, 3, 1200)),
        Asked("rows", "settings", "a", ((7.004, 6), (7.0, 6), (34848, 4), (105415, 2)), any_order=True),
        Asked("cut", "y", "a", 2.68719),
        Asked("cuts", "y", "a", (-2.68719, 35.9871)),
        Asked("prob", "in P_i and y_i", "a", "P_i * (1 - P_i) + y_i"),
        Asked("yes", "yes or no?", "a", True),
        Asked("several", "for each, yes or no?", "a", (True, False)),
        Asked("words", "names", "a", ("x", "h")),
        Asked("path", "which?", "a", "A and B", choices=("A and B", "D")),
        Asked("line", "a formula", "a", "2 * x + y"),
        Asked("kinks", "a formula with kinks", "a", "relu(x) - H(y)"),
        Asked("loss", "a loss", "a", 3.6123, conventions=(Convention(5.2114, "In base 2."),)),
        Asked("root", "a root", "a", 11.9877, work=product),
        Asked("roots", "two roots", "a", (2.5, 11.9877), work=(None, product)),
        Asked("best", "the best setting", "a", (4, 5, 6)),
        Asked("all", "every setting", "a", ((1, 2, 3), (4, 5, 6), (7, 8, 9)), any_order=True),
        Asked("bend", "a formula with relu", "a", "relu(x1) - x2", defines="bent"),
        Asked("after", "a formula of another one", "a", "x1 * bent", defines="later"),
        Asked("product", "a product of matrices", "a", "W.T @ r * dphi(z)"),
    )
"""

_LONG = "1" * 200
_SUM = "7" + "+0" * 100  # of 201 characters
_OPENINGS = ("(1, 2), (3, 4), (1.2345678, 6)", "[1, 2; 3, 4; 1.2345678, 6]", "{3, 4}; {1, 2}; {1.2345678, 6}")
EDGES: dict[str, tuple[str, ...]] = {
    "whole": (
        *(
            "105415200",
            "105,415,200",
            "105 415 200",
            "105415200.0",
            "105415200 and 1",
            "105.4152e6",
            "105.4152M",
            "105 M",
            "1.05e8",
        ),
        *(
            "1.054e8",
            "1.1e8",
            "~105,415,200",
            "~105,000,000",
            "105,415,200 connections",
            "105415200 connection",
        ),
        *(
            *("105,415,200 units", "105415200 Parameters", "105415200parameters", "105,415,200 apples"),
            *("[105415200]", "[105,415,200] connections", "[1, 2]", "[]", "105.415.200", "105.415.201"),
            *("units", "x units", "105 million entries", "105415200 entries units", "105415.200"),
            "210,830,400",
            "2.108304e8",
            "2.1e8",
            "105415201",
            "1054152.00e2",
            "55*55*96*363",
        ),
        *(
            "= 105415200",
            "c = 105415200",
            "a = b = 105415200",
            "c == 105415200",
            "105415200 = c",
            "+105415200",
        ),
        *(_LONG, f"{_LONG}1", "0" * 192 + "105415200", " " * 300 + "105415200", "105,415,200 or 1", "1; 2"),
    ),
    "short": (
        "7",
        "7.0",
        "6.9999999",
        "7.00001",
        "7.4",
        "~7",
        "14/2",
        "49^(1/2)",
        "sqrt(49)",
        "sqrt(49.01)",
        _SUM[:199],
        _SUM,
    ),
    "small": (
        "0.1",
        "0.11",
        "0.112",
        "0.1119",
        "0.11190",
        "0.111901",
        "0.1118",
        "11.19%",
        "11.2%",
        "11%",
        "1/9",
    ),
    "float": (
        *(
            "35",
            "36",
            "4",
            "~35",
            "~40",
            "35.1",
            "35.12",
            "35.13",
            "35.1211",
            "35.12112",
            "35.1215",
            "35.1211187",
        ),
        *(
            "35.122",
            "3.5e1",
            "3.51e1",
            "35,12",
            "35,121",
            "0,35",
            "1,234,5",
            "3512%",
            "351 %",
            "e^3.5588",
            "0.35e2",
        ),
    ),
    "minus": ("-0.153", "-.1535", "0.153", "- 0.15", "−0.2", "-0.1534", "-15.3%", "-(0.1535)"),
    "third": (
        "66",
        "67",
        "66.7",
        "66.67",
        "66.66",
        "200/3",
        "7e1",
        "66.666667",
        "66.6666",
        "6",
        "70",
        "~70",
        "7",
    ),
    "ends": ("35.12", "35", "35.1", "35.120", "878/25", "3512%"),
    "sixteenth": (
        "1/16",
        "0.0625",
        "0.06",
        "0.063",
        "0.062",
        "0.0624",
        "6.25%",
        "6.3%",
        "2^-4",
        "0.06250001",
    ),
    "size": (
        *(
            "96 x 55 x 54",
            "96x55x54",
            "(96, 55, 54)",
            "96,55,54",
            "96 55 54",
            "96;55;54",
            "55, 54, 96",
            "54 x 55 x 96",
            *("96 by 55 by 54", "96 by55 x 54", "96, 55 and 54", "96, 55, and 54 units", "96; 55; and 54"),
            *("96@55x54", "96 @ 55 × 54", "55x54@96", "96@55@54", "c=96,h=55,w=54", "h=55, w=54, c=96"),
            *(
                "channels=96, height=55, width=54",
                "c=96 x h=55 x w=54",
                "c = 96, h = 55",
                "96,,54",
                "96, 55,",
            ),
            *("96 and 55 and 54", "96 55 and 54", "96, 55 AND 54", "96,and 55, 54", "and 96, 55, 54"),
        ),
        *(
            "[96, 55, 54",
            "96, 55",
            "96, 55, 54, 1",
            "96 × 55 × 54",
            "96*55*54",
            "96, 55.0, 54",
            "9.6e1, 55, 54,",
        ),
    ),
    "floats": (
        "0.5, 0.25, 0.11",
        "0.5, 0.25, 0.112",
        "1/2; 1/4; 0.1119",
        "50%, 25%, 11.19%",
        "0.25, 0.5, 0.1119",
    ),
    "free": (
        *_OPENINGS,
        *("1,2;3,4;1.23,6", "1.23,6;3,4;1,2", "1.2,6;3,4;1,2", "1,2;1,2;3,4", "1,2;3,4", "2,1;3,4;1.23,6"),
    ),
    "table": (
        *(
            "1, 2, 0.1119; 3, 4, 1200",
            "1, 2, 0.11; 3, 4, 1,200",
            "1 2 0.112\n3 4 1200",
            "1, 3; 2, 4; 0.1119, 1200",
        ),
        *("((1, 2, 0.1119), (3, 4, 1200))", "[[1, 2, 0.1119], [3, 4, 1200]]", "(1, 2, 0.1119), (3, 4, 1200)"),
        *(
            "1, 2, 0.1119",
            "1,2,0.1119;;3,4,1200",
            "1, 2; 3, 4",
            "(1, 2, 0.1119; 3, 4, 1200))",
            "1,2,x;3,4,1200",
        ),
        f"1, 2, 0.1119; 3, 4, {'0' * 1976}1200",
        f"1, 2, 0.1119; 3, 4, {'0' * 1980}1200",
    ),
    "nested": (
        "1, 2; 3, 4 | 5, 6; 7, 8",
        "1,2\n3,4|5,6\n7,8",
        "(1,2;3,4)|(5,6;7,8)",
        "1,2;3,4",
        "((1,2),(3,4))",
    ),
    "setting": (
        *(
            "k=8, s=2, p=3, d=1200",
            "k=8,s=2,p=3,d=1,200",
            "K = 8; S = 2; P = 3; D = 1200",
            "k=8 s=2 p=3 d=1200",
        ),
        *("(k=8, s=2, p=3, d=1200)", "k=8, p=2, s=3, d=1200", "k=8, s=2, 3, 1200", "8, k=2, s=3, 1200"),
        *(
            "k=8, s=2, p=3",
            "k=8, 2, 3, 1200",
            "8, 2, 3, d=1200",
            "a=8, b=2, c=3, d=1200",
            "k==8, s=2, p=3, d=1",
        ),
        *(
            "k=8, s=2, p=3, d=",
            "k=4*2, s=2, p=3, d=1200",
            "k=4 * 2, s=2, p=3, d=1200",
            "2*k=4, s=2, p=3, d=1200",
        ),
        *("k=8\ts=2\tp=3\td=1200", "k=8\ns=2\np=3\nd=1200", "8, , 3, 1200", "8,,3,1200", "8, 2, three, 1200"),
    ),
    "rows": (
        *("7.00, 6; 7.004, 6; 105415, 2; 34848, 4", "105415, 2; 7.004, 6; 7.00, 6; 34848, 4"),
        *("34848, 4; 15415, 2; 7.004, 6; 7.00, 6", "34848, 4; 34848, 4; 7.004, 6; 7.0, 6", "7,6;7,6;7,6;7,6"),
        *("105.4e3, 2; 7.00, 6; 7.004, 6; 34848, 4", "34848, 5; 105415, 2; 7.004, 6; 7.00, 7"),
    ),
    "cut": (
        *(
            "2.68",
            "2.6",
            "2",
            "2.6871",
            "2.687",
            "2.69",
            "-2.68",
            "2.67",
            "268%",
            "26.8e-1",
            "~2.6",
            "2.0*1.34",
        ),
        *("2,687", "2,687 units", "12,687", "2.68700", "2687191e-6", "3", "0.0", "2.68718"),
    ),
    "cuts": (
        "-2.68, 35.9",
        "-2.68, 35",
        "-2.69, 36.0",
        "-2.6, 35.98",
        "2.68, 35.9",
        "-2.68 36",
        "-2,687, 36.0",
    ),
    "prob": (
        *(
            "pi(1-pi)+yi",
            "pi*(1-pi)+yi",
            "Pi*(1-Pi)+Y_i",
            "p_i - p_i^2 + y_i",
            "P_i*(1-P_i)+y_i",
            "pi",
            "PI*0+e",
        ),
        *(
            "P_i*(1 - P_i) + y_i + pi*0",
            "P_i ∗ (1 − P_i) + y_i",
            "P_i·(1-P_i) + y_i",
            "½*P_i*(2-2*P_i)+y_i",
            "P_j",
        ),
    ),
    "yes": ("yes", "Yes.", "no.", "y..", ".", "yes and no", "Y", " TRUE ", "no", "nope", "1", ""),
    "several": ("yes, no", "y n", "y; N", "no, yes", "yes", "yes, maybe", "(true, false)", "yes, no, no"),
    "words": (
        "x, h",
        "X H",
        "'x', 'h'",
        "h, x",
        "x; h",
        "x",
        "x, hh",
        "x and h",
        "x, and h",
        "h and x",
        "x and",
    ),
    "path": ("A and B", "a  AND b", '"D"', "A or B", "B and A"),
    "line": (
        "2x + y",
        "2*x + y",
        "y + x + x",
        "2*x+y*(1+1e-4)",
        "2*x+y+1e-12",
        "2*H(0)*2*x+y",
        "x*2+z",
        "ln(x)",
        "1/0",
    ),
    "kinks": (
        "relu(x)-H(y)",
        "H(x)*x - H(y)",
        "x - H(y)",
        "relu(x) - H(y) + H(0) - 1/2",
        "max(x)",
        "f(x)",
        "relu x",
        *("ReLU(x) - H(y)", "phi(x) - H(y)", "φ x - H(y)", "Relu x - H(y)", "relu x^1 - H(y)", "h(y)"),
    ),
    "loss": ("3.6", "3.61", "5.2", "5.21", "5.3", "5.2114", "~5", "4", "1.2*3.0103", "1.2*3", "0.0*1.5"),
    "root": ("12", "12.0", "~12", "12 units", "12*1", "1.2e1", "12.0*1", "11.5*1.04", "11.9", "-12", "13"),
    "roots": ("2.5, 12", "2.5, 12.0", "3, 12", "2.5 and 12", "2.5 by 12", "12, 2.5", "5/2, ~12"),
    "best": ("4, 5, 6", "1, 2, 3", "7 8 9", "(7, 8, 9)", "7, 8", "7, 8, 8", "4, 5 and 6", "4 by 5 by 6"),
    "bend": (
        *("relu(x_1) - x2", "phi(x1)-x_2", "ϕ(x1) - x2", "RELU x1 - x_2", "x1*H(x1) - x2", "x1(1) - x2"),
        *("2(x1)", "(x1)(x2)", "relu(x1) - 1x2", "relu(x1) x 1 - x2", "1 x relu(x1) - x2", "phi", "bend2"),
    ),
    "after": ("bent", "x1 * bent", "x1*(relu(x1) - x2)", "later", "x1 * bent + 0*later"),
    "product": (
        *(
            "W.T @ r * dphi(z)",
            "W^T @ (r * dphi(z))",
            "dphi(z) * (W.T @ r)",
            "W @ r",
            "W.T * r",
            "r.T @ W",
            "2 @ r",
        ),
        *("W.T @ r", "z", "dphi(r)", "(W.T @ r) * dphi(z) + 0*z", "(W.T@r)*dphi(z)*e/e", "dphi"),
    ),
}
