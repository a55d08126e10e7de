"""For all tests: Hypothesis tries the same examples on every run, a slow machine is no failure, the site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from support.site import Built, build_for_students_once, build_once

settings.register_profile("book", derandomize=True, deadline=None)
settings.register_profile("quick", settings.get_profile("book"), max_examples=10)  # for `make check`
settings.load_profile("book")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-lesson", action="store_true", help="tests/browser: run every lesson in JupyterLab, not one"
    )


def shared(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of a run have in common."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The outcome of building the site, which happens once for all workers."""
    return build_once(shared(tmp_path_factory))


@pytest.fixture(scope="session")
def site(built: Built) -> Path:
    """The folder of the built pages."""
    assert built.returncode == 0, built.said
    return built.pages


@pytest.fixture(scope="session")
def student_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pages for students, which every file has been searched for answers in."""
    outcome = build_for_students_once(shared(tmp_path_factory))
    assert outcome.returncode == 0, outcome.said
    return outcome.pages
