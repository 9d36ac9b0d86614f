.DEFAULT_GOAL := help
.PHONY: help demo test test-pythons newest generate check-generated contract kill-rate drift spec-diff mock bench soak faults docs docs-links lint requirements clean

# What lies on somebody's path shall not stand in for what is pinned.
unexport PYTHONPATH
# The tests start hundreds of interpreters; without bytecode each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
# Pyright is in its wheel; without this it would ask npm for a newer one.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

PYTHON ?= python3
BIN := .venv/bin
DEMO := .venv/demo
READY := .venv/ready
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Nothing is resolved: each lock names every distribution, by hash, so no later release can change what is installed.
$(DEMO): .ci/requirements-demo.txt .ci/requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Causerie needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	@echo "Installing what the demo needs into .venv ..."
	$(PYTHON) -m venv --clear .venv
	@$(INSTALL) --no-compile --only-binary :all: --require-hashes --requirement .ci/requirements-demo.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(READY): $(DEMO)
	@echo "Installing what the tests need into .venv ..."
	@$(INSTALL) --no-compile --only-binary :all: --require-hashes --requirement .ci/requirements.txt
	@touch $@

demo: $(DEMO) ## the three vendors at work: SDK, mock and contract suite, one table
	$(BIN)/python examples/demo.py

test: lint check-generated $(READY) ## every check and every test
	$(BIN)/python -m pytest -n 3 --dist worksteal --cov --cov-report=term-missing:skip-covered tests/mock tests/overrides
	$(BIN)/python -m pytest -n 3 --dist worksteal tests --ignore=tests/mock --ignore=tests/overrides
	$(BIN)/python -m pytest -n 2 --dist loadgroup contract_tests/causerie_contract

test-pythons: $(READY) ## the tests against the built wheel, on each supported Python that is found
	$(BIN)/python .ci/pythons.py

newest: $(READY) ## the same with the newest releases of all dependencies, unpinned
	$(BIN)/python .ci/pythons.py --newest

generate: $(READY) ## make generated/ from spec/
	$(BIN)/python codegen/generate.py

check-generated: $(READY) ## fail when generated/ is not what spec/ says
	$(BIN)/python codegen/generate.py --check

contract: $(READY) ## hold the mock vendors against the documents, in process and on a port
	$(BIN)/python -m pytest -n 2 --dist loadgroup contract_tests/causerie_contract
	$(BIN)/python -m pytest -n 2 --dist loadgroup contract_tests/causerie_contract --target port

kill-rate: $(READY) ## how many mutants of the mock and of the documents the contract suite catches
	$(BIN)/python -m tests.kill_rate

drift: $(READY) ## what a vendor publishes against our document: VENDOR=raia FROM=URL-or-file
	$(BIN)/python -m causerie_contract drift $(VENDOR) $(FROM)

spec-diff: $(READY) ## what the documents' changes since a revision break: BASE=rev
	@base=$$(mktemp -d) && trap 'rm -rf "$$base"' EXIT && git archive $(BASE) spec | tar -x -C "$$base" && \
		$(BIN)/python -m causerie_contract diff "$$base/spec" spec

mock: $(READY) ## serve the mock vendors on a port
	$(BIN)/python -m causerie_mock

bench: $(READY) ## the figures of docs/benchmarks.md
	$(BIN)/python benchmarks/models.py
	$(BIN)/python benchmarks/calls.py
	$(BIN)/python benchmarks/imports.py
	$(BIN)/python benchmarks/mock.py
	$(BIN)/python benchmarks/export.py
	$(BIN)/python benchmarks/warehouse.py

soak: $(READY) ## mock vendors under fuzz and under 64 clients, the guard of live runs under 200,000 cases, exports under SIGKILL, 20,000 odd arguments and answers
	$(BIN)/python -m tests.mock.soak
	$(BIN)/python -m tests.contract.live_soak
	$(BIN)/python -m tests.overrides.export_soak
	$(BIN)/python -m tests.overrides.values_fuzz
	folder=$$(mktemp -d) && $(BIN)/python -m tests.overrides.export_kills $$folder; code=$$?; rm -rf $$folder; exit $$code

faults: $(READY) ## what is sent and raised when connections and servers fail, as a table
	$(BIN)/python -m tests.overrides.faults

docs: $(READY) ## the documentation site, docs/_build/html/index.html
	$(BIN)/python -m sphinx -E -W -n -q -b html -d docs/_build/doctrees docs docs/_build/html

docs-links: $(READY) ## ask the network whether what the documentation links to is there
	$(BIN)/python -m sphinx -E -n -q -b linkcheck -d docs/_build/doctrees docs docs/_build/links

# One package at a time, and a small young generation in Node: in one go it takes 850 MB.
PYRIGHT := env NODE_OPTIONS=--max-semi-space-size=4 $(BIN)/pyright --warnings

lint: $(READY) ## ruff, mypy, pyright, import-linter, openapi-spec-validator, hadolint
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --quiet --check
	$(BIN)/mypy
	$(BIN)/mypy .ci/pythons.py .ci/wheel.py
	$(BIN)/mypy codegen
	printf '%s\n' contract_tests overrides mock generated spec | xargs -P 2 -n 1 $(PYRIGHT)
	$(BIN)/lint-imports
	$(BIN)/openapi-spec-validator spec/*.yaml
	$(BIN)/hadolint mock/Containerfile

LOCK := pip compile pyproject.toml --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-header --quiet

requirements: $(READY) ## pin all dependencies anew
	$(INSTALL) uv
	$(BIN)/uv $(LOCK) --upgrade --all-extras --group dev --output-file .ci/requirements.txt
	$(BIN)/uv $(LOCK) --upgrade --extra mock --extra contract --extra cli --group demo --constraint .ci/requirements.txt \
		--output-file .ci/requirements-demo.txt

clean: ## remove everything that can be made again
	rm -rf .venv .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .schemathesis dist docs/_build
