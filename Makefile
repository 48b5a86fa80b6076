# Lingyu from a checkout. `make help` lists what there is.
# Needed: Python 3.11 or newer with venv and pip. Nothing else: no Node, no compiler, no database server.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
LINGYU_HOME ?= $(CURDIR)/.lingyu
ROUNDS ?= 100
# How many write at once, deeds of each, and on which: sqlite, postgres, both.
PROCESSES ?= 20
OPS ?= 20000
DB ?= both
MEMBERS ?= 10000
WORKERS ?= 2
export PORT LINGYU_HOME

# uv when it is there; the environment's own pip when it is not, or cannot reach the packages.
UV      := $(shell uv --version >/dev/null 2>&1 && command -v uv)
PIP      = $(BIN)/python -m pip install -q --disable-pip-version-check $(LOCKED) -r $(1)
INSTALL  = $(if $(UV),$(UV) pip install -q --python $(BIN)/python $(LOCKED) -r $(1) || )$(call PIP,$(1))
LOCKED   = --require-hashes --only-binary :all:

WORDS  := $(shell find lingyu -path '*/LC_MESSAGES/*.po' 2>/dev/null)
PYTEST  = $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

##@ Use it
.PHONY: help setup run
help: ## List these targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z][a-z-]*:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile
	@printf '\nFrom the environment: PORT (now %s), LINGYU_HOME, the data folder (now %s)\n' '$(PORT)' '$(LINGYU_HOME)'

setup: $(VENV)/.installed $(BIN)/lingyu $(VENV)/.assets $(VENV)/.words ## Create the environment and everything that is generated

run: setup ## Serve the site and the desks with the simulated demo
	@exec $(BIN)/python manage.py serve --demo

##@ Work on it
.PHONY: test test-postgres check static bench crash crash-facts hammer hostile rungs operation messages catalogue wheel lock clean
test: setup $(VENV)/.tested ## Run the whole suite on SQLite
	$(PYTEST) -n $(WORKERS) --dist loadgroup $(ARGS)

test-postgres: setup $(VENV)/.tested ## Run the suite on PostgreSQL: DATABASE_URL, or Debian's server started for the run
	$(BIN)/python scripts/postgres.py $(PYTEST) -n $(WORKERS) --dist loadgroup -m "not browser and not one_database" $(ARGS)

check: static test-postgres test ## Everything that CI runs: lint, floors, migrations, words, catalogue, both databases

static: setup $(VENV)/.tested ## The part of `check` that needs no database
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python scripts/quiet.py check --fail-level WARNING
	$(BIN)/python scripts/quiet.py makemigrations --check --dry-run
	$(BIN)/python -m lingyu.config.messages check
	$(BIN)/python -m lingyu.config.catalogue check

bench: setup $(VENV)/.tested ## Measure shipping, the desk, and start-up, each beside a peer
	$(BIN)/python -m bench $(ARGS)

crash: setup $(VENV)/.tested ## Kill the server and the shipper ROUNDS times while facts are written
	$(BIN)/python -m tests.crash --rounds $(ROUNDS)

crash-facts: setup $(VENV)/.tested ## Kill collectors and workers ROUNDS times while facts come from outside
	$(BIN)/python -m tests.crash.facts --rounds $(ROUNDS)

HAMMER = $(BIN)/python -m tests.hammer --processes $(PROCESSES) --ops $(OPS) $(ARGS)
hammer: setup $(VENV)/.tested ## Earn, spend, refund by PROCESSES at once, OPS each, on DB=sqlite|postgres|both
	$(if $(filter sqlite both,$(DB)),DATABASE_URL= $(HAMMER))
	$(if $(filter postgres both,$(DB)),$(BIN)/python scripts/postgres.py --durable $(HAMMER))

RUNGS = $(BIN)/python -m tests.rungs --members $(MEMBERS) $(ARGS)
rungs: setup $(VENV)/.tested ## Confirm and overturn findings by several at once, MEMBERS times, on DB
	$(if $(filter sqlite both,$(DB)),DATABASE_URL= $(RUNGS))
	$(if $(filter postgres both,$(DB)),$(BIN)/python scripts/postgres.py $(RUNGS))

hostile: setup $(VENV)/.tested ## Send the whole hostile corpus to every form (takes minutes; the suite sends a part of it)
	LINGYU_HOSTILE_FULL=1 $(PYTEST) -n0 tests/hostile $(ARGS)

operation: setup ## Scaffold a new operation: NAME=support ZH=客服运营 EN="Support"
	@$(BIN)/python -m lingyu.config.scaffold "$(NAME)" --zh "$(ZH)" --en "$(EN)"

messages: setup ## Collect the texts to translate, and compile the translations
	$(BIN)/python -m lingyu.config.messages extract
	$(BIN)/python -m lingyu.config.messages compile

catalogue: setup ## Write docs/CATALOGUE.md anew
	$(BIN)/python -m lingyu.config.catalogue write

wheel: setup ## Build dist/lingyu-*.whl, with assets and translations in it
	$(BIN)/python -m pip wheel -q --disable-pip-version-check --no-deps -w dist .
	@ls dist/*.whl

lock: ## Renew the locked dependencies (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean: ## Remove what was generated, but not the data folder
	rm -rf $(VENV) dist build lingyu/look/static/vendor .pytest_cache .ruff_cache .hypothesis test-results
	find lingyu -name '*.mo' -delete

# The stamps: what has been made, and from what.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Lingyu needs Python 3.11 or newer; this is %d.%d. Name another one: make PYTHON=python3.12 …" % sys.version_info[:2])'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make environments. On Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock | $(BIN)/python
	$(call INSTALL,requirements.lock)
	@touch $@

# The command and the path to the checkout: what an editable installation would make, without its build.
$(BIN)/lingyu: | $(BIN)/python
	@echo '$(CURDIR)' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/lingyu.pth"
	@printf '#!/bin/sh\nexec "%s" -m lingyu "$$@"\n' '$(CURDIR)/$(BIN)/python' > $@
	@chmod +x $@

$(VENV)/.tested: requirements-test.lock $(VENV)/.installed
	$(call INSTALL,requirements-test.lock)
	@touch $@

$(VENV)/.assets: lingyu/look/assets.py $(VENV)/.installed
	$(BIN)/python -m lingyu.look.assets
	@touch $@

$(VENV)/.words: $(WORDS) $(VENV)/.installed
	$(BIN)/python -m lingyu.config.messages compile
	@touch $@
