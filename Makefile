# The two commands are `make run` and `make test`; both need nothing but Python 3.11, git and make.
PY ?= python3.11
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --only-binary :all: --require-hashes

.PHONY: run test check e2e lock help
.DEFAULT_GOAL := help

help:
	@echo "make run     the portal with its demo story on http://127.0.0.1:$(PORT)  (PORT=8001 make run for another port)"
	@echo "make test    the whole test suite on SQLite"
	@echo "make check   lint, types, import chain, templates, migrations"
	@echo "make e2e     the browser tests (needs Chromium)"
	@echo "make lock    write the hashed requirement files anew (maintainers; needs uv)"

$(VENV)/.dev: requirements-dev.lock
	@command -v $(PY) >/dev/null || { echo "$(PY) was not found. Install Python 3.11 or newer, or name yours: make PY=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Creating the environment in $(VENV) (about 20 seconds, once) ..."
	@$(PY) -m venv $(VENV) || { echo "The venv module is missing. On Debian: apt install python3.11-venv"; exit 1; }
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@

$(VENV)/.ci: $(VENV)/.dev requirements-ci.lock
	@$(PIP_INSTALL) -r requirements-ci.lock
	@touch $@

run: $(VENV)/.dev
	@exec $(BIN)/python manage.py demo --port $(PORT)

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/djlint --lint --quiet templates
	git ls-files 'templates/*.html' 'templates/**/*.html' | xargs $(BIN)/djade --check --target-version 5.2
	$(BIN)/python manage.py makemigrations --check --dry-run

e2e: $(VENV)/.ci
	@$(BIN)/python -m pytest tests/e2e -o addopts="--import-mode=importlib -q"

lock:
	uv lock
	uv export -q --frozen --no-emit-project --no-annotate --no-header --no-default-groups -o requirements.lock
	uv export -q --frozen --no-emit-project --no-annotate --no-header --group dev -o requirements-dev.lock
	uv export -q --frozen --no-emit-project --no-annotate --no-header --group ci -o requirements-ci.lock
