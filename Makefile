# The short verbs of the project. `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
PY := $(VENV)/bin/python
TESTS ?= tests
export PYTHONPATH := site:.

.DEFAULT_GOAL := help
.PHONY: database elasticsearch help form-schema openapi bench run test lint format lock catalog migrations import journeys

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk 'BEGIN {FS = ":.*## "} {printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

run: $(VENV)/run.stamp ## Run the site with demo content: make run PORT=8000
	SITE_URL=$${SITE_URL:-http://localhost:$(PORT)} $(PY) manage.py serve --port $(PORT) --demo

import: $(VENV)/run.stamp ## Import plans: make import FILES="a.txt folder" SCHOOL=code
	@$(PY) manage.py catalog 2>/dev/null && $(PY) manage.py migrate --verbosity 0 --no-input
	@$(PY) manage.py import_plans $(FILES) $(if $(SCHOOL),--school $(SCHOOL))

test: $(VENV)/dev.stamp ## Run the tests (not the browser journeys)
	$(PY) -m pytest $(TESTS) -n auto --dist loadgroup $(PYTEST)

database: $(VENV)/dev.stamp ## Migrate the database that test runs copy (they do it themselves where it lacks)
	$(PY) -m tests.database

journeys: $(VENV)/dev.stamp ## Run the browser journeys (needs Chromium)
	$(PY) -m pytest tests/journeys $(PYTEST)

elasticsearch: ## Run a real Elasticsearch on 127.0.0.1:9200 (needs Java 17 and Maven)
	tests/elasticsearch/run.sh

lint: $(VENV)/dev.stamp ## Check style, types, imports, templates, migrations
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run

format: $(VENV)/dev.stamp ## Format the code
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

openapi: $(VENV)/dev.stamp ## Accept the content API's OpenAPI document as the promise
	$(PY) manage.py api_schema > docs/api/openapi.json

form-schema: $(VENV)/dev.stamp ## Write the JSON Schema of forms for those who read or write them
	$(PY) manage.py form_schema > docs/api/form.schema.json

bench: $(VENV)/dev.stamp ## Measure /api/v1/ against Wagtail's stock API, and the form engine
	$(PY) -m bench.api
	$(PY) -m bench.forms

catalog: $(VENV)/dev.stamp ## Collect texts for translation; fails while one has no Chinese
	$(PY) manage.py catalog --update

migrations: $(VENV)/dev.stamp ## Write migrations for changed models
	$(PY) manage.py makemigrations

lock: ## Pin the dependencies anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11.7 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o requirements.lock
	uv pip compile pyproject.toml --universal --group dev --python-version 3.11.7 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header -c requirements.lock -o requirements-dev.lock
