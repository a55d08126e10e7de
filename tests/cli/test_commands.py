"""The command line: each example of its help runs; the answers are the library's; bad input is one line."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from nnutils import Conv2d, Network, autodiff, conv_output_size, count, solve_conv
from nnutils.cli import main, read_network
from nnutils.cli.command_line import EXAMPLES
from nnutils.core.errors import NNUtilsError
from nnutils.practice import as_data, judge, load

ROOT = Path(__file__).resolve().parents[2]
LINE = "3x227x227 conv(96, 11, stride=4, name=conv1)"
ALEXNET = Network((3, 227, 227), [Conv2d(96, 11, stride=4, name="conv1")])


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out.rstrip("\n")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("command", [name for name in EXAMPLES if name != "audit"])
def test_the_example_in_the_help_runs(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    program, *arguments = shlex.split(EXAMPLES[command])
    assert program == "nnutils" and arguments[0] == command.split()[0]
    assert said(capsys, *arguments)
    with pytest.raises(SystemExit):
        main([command.split()[0], "--help"])
    assert " ".join(EXAMPLES[command].split()) in " ".join(capsys.readouterr().out.split())


def test_counts_and_sizes_are_those_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    columns = ("units", "weights")
    assert said(capsys, "count", LINE, "--columns", ",".join(columns)) == str(count(ALEXNET).table(*columns))
    data = json.loads(said(capsys, "count", LINE, "--json"))
    assert data["conv1"]["connections"] == data["total"]["connections"] == 105_415_200
    size = conv_output_size(224, 11, stride=4, padding=2)
    assert said(capsys, "size", "224", "11", "--stride", "4", "--padding", "2") == size.work
    assert said(capsys, "size", "224", "11", "--stride", "4", "--padding", "2", "--latex") == size.latex
    found = json.loads(said(capsys, "solve", "64", "32", "--kernel-size", "8", "--dilation", "1", "--json"))
    assert [tuple(one.values()) for one in found] == list(solve_conv(64, 32, kernel_size=8, dilation=1))
    assert (
        said(capsys, "solve", "64", "32", "--kernel-size", "1", "--stride", "1")
        == "There is no such setting."
    )


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_a_trace_is_that_of_the_same_function_in_python(
    mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = autodiff.trace(lambda x1, x2: autodiff.ln(x1) + x1 * x2 - autodiff.sin(x2), x1=2, x2=5)
    table = made.forward("x2") if mode == "forward" else made.reverse()
    arguments = ["trace", "ln(x1) + x1*x2 - sin(x2)", "x1=2", "x2=5", "--mode", mode, "--wrt", "x2"]
    assert said(capsys, *arguments) == table.text
    rows = json.loads(said(capsys, *arguments, "--json"))
    assert rows[-1]["value"] == table.derivative.rows[-1].value


def test_a_wrong_number_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    network = ["explain", "conv1.connections", "15,415,200", "--network", LINE]
    assert said(capsys, *network) == "15,415,200 is 105,415,200 without one 0."
    assert json.loads(said(capsys, *network, "--json"))[0]["kind"] == "a digit lost"
    assert said(capsys, "explain", "c*k*k", "33", "c=3", "k=11").startswith("The factor 11 (k) is left out")
    assert said(capsys, "explain", "c*k*k", "363", "c=3", "k=11") == "That is right."
    assert said(capsys, "explain", "c*k*k", "7,919", "c=3", "k=11") == "The mistake is not recognised."


def test_a_question_is_asked_and_answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    plain = said(capsys, "practice", "sizing_networks/q1")
    assert "1200 nodes" in plain and "600,000" not in plain
    assert "500 · 1,200 = 600,000 parameters" in said(capsys, "practice", "sizing_networks/q1", "--answers")
    assert said(capsys, "practice", "sizing_networks/q1", "--seed", "3") != plain
    data = json.loads(said(capsys, "practice", "sizing_networks/q1", "--json"))
    assert data["asked"] and not {"answer", "shown", "work", "slips"} & set(data["asked"][0])
    data = json.loads(said(capsys, "practice", "sizing_networks/q1", "--json", "--answers"))
    assert data == json.loads(json.dumps(as_data(load("sizing_networks/q1"))))


ALEXNET_PAGE = ("practice", "sorting_backprop_alexnet/q3", "--root", str(ROOT))


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("conv1_connections=105,415,200", 0, "conv1_connections: right.\n"),
        ("conv1_connections=1.05e8", 1, "coarse. Right as far as it goes."),
        (
            "conv1_connections=15,415,200",
            1,
            "wrong. A digit is missing.\n  15,415,200 is 105,415,200 without one 0.\n",
        ),
        ("conv1_connections=12 or 13", 2, "unreadable. One number is asked"),
        ("time=conv2", 0, "time: right."),
    ],
)
def test_a_typed_answer_is_judged(
    typed: str, status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ALEXNET_PAGE, "--check", typed]) == status
    assert words in capsys.readouterr().out


def test_of_several_typed_answers_the_worst_gives_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    checks = ["--check", "conv1_units=290,400", "--check", "conv1_weights=3"]
    assert main([*ALEXNET_PAGE, *checks, "--json"]) == 1
    assert [one["verdict"] for one in json.loads(capsys.readouterr().out)] == ["right", "wrong"]
    own = judge(load("sorting_backprop_alexnet/q3", ROOT).asked()[0], "290,400")
    assert own.verdict == "right"
    assert main([*ALEXNET_PAGE, *checks, "--check", "conv1_units=?"]) == 2


# --- networks as text -------------------------------------------------------------------------------------

TOML = """\
input = [3, 227, 227]
layers = [
    "conv(96, 11, stride=4, name=conv1)",
    {kind = "maxpool", kernel_size = [3, 3], stride = 2},
    "flatten",
    {kind = "linear", out_features = 10, bias = false},
]
"""


def test_a_line_and_a_file_give_the_same_network(tmp_path: Path) -> None:
    file = tmp_path / "net.toml"
    file.write_text(TOML, encoding="utf-8")
    line = f"{LINE} maxpool((3, 3), stride=2x2); flatten, linear(10, bias=false)"
    assert read_network(str(file)).shapes == read_network(line).shapes
    assert count(read_network(str(file))).total.parameters == count(read_network(line)).total.parameters


BAD = [
    (["count", "conv(3, 3)"], "does not begin with a size"),
    (["count", "3x8x8"], "has no layers"),
    (["count", "3x8x8 foo(3)"], "'foo' is not a kind of layer"),
    (["count", "3x8x8 conv(8, 3, strides=2)"], "strides"),
    (["count", "3x8x8 conv(8, 30)"], "30"),
    (["count", "3x8x8 conv(8, [3, 3])"], "3"),
    (["count", "3x8x8 conv(8, 3)", "--columns", "wheels"], "no column 'wheels'"),
    (["count", "none.toml"], "There is no file none.toml"),
    (["count", "broken.toml"], "is not TOML"),
    (["count", "empty.toml"], "has no input or no layers"),
    (["size", "3", "11"], "Use kernel_size <= 3"),
    (["solve", "8", "4", "--latex", "--stride", "2"], "no LaTeX"),
    (["trace", "ln(x)", "x=-1"], "ln needs a positive number"),
    (["trace", "x + y", "x=1"], "y has no value"),
    (["trace", "f(x)", "x=1"], "f is not a function here"),
    (["trace", "x x", "x=1"], "is not an expression"),
    (["trace", "9**9**9**9 * x", "x=1"], ""),
    (["trace", "x", "x"], "'x' is not an input"),
    (["explain", "c*k", "two", "c=3", "k=2"], "'two' is in words"),
    (["explain", "conv9.units", "3", "--network", LINE], "is not a count of this network"),
    (["explain", "sin(c)", "3", "c=2"], "sin is not a function here"),
    (["practice", "foundations/q6", "--check", "weights"], "'weights' is not an answer to this question"),
    (["practice", "foundations/q6", "--check", "units=3"], "one of the names scalars, weights"),
    (["practice", "foundations/q99"], "There is no chapters/foundations/practice/q99.py"),
]


@pytest.mark.parametrize(
    ("arguments", "words"), BAD, ids=lambda part: " ".join(part) if isinstance(part, list) else ""
)
def test_bad_input_is_one_line_and_exit_status_2(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "broken.toml").write_text("input = [", encoding="utf-8")
    (tmp_path / "empty.toml").write_text("input = 3\n", encoding="utf-8")
    if arguments[0] == "practice":
        arguments = [*arguments, "--root", str(ROOT)]
    monkeypatch.chdir(tmp_path)
    line = refused(capsys, *arguments)
    assert words in line and line.count("\n") == 1 and "Traceback" not in line


def test_a_network_of_many_brackets_is_refused_at_once() -> None:
    with pytest.raises(NNUtilsError):
        read_network("3x8x8 " + "(" * 10_000)


@pytest.mark.slow
def test_it_runs_as_a_module_and_loads_the_standard_library_only() -> None:
    code = (
        "import sys; from nnutils.cli import main; "
        f"main(['explain', 'conv1.weights', '11616', '--network', {LINE!r}]); "
        "print(sorted({'numpy', 'torch', 'matplotlib', 'yaml', 'IPython'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]" and "3 (input channels)" in done.stdout
    version = [sys.executable, "-m", "nnutils", "--version"]
    done = subprocess.run(version, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.startswith("nnutils ")
