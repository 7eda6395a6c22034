# `make serve` and `make test` are all that a newcomer needs; `make help` lists the rest.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
N ?= 40
RUNS ?= 20000
PYTEST := $(BIN)/python -m pytest -q

.DEFAULT_GOAL := help
.PHONY: help setup serve test browser faults stores formats fuzz fuzz-extract w3c bench-facade bench-extraction bench-network bench-search bench-validation parallel lint format build constraints clean

help: ## List what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

serve: $(READY) ## Build the graph and serve it on http://127.0.0.1:8000
	$(BIN)/pursuant serve --host $(HOST) --port $(PORT)

test: $(READY) ## Run the tests (all but those of the next five), with branch coverage
	$(PYTEST) -n auto -m "not browser and not faults and not fuzz and not fuzz_extract and not virtuoso and not libreoffice" --cov --cov-report=term

browser: $(READY) ## Run the tests that drive Chromium (apt-get install chromium)
	$(PYTEST) -m browser

faults: $(READY) ## Run the tests of hostile queries, slow clients and killed processes
	N=$(N) $(PYTEST) -m faults

stores: $(READY) ## Run the tests that start Virtuoso (apt-get install virtuoso-opensource)
	$(PYTEST) -m virtuoso

formats: $(READY) ## Run the tests that let LibreOffice write PDF, DOCX and HTML (apt-get install libreoffice-writer-nogui)
	$(PYTEST) -m libreoffice

fuzz: $(READY) ## Ask what the OpenAPI document allows, at length
	$(PYTEST) -m fuzz

fuzz-extract: $(READY) ## Read 10,000 damaged texts and 4,000 damaged files, and a megabyte of its worst case for each pattern
	INPUTS=10000 $(PYTEST) -n auto tests/test_damaged.py tests/test_damaged_files.py
	$(PYTEST) -n auto -m fuzz_extract tests/test_patterns.py
	$(BIN)/python -m pip -q install --group fuzz
	$(BIN)/python -m tests.guided -runs=$(RUNS) -timeout=10 -max_len=4000

w3c: $(READY) ## Run the W3C's SPARQL 1.1 tests (make w3c SUITE=/path/to/rdf-tests/sparql/sparql11)
	$(BIN)/python -m tests.w3c "$(SUITE)"

bench-facade: $(READY) build/peers/.ready ## Measure the SPARQL endpoint and its peers (apt-get install wrk virtuoso-opensource)
	$(BIN)/python -m benchmarks.facade $(BENCH)

bench-extraction: $(READY) build/peers-extraction/.ready ## Measure extraction, with eyecite as yardstick
	$(BIN)/python -m benchmarks.extraction $(BENCH)

parallel: $(READY) ## Compare the languages of marked-up documents: make parallel FOLDER=...
	mkdir -p build
	$(BIN)/pursuant evaluate --parallel --misses build/parallel.csv $(FOLDER)

bench-network: $(READY) ## Measure networks of a million edges, and networkx, rustworkx and igraph beside them
	$(BIN)/python -m benchmarks.network $(BENCH)

bench-search: $(READY) ## Measure full-text search, and SQLite FTS5 beside it
	$(BIN)/python -m benchmarks.search $(BENCH)

bench-validation: $(READY) build/peers-validation/.ready ## Measure validation, and pySHACL and rudof beside it
	$(BIN)/python -m benchmarks.validation $(BENCH)

lint: $(READY) ## Say what the linters and the type checker say
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Put the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

build: $(READY) ## Build the wheel, and prove that it runs by itself in a clean environment
	rm -rf dist build/smoke
	$(BIN)/python -m pip -q wheel --no-deps --wheel-dir dist .
	$(PYTHON) -m venv build/smoke
	build/smoke/bin/python -m pip -q install -c constraints.txt dist/*.whl
	cd build && smoke/bin/pursuant --version
	cd build && PURSUANT_STORE=smoke/store smoke/bin/pursuant invokes E/RES/2019/21 OP24

setup: $(READY) ## Install everything that a contributor needs into .venv

constraints: $(READY) ## Write constraints.txt anew from what is installed
	$(BIN)/python -m pip freeze --exclude-editable | grep -vi '^pursuant' > constraints.txt

clean: ## Remove what was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .coverage

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install python3"; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON): this takes a minute or two, once."
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo "Debian keeps venv in a package of its own: installing python3-venv."; \
		if [ "$$(id -u)" = 0 ]; then apt-get -qq update && apt-get -qq install -y python3-venv; \
		else sudo apt-get -qq update && sudo apt-get -qq install -y python3-venv; fi; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip -q --disable-pip-version-check install "pip>=25.1"
	@$(BIN)/python -m pip -q install -c constraints.txt --editable . --group dev
	@touch $@

build/peers/.ready: benchmarks/facade/peers.txt
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip -q --disable-pip-version-check install -r benchmarks/facade/peers.txt
	@touch $@

build/peers-extraction/.ready: benchmarks/extraction/peers.txt
	$(PYTHON) -m venv build/peers-extraction
	build/peers-extraction/bin/python -m pip -q --disable-pip-version-check install -r benchmarks/extraction/peers.txt
	@touch $@

build/peers-validation/.ready: benchmarks/validation/peers.txt
	$(PYTHON) -m venv build/peers-validation
	build/peers-validation/bin/python -m pip -q --disable-pip-version-check install -r benchmarks/validation/peers.txt
	@touch $@
