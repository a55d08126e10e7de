#!/bin/sh
# Write requirements.txt: every dependency of the book and its tests, pinned, for every system and Python at once; and
# tools/nbdime.txt, what the extra `diff` needs beside them.
# Existing pins are not kept: this is how they are renewed. Called by `make lock`.
set -eu
scratch=_build/lock
"$PYTHON" -m venv --clear "$scratch"
"$scratch/bin/python" -m pip install --disable-pip-version-check --quiet -r tools/uv.txt
pins() {
    "$scratch/bin/uv" pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest --no-header --quiet "$@"
}
pins --extra book --extra test > "$scratch/pins.txt"
pins --extra diff --constraint "$scratch/pins.txt" --no-annotate > "$scratch/diff.txt"
{
    echo "# Every dependency, pinned. Written by 'make lock' from the ranges in pyproject.toml; do not edit by hand."
    echo "#"
    echo "# One set of versions serves Linux, macOS and Windows, Python 3.11 and newer. torch's own metadata adds CUDA libraries on"
    echo "# Linux, which nothing here uses; README.md says how to get the smaller CPU build instead."
    cat "$scratch/pins.txt"
    echo
    echo "# nnutils itself, importable from anywhere in this environment"
    echo "-e ."
} > requirements.txt
{
    echo "# What 'make diffs' adds to the environment, pinned. Written by 'make lock' like requirements.txt, without what is pinned there."
    grep -vxFf "$scratch/pins.txt" "$scratch/diff.txt"
} > tools/nbdime.txt
rm -rf "$scratch"
