"""Claims files for Hypothesis: right ones with the claims that they hold, damaged ones, and any bytes."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st
from support.fuzzing.expressions import loose, trees, written
from support.fuzzing.odd import mostly

__all__ = ["anything", "claim_files", "documents", "right_files"]

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12
).filter(str.strip)
_PYTHON = trees(("x", "h"), leaves=4).map(lambda tree: written(tree, {"^": "**"}))
_NUMBER = st.one_of(st.integers(-(10**6), 10**9), st.sampled_from(["1.7160", "10,542,972", "-1/81", "2e6"]))
_SLUG = st.sampled_from(["out", "h1", "feature-space", "a-b-c"])
_STATED: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "number": st.one_of(
        st.builds(lambda stated: {"stated": stated}, _NUMBER),
        st.builds(
            lambda stated, digits: {"stated": stated, "digits": digits},
            st.integers(1, 10**9),
            st.integers(1, 9),
        ),
    ),
    "shape": st.builds(lambda stated: {"stated": stated}, st.lists(_NUMBER, min_size=1, max_size=3)),
    "formula": st.builds(lambda stated, how: {"stated": stated, "expression": how}, _TEXT, _PYTHON),
    "rule": st.builds(lambda stated, how: {"stated": stated, "expression": how}, _TEXT, _PYTHON),
    "step": st.just({"stated": True}),
    "conclusion": st.builds(lambda cases: {"stated": sorted(cases)}, st.sets(_SLUG, min_size=1)),
}


@st.composite
def _claims(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        sheet, kind = draw(st.sampled_from(["001", "A"])), draw(st.sampled_from(sorted(_STATED)))
        made.append(
            {
                "id": f"{sheet}-q{draw(st.integers(1, 12))}-{draw(_SLUG)}-{number}",
                "sheet": sheet,
                "says": draw(_TEXT),
                "kind": kind,
                **draw(_STATED[kind]),
            }
        )
    return made


right_files = _claims().map(
    lambda claims: (yaml.safe_dump({"sheets": ["001", "A"], "claims": claims}), claims)
)
"""The text of a file that is right, and its claims as mappings."""

_SCALARS = (
    "1 -1 1.5 1e999999999 '1e999999999' 0x1F 0b_ 1:2:3 true null ~ .nan .inf 2026-01-01 2026-99-99 '' "
    '"\\ud800" !!int_x !!float_x !!timestamp_x !!binary_é !!python/object:os.system_x !!set_{a,b} '
    "!!omap_[a] &a_[*a] *a "
    "{<<:_3} '9**9**9' 'x**(10**9)' \"\\0\" | > @ ` % - ? : # [ ] { } , ' \" \\ &a &b *b << = !"
).split(" ")
_scalar = st.one_of(
    st.sampled_from([one.replace("_", " ") for one in _SCALARS]),
    st.sampled_from("[({-'\"9!&").flatmap(lambda sign: st.integers(1, 3000).map(lambda n: sign * n)),
    loose.map(lambda text: text[:300]),
    st.integers(1, 400).map(lambda depth: "[" * depth + "]" * depth),
    st.tuples(st.integers(2, 14), st.integers(2, 10)).map(lambda size: _aliases(*size)),
)


def _aliases(deep: int, wide: int) -> str:
    """Lists of aliases of lists of aliases, which are enormous once they are written out."""
    rows = [f"&a0 [{', '.join(['1'] * wide)}]"]
    rows += [f"&a{n} [{', '.join([f'*a{n - 1}'] * wide)}]" for n in range(1, deep)]
    return f"[{', '.join(rows)}]"


_FIELDS = (
    "id sheet says stated kind of expression digits legible restored readings cause charged note".split()
)


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """Draw a right file of which some lines hold something else, or fields are added, left out or doubled."""
    lines = draw(right_files)[0].split("\n")
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        field, value = draw(st.sampled_from(_FIELDS)), draw(_scalar)
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        name = lines[place].partition(":")[0]
        change = draw(st.integers(0, 3))
        if change == 0:
            lines[place] = f"{name}: {value}"
        elif change == 1:
            lines.insert(place, f"{indent}{field}: {value}")
        elif change == 2:
            del lines[place]
            lines = lines or [""]
        else:
            lines[place] = f"{indent}{value}"
    return "\n".join(lines)


documents = st.one_of(
    _damaged(),
    _damaged(),
    st.lists(_scalar, max_size=8).map("\n".join),
    _scalar.map(lambda value: f"sheets: ['001']\nclaims:\n- id: 001-q1-a\n  stated: {value}\n"),
    _scalar.map(lambda value: f"sheets: {value}\nclaims: {value}\n"),
)
"""YAML that is nearly right, or hardly any."""

anything = st.one_of(
    st.binary(max_size=60), documents.map(lambda text: text.encode("utf-8", "surrogatepass"))
)
"""Bytes that may be no text."""

claim_files: st.SearchStrategy[tuple[bytes, list[dict[str, Any]] | None]] = mostly(
    anything.map(lambda content: (content, None)),
    right_files.map(lambda made: (made[0].encode(), made[1])),
    times=4,
)
"""A file, and where it is right the claims that it holds."""
