# Two commands carry a stranger: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# a test that waits for a browser or a process leaves its processor to another
WORKERS := $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1 )))
PLAN := data/raw/ln-2016-revitalisation.txt
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

.PHONY: help run test coverage check bench docs docs-paper quality similarity lock wheel clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "plan-graph needs Python 3.11 or newer: make run PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "this Python cannot make environments; on Debian and Ubuntu: apt install python3-venv"; exit 2; }
	@echo "making the environment in $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(READY_DEV): $(READY) requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

run: $(READY)  ## make the environment, build and validate the Liaoning plan, answer the headline question
	@$(BIN)/plan-graph build $(PLAN) --out build
	@echo "  (the command is $(BIN)/plan-graph; . $(BIN)/activate puts it on the path)"

test: $(READY_DEV)  ## run every test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

coverage: $(READY_DEV)  ## run every test and show which lines none of them reaches
	$(BIN)/python -m pytest --cov=plan_graph --cov-report=term-missing:skip-covered

check: $(READY_DEV)  ## ruff, mypy strict, doctests, layers, the docs' links, commands' names and generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --doctest-modules src/plan_graph tests/test_layers.py tests/test_docs.py -k 'not examples_run and not pages_are_current'

bench: $(READY_DEV)  ## measure against the named peers, ratios of medians
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/extraction.py
	$(BIN)/python benchmarks/resolution.py
	$(BIN)/python benchmarks/backbone.py
	$(BIN)/python benchmarks/measures.py
	$(BIN)/python benchmarks/service.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/queries.py
	$(BIN)/python benchmarks/publishing.py

docs: $(READY_DEV)  ## write docs/reference from its sources
	$(BIN)/python scripts/reference.py

docs-paper: $(READY_DEV)  ## write docs/paper-liaoning.md: the analysis of the Liaoning plan (minutes)
	$(BIN)/python scripts/paper.py

quality: $(READY_DEV)  ## write docs/quality.md: scores on the annotated plans (reads ../shared/corpus)
	$(BIN)/python scripts/quality.py

similarity: $(READY_DEV)  ## write docs/similarity.md: lineage and duplicates against their gold (reads ../shared/corpus)
	$(BIN)/python scripts/similarity.py

lock: $(READY_DEV)  ## pin the newest versions the ranges allow
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --upgrade -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --upgrade --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

wheel: $(READY_DEV)  ## build the wheel into dist/
	$(BIN)/python -m build --wheel --outdir dist

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
