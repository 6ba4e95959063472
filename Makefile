# Everything a person types. Needs Python 3.11 or later, make and a package index; no font, no browser, no LibreOffice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

N ?= 10000
FIRST ?= 0
MINUTES ?= 60

.PHONY: help briefings test offline faults fuzz lint bench bench-peers growth cluster drafts real-programs browser lock clean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

briefings: $(READY) ## read seeds/ and publish Word and PDF briefings into output/
	$(BIN)/reportgen build

test: $(READY) ## run the tests
	$(BIN)/python -m pytest

offline: $(READY) ## run the tests without a network (Linux, root)
	$(BIN)/python tests/offline.py $(BIN)/python -m pytest

faults: $(READY) ## kill it at every system call, fill the disk, run it under cron (strace, cron, faketime; root)
	$(BIN)/python -m pytest --timeout 600 -s tests/faults/sweeps.py tests/faults/machine.py

fuzz: $(READY) ## broken documents through the command line: N=10000 FIRST=0 MINUTES=60
	$(BIN)/python tests/fuzz.py $(N) $(FIRST) $(MINUTES)

lint: $(READY) ## formatting, lint rules, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(READY) ## speed and memory against their bounds
	$(BIN)/python tests/bench/bounds.py

bench-peers: .venv-bench/.ready ## our times beside those of public peers, in one table (LibreOffice if installed)
	.venv-bench/bin/python -W ignore tests/bench/peers.py

SIZES ?= 1000 10000
growth: $(READY) ## extraction of ever larger sets: SIZES="1000 10000"
	$(BIN)/python tests/bench/growth.py $(SIZES)

cluster: .venv-cluster/.ready ## a real scheduler with three workers: same bytes, lost workers, what is refused
	.venv-cluster/bin/python -m pytest -W default tests/cluster/on_dask.py

.venv-%/.ready: requirements.lock pyproject.toml
	test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[$*]"
	touch $@

ROUNDS ?= 1000
drafts: $(READY) ## edit and merge Word drafts at random, ROUNDS=1000 times
	$(BIN)/python tests/drafts_at_scale.py $(ROUNDS)

real-programs: $(READY) ## open every output with LibreOffice, poppler, qpdf, pysdmx[data] (they must be installed)
	$(BIN)/python tests/real_programs.py output

browser: $(READY) ## try the evidence desk in Chromium (it must be installed)
	$(BIN)/python -c "import playwright" 2> /dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check "playwright>=1.60"
	$(BIN)/python tests/browser.py

# One lock for running and for developing, for every platform; --no-emit-index-url keeps it free of one machine's mirror.
lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --extra dev --python-version 3.11 --upgrade \
	  --no-emit-index-url --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean: ## remove the virtual environment and what tools left behind; output/ stays
	rm -rf $(VENV) .venv-bench .venv-cluster build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
