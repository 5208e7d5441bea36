# Everything runs from .venv, which the first command makes. PYTHON chooses the interpreter (3.11 or newer).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help demo test quick check format lint types settings locales lock clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*[#]# ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

demo: $(VENV)/.runtime ## Ask about the bundled papers (make demo Q="what is Stormer?" answers one question)
	@$(BIN)/paperbot ask --sample --extracts $(if $(Q),,--interactive) -- "$${Q:-what is Stormer?}"

test: $(VENV)/.dev ## Run every test
	@$(BIN)/python -m pytest -n auto --dist worksteal

quick: $(VENV)/.dev lint types ## Lint, check types and run the tests that are not slow
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow" --hypothesis-profile quick

check: $(VENV)/.dev format lint types test ## Format, lint, check types and run every test

format: $(VENV)/.dev ## Format the code
	@$(BIN)/ruff format .

lint: $(VENV)/.dev ## Lint the code, and check that no import runs back up
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache --no-logo

types: $(VENV)/.dev ## Check the types
	@$(BIN)/mypy

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "paperbot needs Python 3.11 or newer: make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing paperbot into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the development tools into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

settings: $(VENV)/.runtime ## Write .env.example and docs/settings.md from the settings
	@$(BIN)/python -m tools.settings

locales: $(VENV)/.runtime ## Add new sentences to the catalogues of translations, and drop those that are gone
	@$(BIN)/python -m tools.locales.update

lock: ## Pin the dependencies again (needs uv on the PATH)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build --group dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

clean: ## Remove .venv and caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
