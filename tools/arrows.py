"""Who imports whom: the arrows between the packages of nnutils, and whether they keep the order.

Usage: python tools/arrows.py    prints how many imports there are inside each package and between each two

Imports point down: a package imports only what stands in a lower row of ORDER. Packages in one row do not
import each other. The front door, nnutils/__init__.py, stands above them all. Inside a package, too, the
modules and packages that stand side by side do not import each other: not directly, and not in a circle.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "nnutils"
ORDER: list[set[str]] = [
    {"core"},
    {"networks", "autodiff"},
    {"numerics"},
    {"torch_bridge"},
    {"slips"},
    {"audit", "drawing", "practice"},
    {"lint"},
    {"book"},
    {"cli"},
]
FRONT_DOOR = "nnutils"
Arrow = tuple[str, str]
"""The names of two modules: the one that imports, the one that is imported."""


def module_name(path: Path, package: Path = PACKAGE) -> str:
    """Return a module's name: 'nnutils.core.worked'; a package's is that of its folder."""
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(package: Path = PACKAGE) -> dict[str, Path]:
    """Return every module's file by the module's name."""
    return {module_name(path, package): path for path in sorted(package.rglob("*.py"))}


def imported_modules(path: Path, known: set[str], own: str) -> set[str]:
    """Return those of the known modules that a file imports, anywhere in its code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:  # relative: from the package that this file is in, or one further up
                base = own.split(".") if path.name == "__init__.py" else own.split(".")[:-1]
                base = base[: len(base) - node.level + 1]
                source = ".".join([*base, source] if source else base)
            names = {f"{source}.{alias.name}" for alias in node.names}
            found |= (names & known) | ({source} if names - known else set())
    return (found & known) - {own}


def arrows(package: Path = PACKAGE) -> list[Arrow]:
    """Return who imports whom, module by module."""
    files = modules(package)
    return [
        (own, other)
        for own, path in files.items()
        for other in sorted(imported_modules(path, set(files), own))
    ]


def package_of(module: str) -> str:
    """Return the package below nnutils that a module belongs to; the front door's for nnutils itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != "__main__" else FRONT_DOOR


def rank(package: str) -> int:
    """Return the row of a package in ORDER; the front door's is above the last."""
    if package == FRONT_DOOR:
        return len(ORDER)
    for row, names in enumerate(ORDER):
        if package in names:
            return row
    raise LookupError(f"ORDER in tools/arrows.py does not say where the package {package!r} belongs.")


def keeps_order(arrow: Arrow) -> bool:
    """Return whether an import stays inside its package or points to one further down."""
    own, other = map(package_of, arrow)
    return own == other or rank(other) < rank(own)


def between_neighbours(found: list[Arrow]) -> set[Arrow]:
    """Return who imports whom among what stands side by side in the same package, package or module.

    An import by a package's module counts for the package as well, and so on outwards.
    """
    pairs: set[Arrow] = set()
    for own, other in found:
        ours, theirs = own.split("."), other.split(".")
        shared = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
        if shared is not None:  # else one is the package of the other
            pairs.add((".".join(ours[: shared + 1]), ".".join(theirs[: shared + 1])))
    return pairs


def circles(found: list[Arrow]) -> list[tuple[str, ...]]:
    """Return what imports each other, directly or by way of others: each circle's names, sorted."""
    graph: dict[str, set[str]] = {}
    for own, other in between_neighbours(found):
        graph.setdefault(own, set()).add(other)
    reached = {name: _reached(graph, name) for name in graph}
    turning = [name for name in graph if name in reached[name]]
    return sorted(
        {
            tuple(sorted(one for one in turning if name in reached[one] and one in reached[name]))
            for name in turning
        }
    )


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    """Return all that a module or package imports, also by way of others."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def counts(found: list[Arrow]) -> Counter[Arrow]:
    """Return how many arrows there are for each pair of packages."""
    return Counter((package_of(own), package_of(other)) for own, other in found)


def report(found: list[Arrow]) -> Iterator[str]:
    """Yield the lines of a table: arrows inside packages, then across, with those that break the order."""
    table = counts(found)
    ordered = sorted(table, key=lambda pair: (rank(pair[0]), pair[0], rank(pair[1]), pair[1]))
    inside = [(own, other) for own, other in ordered if own == other]
    across = [(own, other) for own, other in ordered if own != other]
    yield f"inside packages: {sum(table[pair] for pair in inside)}"
    yield from (f"  {own:<12}   {'':<12} {table[own, own]:>4}" for own, _ in inside)
    yield f"across packages: {sum(table[pair] for pair in across)}"
    yield from (f"  {own:<12} > {other:<12} {table[own, other]:>4}" for own, other in across)
    wrong = [arrow for arrow in found if not keeps_order(arrow)]
    yield f"against the order: {len(wrong)}"
    yield from (f"  {own} imports {other}" for own, other in wrong)
    yield f"in a circle: {len(circles(found))}"
    yield from (f"  {', '.join(names)}" for names in circles(found))


def main() -> int:
    """Print the table; the exit status says whether an arrow breaks the order, or closes a circle."""
    found = arrows()
    print("\n".join(report(found)))
    return int(not all(map(keeps_order, found)) or bool(circles(found)))


if __name__ == "__main__":
    sys.exit(main())
