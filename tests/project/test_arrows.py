"""Imports between the packages of nnutils point down, and no modules import each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.arrows import (
    ORDER,
    PACKAGE,
    Arrow,
    arrows,
    circles,
    keeps_order,
    modules,
    package_of,
    report,
)

Tree = Callable[[dict[str, str]], Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Make a package nnutils of the given modules; those not given are empty."""

    def make(sources: dict[str, str]) -> Path:
        for row in ORDER:
            for package in row:
                (tmp_path / "nnutils" / package).mkdir(parents=True)
                (tmp_path / "nnutils" / package / "__init__.py").touch()
        (tmp_path / "nnutils/__init__.py").touch()
        for file, source in sources.items():
            (tmp_path / "nnutils" / file).parent.mkdir(exist_ok=True)
            (tmp_path / "nnutils" / file).write_text(source, encoding="utf-8")
        return tmp_path / "nnutils"

    return make


def from_own_package(found: list[Arrow]) -> list[Arrow]:
    """The imports of a package by one of the modules that it is made of."""
    return [(own, other) for own, other in found if own.startswith(f"{other}.")]


def test_every_package_has_its_place_in_the_order() -> None:
    assert {package_of(module) for module in modules()} - {"nnutils"} == set().union(*ORDER)


def test_imports_point_down() -> None:
    found = arrows()
    print("\n".join(report(found)))  # pytest -rP shows it
    assert len(found) > 100, "the arrows were not found"
    assert not [arrow for arrow in found if not keeps_order(arrow)]


def test_no_modules_import_each_other() -> None:
    """Not even by an import inside a function; packages inside a package do not, either."""
    assert not circles(arrows())


def test_only_a_package_imports_what_it_is_made_of() -> None:
    assert not from_own_package(arrows())


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("core/worked.py", "from nnutils.networks import count"),
        ("core/worked.py", "from nnutils import networks"),
        ("core/worked.py", "import nnutils.networks"),
        ("core/worked.py", "from ..networks import count"),
        ("core/__init__.py", "from .. import networks"),
        ("core/worked.py", "def f():\n    from nnutils.networks import count"),
        ("autodiff/tape.py", "from nnutils.networks import count"),
        ("networks/counting.py", "from nnutils.autodiff import trace"),
        ("numerics/signals.py", "import nnutils.torch_bridge"),
        ("torch_bridge/modules.py", "from nnutils.audit import Audit"),
        ("audit/session.py", "from nnutils import drawing"),
        ("drawing/style.py", "from nnutils.audit import Audit"),
        ("drawing/style.py", "from nnutils import count"),
    ],
)
def test_an_import_against_the_order_is_noticed(tree: Tree, file: str, source: str) -> None:
    assert not all(map(keeps_order, arrows(tree({file: source}))))


def test_imports_with_the_order_are_counted(tree: Tree) -> None:
    found = arrows(
        tree(
            {
                "networks/sizes.py": "from nnutils.core import Worked\nfrom . import layers",
                "networks/layers.py": "",
                "drawing/style.py": "import math\nimport nnutils.networks.sizes, nnutils.core",
                "__init__.py": "from nnutils import drawing",
            }
        )
    )
    assert "\n".join(report(found)).split() == (
        "inside packages: 1 networks 1 across packages: 4 networks > core 1 drawing > core 1 "
        "drawing > networks 1 nnutils > drawing 1 against the order: 0 in a circle: 0".split()
    )


def test_a_package_without_a_place_is_an_error(tree: Tree) -> None:
    package = tree({})
    (package / "extra.py").write_text("from nnutils.core import Worked", encoding="utf-8")
    with pytest.raises(LookupError, match="'extra'"):
        list(map(keeps_order, arrows(package)))


def test_modules_that_import_each_other_are_noticed(tree: Tree) -> None:
    package = tree(
        {
            "core/one.py": "from nnutils.core import two",
            "core/two.py": "def f():\n    import nnutils.core.one",
        }
    )
    assert circles(arrows(package)) == [("nnutils.core.one", "nnutils.core.two")]
    assert "in a circle: 1 nnutils.core.one, nnutils.core.two" in " ".join(
        " ".join(report(arrows(package))).split()
    )


def test_packages_inside_a_package_that_import_each_other_are_noticed(tree: Tree) -> None:
    """No two modules do: each package has one that imports, and another one that is imported."""
    package = tree(
        {
            "book/paper/__init__.py": "",
            "book/paper/page.py": "from nnutils.book.exports import choosing",
            "book/paper/markup.py": "",
            "book/exports/__init__.py": "",
            "book/exports/choosing.py": "",
            "book/exports/moodle.py": "import nnutils.book.site",
            "book/site.py": "from nnutils.book.paper.markup import html_of_line",
        }
    )
    found = ("nnutils.book.exports", "nnutils.book.paper", "nnutils.book.site")
    assert circles(arrows(package)) == [found]
    (package / "book/site.py").write_text("", encoding="utf-8")
    assert not circles(arrows(package))


def test_a_package_may_import_what_it_is_made_of(tree: Tree) -> None:
    package = tree(
        {
            "book/paper/__init__.py": "from nnutils.book.paper.page import printed",
            "book/paper/page.py": "from nnutils.book.paper import markup",
            "book/paper/markup.py": "",
            "book/__init__.py": "from nnutils.book import paper",
        }
    )
    assert not circles(arrows(package))


def test_a_module_that_imports_its_own_package_is_noticed(tree: Tree) -> None:
    package = tree({"core/one.py": "from nnutils.core import Table"})
    assert from_own_package(arrows(package)) == [("nnutils.core.one", "nnutils.core")]


def test_the_order_is_that_of_the_real_packages() -> None:
    assert all((PACKAGE / package / "__init__.py").is_file() for row in ORDER for package in row)
