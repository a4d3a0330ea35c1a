# Every target sets up what it needs; only Python 3.11+, pip, git and make are taken for granted.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m
STAMP := $(VENV)/.installed
PAGE := src/portfolio_audit/dashboard
PAGE_STAMP := $(PAGE)/web/node_modules/.installed
DOCS_STAMP := $(VENV)/.installed-docs

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench bench-github bench-action accuracy docs dashboard site picture clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(RUN) pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $(STAMP)

$(DOCS_STAMP): $(STAMP)
	$(RUN) pip install --quiet --disable-pip-version-check --group docs
	@touch $(DOCS_STAMP)

demo: $(STAMP) ## Audit the demo portfolio in fixtures/: no network to GitHub, no token
	@$(BIN)/portfolio-audit demo

test: $(STAMP) ## Run the whole test suite (with node and Chromium there, the dashboard in a browser too)
	@command -v npm > /dev/null && $(MAKE) --no-print-directory $(PAGE_STAMP) || true
	$(RUN) pytest --numprocesses auto --dist worksteal

lint: $(STAMP) ## Lint, check formatting and types, and the workflows
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(BIN)/zizmor --quiet --offline --no-progress --persona auditor action.yml .github/workflows
	$(BIN)/actionlint

format: $(STAMP) ## Put the code into its canonical form
	$(RUN) ruff check --fix --quiet
	$(RUN) ruff format --quiet

bench: $(STAMP) ## Measure speed and memory (see docs/performance.md)
	$(RUN) benchmarks.speed
	$(RUN) benchmarks.exports
	$(RUN) benchmarks.looking

bench-github: $(STAMP) ## Measure what reading GitHub costs, on the tests' GitHub
	$(RUN) benchmarks.github

bench-action: $(STAMP) ## Run the action on the demo, time it, and remake the pictures in docs/
	$(RUN) benchmarks.action docs

accuracy: $(STAMP) ## Measure agreement with readers: make accuracy LABELS=FILE.jsonl CORPUS=FOLDER
	$(RUN) benchmarks.accuracy --labels "$(LABELS)" --corpus "$(CORPUS)" --page docs/accuracy.md --confidence rules/confidence.yaml

$(PAGE_STAMP): $(PAGE)/web/package-lock.json
	cd $(PAGE)/web && npm ci --silent
	@touch $@

dashboard: $(PAGE_STAMP) ## Remake the script and style of the dashboard from their sources (needs node)
	node $(PAGE)/web/build.js

docs: $(STAMP) ## Remake the generated documentation
	$(RUN) benchmarks.docs

site: $(DOCS_STAMP) ## Build the documentation as a site, in site/
	$(RUN) sphinx --quiet --fail-on-warning --keep-going --nitpicky --builder html docs site
	@echo "Built site/index.html"

picture: $(STAMP) ## Remake the picture of the report in the README
	@$(BIN)/portfolio-audit demo --format svg --output docs/demo.svg

clean: ## Remove what the targets made
	rm -rf $(VENV) build dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis
