# make demo works on any machine with Python 3.11 or newer and make; nothing else has to be installed first.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test test-all lint bench docs clean

help:
	@echo "make demo      install into $(VENV) and check the example release"
	@echo "make test      the fast tests"
	@echo "make test-all  every test (with TIEOUT_CORPUS=FOLDER also those that need the corpus of real releases)"
	@echo "make lint      ruff and mypy --strict"
	@echo "make docs      the documentation as a site, in build/docs/site"
	@echo "make bench     the benchmarks, one script per claim"

demo: $(VENV)/installed
	$(BIN)/tieout check examples/fusion-2013q1.md

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST)

test-all: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto --dist worksteal -m "" $(PYTEST)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check checker tests benchmarks docs
	$(BIN)/ruff format --check --quiet checker tests benchmarks docs
	$(BIN)/mypy

bench: $(VENV)/installed-dev
	for script in benchmarks/*.py; do $(BIN)/python -m benchmarks.$$(basename $$script .py) || exit 1; done

docs: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	$(BIN)/python docs/site/build.py

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist build

$(VENV)/installed: pyproject.toml
	@test -n "$(PYTHON)" || { echo "tieout needs Python 3.11 or newer"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	touch $@
