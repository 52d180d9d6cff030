# Dayu: `make run` serves the product with demo data, `make test` runs every check. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := src
NODE_MODULES := frontend/node_modules
BUNDLE := src/dayu/core/static/dist/.built
FRONTEND_SOURCES := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)

.PHONY: run test check fmt bench lawbook demo-data soak screens install system-test requirements lock clean translations

run: install system-run
	$(BIN)/dayu serve --demo

test: install system-test
	$(BIN)/python tools/run_tests.py

check: install
	$(BIN)/python tools/run_tests.py --only-checks

fmt: install
	$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

soak: install system-test
	$(BIN)/python tools/run_tests.py --soak

bench: install system-bench
	$(BIN)/python tools/run_benches.py

lawbook: install
	$(BIN)/python -m dayu.law.lawbook docs/lawbook
	$(BIN)/dayu rulebook book build/lawbook

demo-data: install
	$(BIN)/dayu manage make_demo

screens: install system-test
	$(BIN)/python -m pytest tests/browser/test_screens.py -q --take-screens

requirements: install
	$(BIN)/python tools/requirements_page.py

translations: install
	$(BIN)/python tools/translations.py

install: $(VENV)/.installed $(BUNDLE) translations-built

.PHONY: translations-built
translations-built: $(VENV)/.installed
	@$(BIN)/python tools/translations.py --compile-only

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check uv

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

$(BUNDLE): $(FRONTEND_SOURCES) $(VENV)/.installed
	$(BIN)/python tools/build_frontend.py
	@mkdir -p $(dir $@) && touch $@

.PHONY: system-run
system-run: $(VENV)/.installed
	@$(BIN)/python tools/system_packages.py fonts

system-test: $(VENV)/.installed
	@$(BIN)/python tools/system_packages.py fonts chromium postgresql poppler

.PHONY: system-bench
system-bench: $(VENV)/.installed
	@$(BIN)/python tools/system_packages.py fonts libreoffice

lock: $(BIN)/python
	$(BIN)/uv pip compile pyproject.toml --group dev --python-version 3.11 --universal --generate-hashes --no-header -q -o requirements.lock

clean:
	rm -rf $(VENV) $(NODE_MODULES) src/dayu/core/static/dist var
