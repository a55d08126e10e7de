#!/bin/sh
# Have git show and merge changed notebooks cell by cell, with nbdime. Called by `make diffs`; `make clean` calls it with --disable.
# .gitattributes names the drivers; where they are not set up, git takes a notebook for the text it is.
set -eu
cd "$(dirname "$0")/.."
keys="diff.jupyternotebook.command merge.jupyternotebook.driver difftool.nbdime.cmd mergetool.nbdime.cmd"

if ! git rev-parse --git-dir >/dev/null 2>&1; then
    [ "${1:-}" = --disable ] && exit 0
    echo "This folder is not a git checkout, so there are no diffs to show."
    exit 1
fi

if [ "${1:-}" = --disable ]; then
    # only what was set up below, since git could not run it without the environment; not somebody's own nbdime
    for key in $keys; do
        case $(git config --local "$key" || true) in
        "'$PWD/.venv"*) git config --local --remove-section "${key%.*}" ;;
        esac
    done
    exit 0
fi

"$PYTHON" -m pip install --disable-pip-version-check --quiet -r tools/nbdime.txt
"$PYTHON" -m nbdime config-git --enable
# git has to find the programs whether or not the environment is active
programs=$(cd "$(dirname "$PYTHON")" && pwd)
for key in $keys; do
    git config --local "$key" "'$programs'/$(git config --local "$key")"
done
echo "'git diff' shows notebooks cell by cell from now on; 'git diff --no-ext-diff' shows the stored text."
