# The list of things one can do here; `make` alone prints it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON_HERE := .venv/bin/python
SOURCES := shared services gateway infra tests
PYTEST := $(PYTHON_HERE) -m pytest

.PHONY: help run run-scaled reset reset-scaled operate operate-scaled upgrade-data test sure storm bench lock \
	screenshots environment environment-dev format

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment ## Run the whole platform on http://localhost:8000 (ATRIUM_PORT, ATRIUM_DATA)
	@exec $(PYTHON_HERE) -m infra.local.run

run-scaled: environment ## Run it as a process per service behind nginx, on PostgreSQL and RabbitMQ by URL
	@exec $(PYTHON_HERE) -m infra.scaled.run

operate: environment ## Run a command of a part on what `make run` runs (ARGS="gateway --help")
	@exec $(PYTHON_HERE) -m infra.local.operate $(ARGS)

operate-scaled: environment ## The same on what `make run-scaled` runs
	@exec $(PYTHON_HERE) -m infra.scaled.operate $(ARGS)

reset: environment ## Wipe the data of `make run`
	@exec $(PYTHON_HERE) -m infra.local.reset

reset-scaled: environment ## Drop what `make run-scaled` made on its servers
	@exec $(PYTHON_HERE) -m infra.scaled.reset

upgrade-data: environment ## Dump and restore the data after a new major version of PostgreSQL
	@exec $(PYTHON_HERE) -m infra.local.upgrade_data

test: environment-dev ## Run every test but the storms
	@exec $(PYTEST) -m "not storm" -n 2 $(ARGS)

sure: environment-dev ## Format, lint, types, architecture, tests: what .ci/run runs
	$(PYTHON_HERE) -m ruff format --check $(SOURCES)
	$(PYTHON_HERE) -m ruff check $(SOURCES)
	$(PYTHON_HERE) -m mypy
	.venv/bin/lint-imports
	$(MAKE) --no-print-directory test

storm: environment-dev ## Run the long tests: races, kills, restarts
	@exec $(PYTEST) -m storm $(ARGS)

bench: environment-dev ## Measure bookings and searches beside pgbench
	@exec $(PYTHON_HERE) -m infra.bench.run $(ARGS)

screenshots: environment-dev ## Take pictures of every page of what runs on http://localhost:8000 (ARGS)
	@exec $(PYTHON_HERE) -m infra.screenshots.run $(ARGS)

format: environment-dev ## Put the code in shape
	$(PYTHON_HERE) -m ruff format $(SOURCES)
	$(PYTHON_HERE) -m ruff check --fix $(SOURCES)

lock: environment-dev ## Pin every requirement anew, with hashes
	@sh infra/install/lock.sh

environment:
	@sh infra/install/environment.sh run

environment-dev:
	@sh infra/install/environment.sh dev
