"""Where PyYAML is not installed everything works except reading claims.yml, and that says what to install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.audit_book import QUESTION, write_book

ROOT = Path(__file__).resolve().parents[2]
BLOCK = "import sys; sys.modules['yaml'] = None\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "code", ["import nnutils.audit", "from nnutils import *", "import nnutils.audit.claim_files.claims"]
)
def test_the_audit_can_be_imported(code: str) -> None:
    done = run(f"{BLOCK}{code}\nprint(sys.modules['yaml'])")
    assert (done.returncode, done.stdout) == (0, "None\n"), done.stderr


def test_no_import_loads_yaml() -> None:
    done = run("import sys\nfrom nnutils import *\nimport nnutils.audit\nprint('yaml' in sys.modules)")
    assert (done.returncode, done.stdout) == (0, "False\n"), done.stderr


def test_reading_claims_says_what_to_install(tmp_path: Path) -> None:
    code = f"""
from nnutils.audit import Audit, MissingPackageError
from nnutils.core.errors import NNUtilsError
try:
    Audit({QUESTION!r}, root={str(write_book(tmp_path))!r})
except MissingPackageError as error:
    assert isinstance(error, ImportError) and isinstance(error, NNUtilsError)
    print(error)
"""
    done = run(BLOCK + code)
    assert done.returncode == 0, done.stderr
    assert 'pip install "nnutils[audit]"' in done.stdout
    assert run(code).stdout == ""  # and where it is installed, there is no error


def test_the_command_says_it_too(tmp_path: Path) -> None:
    code = BLOCK + "from nnutils.audit.__main__ import main\nraise SystemExit(main({}))"
    root = ["--root", str(write_book(tmp_path))]
    for options in ([], ["--json"]):
        done = run(code.format([*options, *root]))
        assert done.returncode == 2
        assert "pip install" in done.stderr and "Traceback" not in done.stderr
