# offhook: `make demo` places a call, `make test` passes the tests; both set up what they need.
SHELL := /bin/bash
PYTHON ?=
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/dev.lock

.PHONY: setup demo test soak bench docs lint lock clean

setup: $(VENV)/.ready

$(VENV)/.ready: $(LOCK) pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" tools/setup.sh $(VENV) $(LOCK)
	@touch $@

demo: setup
	@$(BIN)/offhook demo $(if $(ONCE),--once,--port $(PORT)) --data $(or $(DATA),data/demo)

test: setup
	@tools/system_packages.sh
	@tools/test.sh $(BIN)

lint: setup
	@tools/lint.sh $(BIN)

soak: setup
	@$(BIN)/python -m bench.churn
	@$(BIN)/python -m bench.loop

bench: setup
	@bench/record.sh

docs: setup
	@$(BIN)/python -m tools.reference

lock:
	@tools/lock.sh

clean:
	rm -rf $(VENV) data build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
