"""The command line: its commands and options, and how a problem is said in one line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from nnutils.cli import commands
from nnutils.cli.answer import Result, installed_version
from nnutils.cli.sheets import FORMATS, lint_command
from nnutils.core.errors import NNUtilsError

__all__ = ["EXAMPLES", "main"]

EXAMPLES: dict[str, str] = {
    "count": "nnutils count '3x227x227 conv(96, 11, stride=4, name=conv1)'",
    "size": "nnutils size 224 11 --stride 4 --padding 2",
    "solve": "nnutils solve 64 32 --kernel-size 8 --dilation 1",
    "trace": "nnutils trace 'ln(x1) + x1*x2 - sin(x2)' x1=2 x2=5 --mode reverse",
    "explain": "nnutils explain 'h*w*c*r' 10,541,520 h=55 w=55 c=96 r=363",
    "audit": "nnutils audit --json",
    "lint": "nnutils lint conventions.md glossary.md",
    "practice": "nnutils practice foundations/q6 --seed 7 --answers",
    "practice --check": "nnutils practice sorting_backprop_alexnet/q3 --check 'conv1_units=290,400'",
}
"""A command line for each command; ``nnutils COMMAND --help`` shows it, and the tests run it."""

Command = Callable[[argparse.Namespace], Result]
Add = Callable[..., argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; print its answer and return its exit status, or exit with 2 and one line."""
    parser = _parser(installed_version() or "(not installed)")
    options = parser.parse_args(arguments)
    try:
        result: Result = options.run(options)
        if said := result.shown(options.form):
            print(said)
    except (NNUtilsError, ImportError) as error:
        _stop(parser, error)
    except KeyboardInterrupt:
        parser.exit(130, "\nStopped.\n")  # as shells have it
    return result.status


def _stop(parser: argparse.ArgumentParser, error: Exception) -> NoReturn:
    parser.exit(2, f"{' '.join(str(error).split())}\n")


def _parser(version: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nnutils", description="Counts, sizes, derivatives and wrong answers, each with its work."
    )
    parser.add_argument("--version", action="version", version=f"nnutils {version}")
    added = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Command, forms: Sequence[str] = ("json", "latex")) -> argparse.ArgumentParser:
        text = (run.__doc__ or "").partition("\n")[0]
        lines = [line for key, line in EXAMPLES.items() if key.split()[0] == name]
        examples = f"Example{'s' if len(lines) > 1 else ''}: {'; '.join(lines)}"
        made = added.add_parser(name, help=text, description=text, epilog=examples)
        form = made.add_mutually_exclusive_group()
        for other in forms:
            form.add_argument(
                f"--{other}", dest="form", action="store_const", const=other, help=f"as {other}"
            )
        made.set_defaults(run=run, form="text")
        return made

    _add_networks(add)
    one = add("trace", commands.trace_command)
    one.add_argument("function", help="such as 'ln(x1) + x1*x2'")
    one.add_argument("inputs", nargs="+", metavar="NAME=VALUE")
    one.add_argument("--mode", choices=("forward", "reverse"), default="forward")
    one.add_argument("--wrt", help="forward mode: the input that the derivative is taken in (the first)")
    one.add_argument("--digits", type=int, default=4, help="decimals in the last column (4)")
    one = add("explain", commands.explain_command)
    one.add_argument("right", help="the right expression, or LAYER.COLUMN of --network")
    one.add_argument("stated", help="the wrong value")
    one.add_argument("inputs", nargs="*", metavar="NAME=VALUE", help="values of the names in the expression")
    one.add_argument("--network", help="a network on one line, or a TOML file")
    one.add_argument("--most", type=int, default=3, help="so many explanations (3)")
    one = add("audit", commands.audit_command)
    one.add_argument("--part", help="only this part of the book")
    one.add_argument("--root", help="the book's folder (the nearest one upwards with chapters/)")
    _add_lint(add)
    one = add("practice", commands.practice_command)
    one.add_argument("question", help="such as foundations/q6")
    one.add_argument("--seed", type=int, help="draw a variant; the same seed gives the same one")
    one.add_argument("--answers", action="store_true", help="with the answers and their work")
    one.add_argument(
        "--check",
        action="append",
        metavar="NAME=TYPED",
        help="judge an answer; exit status 0 right, 1 wrong or too few digits, 2 unreadable",
    )
    one.add_argument("--root", help="the book's folder (the nearest one upwards with chapters/)")
    return parser


def _add_lint(add: Add) -> None:
    """Add the command that checks sheets."""
    one = add("lint", lint_command, ("json", "sarif", "claims"))
    one.add_argument("files", nargs="+", metavar="FILE", help="a sheet; - is the standard input")
    one.add_argument("--network", help="the network of the sheets, on one line or as a TOML file")
    one.add_argument("--html", metavar="OUT", help="also write a page with the sheet beside the findings")
    one.add_argument("--all", action="store_true", help="right and unchecked statements, too")
    one.add_argument("--quiet", action="store_true", help="the findings only, not how much was checked")
    one.add_argument("--format", choices=FORMATS, help="what the sheets are, if their names do not say it")


def _add_networks(add: Add) -> None:
    """Add the commands about networks and sizes."""
    one = add("count", commands.count_command)
    one.add_argument("network", help="a network on one line, or a TOML file with input and layers")
    one.add_argument("--columns", help="which, with commas: units,weights,connections")
    one = add("size", commands.size_command)
    one.add_argument("input", type=int, help="pixels")
    one.add_argument("kernel_size", type=int)
    for name, usual in (("stride", 1), ("padding", 0), ("dilation", 1)):
        one.add_argument(f"--{name}", type=int, default=usual, help=f"({usual})")
    one.add_argument("--ceil-mode", action="store_true", help="round up, as a pooling may")
    one = add("solve", commands.solve_command)
    one.add_argument("input", type=int, help="pixels before")
    one.add_argument("output", type=int, help="pixels after")
    for name in ("kernel-size", "stride", "padding", "dilation"):
        one.add_argument(f"--{name}", type=int, help="(any)")
