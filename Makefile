# `make` alone lists the targets.

PYTHON ?= python3
PORT ?= 8000
NOTEBOOKS ?= intro.ipynb $(shell find chapters -name '*.ipynb' -not -path '*/.ipynb_checkpoints/*' | sort)

# Plain `make` keeps to .venv. `make PYTHON=python3.12 ...` has an environment of its own, .venv-3.12, and leaves .venv as it is.
VERSIONED := $(if $(filter file,$(origin PYTHON)),,--versioned)
VENV = $(shell $(PYTHON) tools/environment.py --where $(VERSIONED))

# What belongs to another environment must not be found from this one.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTEST_ADDOPTS JUPYTER_PATH MPLBACKEND MATPLOTLIBRC

.DEFAULT_GOAL := help
.PHONY: help environment book same check test budget joined test-site test-variants test-cold fuzz mutants bench stress variant question handout pdf zip moodle csv student notebooks executed lab serve diffs lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

environment: ## make .venv fit for use; every target that needs it does this by itself
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name yours: make PYTHON=python3.12 book"; exit 1; }
	@$(PYTHON) tools/environment.py $(VERSIONED)

book: environment ## build the site into _build/html
	@$(VENV) tools/book.py

same: environment ## build the last commit twice, in different folders, and compare the sites byte by byte
	@$(VENV) tools/same_builds.py $(if $(STORE),--store)

check: environment ## style, types, examples in docstrings and the fast tests, in a few minutes
	@$(VENV) tools/check.py

test: environment ## execute every notebook, compare its outputs with the stored ones, run the tests (SHARD=2/4: the second of four parts)
	@$(VENV) -m pytest --nbval $(if $(SHARD),--shard=$(SHARD))

budget: environment ## say where the last full run of the tests spent its time, beside what each kind of test may take
	@$(VENV) tools/budget.py

joined: environment ## join the records of all shards of a run into one (FOLDER=... where they are)
	@$(VENV) -m nnutils.book join $(FOLDER)

# Screenshots of what fails go to _build/browser.
test-site: environment ## open the pages and every lesson in JupyterLab, in Chromium
	@$(VENV) tools/browser.py >/dev/null
	@$(VENV) -m pytest tests/browser --every-lesson

notebooks: environment ## execute the notebooks in place, two at a time (NOTEBOOKS=path for one)
	@$(MAKE) --no-print-directory --keep-going --jobs=2 executed

executed: $(NOTEBOOKS:=.run)
	@:

%.ipynb.run:
	@$(VENV) -m nnutils.book execute "$*.ipynb"

variant: environment ## a lesson on other givens, as notebook and page (NOTEBOOK=path SEED=number)
	@$(VENV) -m nnutils.book variant "$(NOTEBOOK)" --seed "$(SEED)"

question: environment ## lay out the files of a new question (PART=folder NAME=lower_case_words)
	@$(VENV) -m nnutils.book question "$(PART)" "$(NAME)"

handout: environment ## print the questions, or sheets and solutions for seeds, as PDF (SEEDS=1..30 PARTS="part part/q4")
	@$(VENV) tools/handout.py --seeds="$(SEEDS)" --parts="$(PARTS)"

pdf: environment ## print the built site as one PDF, in _build/pdf (minutes; needs Chromium)
	@$(VENV) tools/browser.py >/dev/null
	@$(VENV) tools/book_pdf.py

zip: environment ## pack the built site into one file that is read offline, in _build
	@$(VENV) -m nnutils.book zip

moodle: environment ## write the questions for Moodle, in _build/moodle (SEEDS=1..30 PARTS="part part/q4")
	@$(VENV) -m nnutils.book moodle --seeds="$(SEEDS)" --parts="$(PARTS)"

csv: environment ## write all answers with their work as a table, in _build/csv (SEEDS=1..30 PARTS="part part/q4")
	@$(VENV) -m nnutils.book csv --seeds="$(SEEDS)" --parts="$(PARTS)"

student: environment ## build the site without solutions, and search it for answers, in _build/student
	@$(VENV) -m nnutils.book student

test-variants: environment ## every lesson on drawn givens, on those changed by hand, and alone; a thousand variants of each question (minutes)
	@$(VENV) -m pytest -m variants --dist worksteal tests

test-cold: environment ## compare the notebooks once more, each in a kernel that imports all by itself
	@$(VENV) -m pytest --nbval --cold-kernels $(NOTEBOOKS)

fuzz: environment ## odd inputs for everything that reads, each a right answer or a named error (N=100000 SEED=0; about ten minutes)
	@$(VENV) tools/fuzz.py $(or $(N),100000) --seed $(or $(SEED),0) --jobs 2 --write docs/status/fuzz.json

# A quarter of the sample is in nnutils.drawing. What survives is printed as a diff.
mutants: environment ## put small faults into nnutils, and see which ones no test notices (SAMPLE=60 SEED=1; GOAL=90: fail below 90 %)
	@$(VENV) -m tools.mutants --sample "$(or $(SAMPLE),60)" --seed "$(or $(SEED),1)" --goal "$(or $(GOAL),0)"

bench: environment ## measure the library beside others, and write the page that shows it (an hour; MODELS="alexnet vgg11": these classifiers only; ONLY="ratios curves": these parts only)
	@$(VENV) tools/bench.py $(if $(MODELS),--models $(MODELS)) $(if $(ONLY),--only $(ONLY))

stress: environment ## test and build the book several times over, and show that their time grows in a straight line (BOOK=180: lessons)
	@$(VENV) tools/stress.py "$(BOOK)"

# JupyterLab shows the SVG of a notebook only when it is trusted, else the PNG beside it; what is stored is what the tests compared.
lab: environment ## open JupyterLab on the chapters
	@$(VENV) -m jupyter trust $(NOTEBOOKS) >/dev/null
	@$(VENV) -m jupyter lab chapters

serve: ## serve the built site on http://127.0.0.1:8000 (PORT=... for another port)
	@test -f _build/html/index.html || { echo "There is no site yet: run 'make book' first."; exit 1; }
	@$(VENV) -m nnutils.book serve _build/html --port $(PORT)

diffs: environment ## have git show changed notebooks cell by cell (optional)
	@PYTHON="$(VENV)" sh tools/diffs.sh

lock: ## pin the newest versions that pyproject.toml allows, in requirements.txt
	@PYTHON="$(PYTHON)" sh tools/lock.sh

clean: ## remove everything that make has made
	@sh tools/diffs.sh --disable
	rm -rf .venv .venv-[0-9]* .venv-bench .venv*.lock _build build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
