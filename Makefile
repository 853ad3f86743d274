# `make site` and `make test` are each complete on their own: they make .venv and install what they need, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test lint format lock wheel lighthouse benchmark clean
.DELETE_ON_ERROR:

site: $(VENV)/.site-installed
	@$(BIN)/digest build

test: $(VENV)/.test-installed
	@.ci/install-browser
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory tests/site/node_modules/.installed || \
	  echo "The Nu HTML checker could not be installed: pages are not checked by it" >&2; fi
	@$(BIN)/python -m pytest

# How fast and how accessible Lighthouse finds the site; it takes minutes, and needs npm and Chromium.
lighthouse: $(VENV)/.test-installed benchmarks/node_modules/.installed
	@.ci/install-browser
	@$(BIN)/python benchmarks/lighthouse.py

# How long builds take against other generators, and how much memory; it takes hours. BENCHMARK= has fewer of them, such
# as BENCHMARK="--notes 1000 --rounds 1": see benchmarks/README.md.
BENCHMARK ?= --growth 1000 3000 10000 30000 100000
benchmark: $(VENV)/.test-installed benchmarks/peers/.venv/.installed benchmarks/peers/eleventy/node_modules/.installed
	@$(BIN)/python benchmarks/compare.py $(BENCHMARK)

lint: $(VENV)/.test-installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.test-installed
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

wheel: $(VENV)/.test-installed
	@$(BIN)/python -m build --wheel --no-isolation

# Writes the lock files anew, without any index's address; needs uv.
lock:
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --extra web --group build pyproject.toml -o requirements.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --extra web --group dev pyproject.toml -o requirements-dev.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  benchmarks/peers/requirements.in -o benchmarks/peers/requirements.txt

clean:
	@rm -rf $(VENV) dist tests/site/node_modules benchmarks/node_modules benchmarks/peers/.venv \
	  benchmarks/peers/eleventy/node_modules

%/node_modules/.installed: %/package-lock.json %/package.json
	@cd $* && npm ci --silent
	@touch $@

benchmarks/peers/.venv/.installed: benchmarks/peers/requirements.txt
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is not complete. On Debian and Ubuntu, install it with: apt-get install python3-venv" >&2; \
	  exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.site-installed: requirements.txt pyproject.toml $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-installed: requirements-dev.txt pyproject.toml $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
