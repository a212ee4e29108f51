# One virtual environment, made once; every other target stands on it.
VENV   ?= .venv
PYTHON ?= python3
BIN    := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY  := $(VENV)/.ready
CHECKS := $(VENV)/.ready-check
# A caller's own virtual environment must not leak into ours.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

.PHONY: demo run test check format bench soak screenshot clean

demo: $(READY) ## Open kam on a copy of the demo book
	$(BIN)/kam demo

run: $(READY) ## Open kam on your own book
	$(BIN)/kam

test: $(READY) ## Run the whole test suite
	$(BIN)/python -m pytest -q -n auto --dist worksteal

check: $(CHECKS) ## Format, lint, types, import contracts, then the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

format: $(CHECKS) ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## Measure, as ratios within one run
	$(BIN)/python tests/bench/run.py

soak: $(READY) ## Kill, fail, crowd and compare for some minutes: is anything ever lost?
	$(BIN)/python tests/soak/soak.py

screenshot: $(READY) ## Draw the pictures of the README from the running demo
	$(BIN)/python docs/screenshot.py

clean: ## Remove the environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv where it is there, else venv and pip. Bytecode is compiled at once, which kam's start-up needs.
$(READY): pyproject.toml
	if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python '>=3.11' $(VENV) && \
	  uv pip install --quiet --compile-bytecode --python $(BIN)/python -e '.[test]'; \
	else \
	  $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet -e '.[test]'; \
	fi
	@touch $@

$(CHECKS): $(READY)
	if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python -e '.[test,check]'; \
	else \
	  $(BIN)/python -m pip install --quiet -e '.[test,check]'; \
	fi
	@touch $@
