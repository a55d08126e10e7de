"""The page that says what each operator counts, made of the rules' own words.

``python -m nnutils.torch_bridge.operators.page > docs/counting_operators.md`` writes it anew.
"""

from __future__ import annotations

import inspect
from typing import Any

from nnutils.torch_bridge.operators.elementwise import PerValue
from nnutils.torch_bridge.operators.moves import MOVES
from nnutils.torch_bridge.operators.table import FAMILIES, WHOLE

__all__ = ["page_of_rules"]

_HEAD = """\
# What each operator of a torch module counts

`count(module, input)` runs a torch module once on tensors without data and counts each operator that it
calls, by the rules below. A name is that of torch's operator without `aten::`; `relu_`, which works in
place, counts as `relu`. This page is made of the rules' own descriptions (`python -m
nnutils.torch_bridge.operators.page`).

- **Units** are values that a layer computes from several inputs; **connections** are, for each unit, the
  inputs that it reads.
- A **multiplication** may be a division; an **addition** a subtraction or a change of sign; a
  **comparison** also takes the larger of two numbers; an **evaluation** is one call of an elementary
  function: exp, tanh, a root, a power that is not whole.
- **macs**, the multiply-accumulates that papers and model libraries publish ("GFLOPs" in many tables), are
  the products of convolutions and matrix products alone, attention and recurrent layers included. The exact
  columns also have what these leave out: biases, normalisation, activations, pooling, sums.
- An operator that does several things at once counts what its definition does, also where a kernel takes a
  shorter way: attention in one call and attention written out have the same counts. Units and connections
  are those of the layers: a mean or a sum written out is a unit, and one within a normalisation or a
  softmax is not.
- A product with the zeros of a padding counts. Nothing depends on values: both branches of `leaky_relu`
  count.
- Numbers for a normalisation that do not depend on the input (running statistics) are taken as known; a
  normalisation with the statistics of the batch is refused, and so is whatever draws random numbers.
- Operators on indices and truth values alone are no work, whatever they do.
- All numbers are for one sample. Work that does not depend on the arguments (such as a product of two
  parameters) counts as it does for one.

An operator that is not here, and that torch cannot split into these, is an error that names it; with
`partial=True` it is listed below the table, and the total says that it is partial.
"""

_COLUMNS = {
    "multiplications": ("multiplication", "multiplications"),
    "additions": ("addition", "additions"),
    "comparisons": ("comparison", "comparisons"),
    "evaluations": ("evaluation", "evaluations"),
}


def page_of_rules() -> str:
    """Return the page in Markdown: a table of rules for each family of operators, then what is not counted.

    >>> [line for line in page_of_rules().splitlines() if "`silu`" in line]
    ['| `silu` | x · sigmoid(x): 1 multiplication, 1 evaluation for each value. |']
    """
    parts = [_HEAD]
    for family, rules in FAMILIES.items():
        names: dict[int, list[str]] = {}
        for name, rule in rules.items():
            names.setdefault(id(rule), []).append(name)
        lines = [f"## {family}", "", "| operators | what is counted |", "|---|---|"]
        for same in names.values():
            operators = ", ".join(f"`{name}`" for name in same)
            lines.append(f"| {operators} | {_described(rules[same[0]])} |")
        parts.append("\n".join(lines) + "\n")
    moved = ", ".join(f"`{name}`" for name in sorted(MOVES))
    whole = ", ".join(f"`{name}`" for name in sorted(WHOLE))
    parts.append(f"## Counted whole\n\nTorch would split these into other operators: {whole}.\n")
    parts.append(f"## Nothing to count\n\nThese only make, move, choose or copy values: {moved}.\n")
    return "\n".join(parts)


def _described(rule: Any) -> str:
    if isinstance(rule, PerValue):
        each = ", ".join(f"{times} {_COLUMNS[column][times > 1]}" for column, times in rule.each.items())
        if rule.definition.endswith("for each value"):
            return f"{rule.definition}."
        return _cell(f"{rule.definition}: {each} for each value.")
    return _cell(inspect.getdoc(rule) or "")


def _cell(text: str) -> str:
    """Return text as one cell of a table."""
    return " ".join(text.split()).replace("``", "`").replace("|", "\\|").replace("*", "\\*")


if __name__ == "__main__":
    print(page_of_rules(), end="")
