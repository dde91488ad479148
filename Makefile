# make install    a .venv with everything in it, and .venv/bin/ttx
# make demo       the same, and a running exercise on http://127.0.0.1:8000
#
# Needs Python 3.11, 3.12 or 3.13, make and git; fetches Python packages, each checked against its hash, and
# for the tests browsers, PostgreSQL and NATS from Debian where they are not installed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# What was compiled is kept, whatever the surroundings say: the tests start ttx some hundred times.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
BENCH := .bench
BUNDLE := .bundle
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
UV ?= uv

# What `make install PYTHON=/path/to/python` names, or the first of these that is new enough.
PYTHON ?=
PYTHONS := $(or $(PYTHON),python3.11 python3.12 python3.13 python3)
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))

# apt-get as root or through sudo; a package manager that would ask a question is as good as none.
# Use: $(call debian,PACKAGES,SENTENCE FOR EVERYBODY ELSE)
define debian
	apt=; \
	if command -v apt-get >/dev/null; then \
	    if [ "$$(id -u)" = 0 ]; then apt=apt-get; \
	    elif sudo -n true 2>/dev/null; then apt="sudo -n apt-get"; fi; \
	fi; \
	if [ -z "$$apt" ]; then echo $(2) >&2; exit 1; fi; \
	echo "Installing Debian's $(strip $(1))"; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$apt update -qq; \
	$$apt install -qq -y --no-install-recommends $(1) >/dev/null
endef

.PHONY: help install demo test check bench soak trust crash fuzz words bundle lock clean dev browser spin postgresql nats

help: ## this list
	@echo "make TARGET, where TARGET is one of"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(BIN)/ttx ## .venv with everything that runs, and .venv/bin/ttx

demo: install ## a running exercise with links and codes; DATA=folder and PORT=number if you like
	@exec $(BIN)/ttx demo $(if $(DATA),--data "$(DATA)") $(if $(PORT),--port "$(PORT)")

test: dev browser postgresql nats spin ## every test, real browsers included; ARGS="-k word" to choose, ARGS=--durations=30 for the slowest
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 2 $(ARGS)

check: dev ## format, lint, types, floors and the rules of the house
	@echo "Format" && $(BIN)/ruff format --check --quiet --output-format concise . || \
	    { echo "Run: $(BIN)/ruff format ."; exit 1; }
	@echo "Lint" && $(BIN)/ruff check --quiet .
	@echo "Types" && $(BIN)/mypy
	@echo "Floors" && $(BIN)/lint-imports --no-logo
	@echo "House" && $(BIN)/python -m pytest --quiet --noconftest tests/house

bench: $(BIN)/ttx $(BENCH)/ready ## the benchmarks, each against peers and the limit; ARGS="--help", "fanout answers", "--write"
	@$(BIN)/python -m benchmarks.run $(ARGS)

bundle: $(BIN)/ttx $(BUNDLE)/ready ## dist/ttx-VERSION-PLATFORM.tar.gz, which installs where there is no network
	@deploy/bundle.sh $(BIN)/python $(BUNDLE)/bin

words: install ## bring the catalogues of the pages up to date, and tell how far each language is
	@$(BIN)/ttx words --update

# --no-config and the two --no-emit keep this machine's mirrors out of the locks; --universal puts in the hashes of
# every platform. What is already locked stays as it is: UPGRADE=--upgrade moves everything, and
# UPGRADE="--upgrade-package NAME" one part.
COMPILE = env -u UV_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_DEFAULT_INDEX -u UV_FIND_LINKS \
    $(UV) --no-config pip compile --quiet pyproject.toml --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

soak: dev ## 200 tablets for ten minutes, a fifth of them away, the server killed twice; ARGS="--tablets 50 --seconds 180"
	@$(BIN)/python -m tests.soak $(ARGS)

trust: dev spin postgresql ## everything that security and durability stand on, short, and a table of what was tried and found
	@$(BIN)/python -m tests.trust $(ARGS)

crash: dev postgresql ## the long form: 1,000 power cuts, 120 kills, networks cut, clocks put wrong, and mutants that must be found
	@TTX_CRASH=long $(BIN)/python -m tests.trust power killed network clock disk laptop several $(ARGS)

fuzz: dev ## nonsense for every importer, an hour for each; ARGS="--minutes 5 OpenAEV xlsx" to choose
	@$(BIN)/python -m tests.fuzz $(ARGS)

lock: ## write the lock files anew from pyproject.toml
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: install it, or say UV=/path/to/uv." >&2; exit 1; }
	@echo "requirements.lock" && $(COMPILE) --extra build --output-file requirements.lock
	@echo "requirements-dev.lock" && \
	    $(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	@echo "requirements-bench.lock" && \
	    $(COMPILE) --extra bench --constraint requirements.lock --output-file requirements-bench.lock
	@echo "requirements-bundle.lock" && \
	    $(COMPILE) --extra bundle --constraint requirements.lock --output-file requirements-bundle.lock

clean: ## remove .venv and everything that was made
	@rm -rf $(VENV) $(BENCH) $(BUNDLE) benchmarks/peers/node_modules build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each step leaves a file, so a second call does nothing.

$(VENV)/made:
	@python=; \
	for name in $(PYTHONS); do \
	    if "$$name" -c '$(SUPPORTED)' 2>/dev/null; then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "ttx needs Python 3.11, 3.12 or 3.13, and none of these is one: $(PYTHONS)." \
	         "Install it, or say: make install PYTHON=/path/to/python" >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip' 2>/dev/null; then \
	    version="$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"; \
	    $(call debian,"python$$version-venv","This Python cannot make a virtual environment. \
	Install the package python$$version-venv and try again."); \
	fi; \
	echo "Making $(VENV) with $$("$$python" --version)"; \
	rm -rf $(VENV); \
	"$$python" -m venv $(VENV); \
	touch $@

$(VENV)/runtime: requirements.lock $(VENV)/made
	@echo "Installing what ttx runs on"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

# Editable: the checkout itself is what runs, its frontend/ and scenarios/ included.
$(BIN)/ttx: pyproject.toml $(VENV)/runtime
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(BIN)/ttx
	@echo "Installing what tests and checks need"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

dev: $(VENV)/dev

$(BUNDLE)/ready: requirements-bundle.lock
	@rm -rf $(BUNDLE) && $(BIN)/python -m venv $(BUNDLE)
	@$(BUNDLE)/bin/python -m pip --disable-pip-version-check --no-input -qq \
	    install --require-hashes --requirement requirements-bundle.lock
	@touch $@

# The peers of the benchmarks and the load clients. A peer that cannot be had is told of as missing in every table.
$(BENCH)/ready: requirements-bench.lock $(wildcard benchmarks/client/*.[ch] benchmarks/peers/*.c benchmarks/peers/package-lock.json) \
    $(VENV)/made
	@missing=; \
	command -v gcc >/dev/null || missing="gcc libc6-dev"; \
	command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	if [ -n "$$missing" ]; then $(call debian,$$missing,"The load clients need gcc and some peers npm. \
	Missing here as Debian names them: $$missing. Install them and try again."); fi
	@echo "Installing what the benchmarks compare with"
	@mkdir -p $(BENCH) && rm -rf $(BENCH)/venv && $(BIN)/python -m venv $(BENCH)/venv
	@$(BENCH)/venv/bin/python -m pip --disable-pip-version-check --no-input -qq \
	    install --require-hashes --requirement requirements-bench.lock || echo "Without the peers from Python." >&2
	@npm ci --prefix benchmarks/peers --no-audit --no-fund --loglevel=error || echo "Without Node's peers and bun." >&2
	@for name in tablets posters; do gcc -O2 -o $(BENCH)/$$name benchmarks/client/$$name.c; done
	@gcc -O2 -o $(BENCH)/raw_writer benchmarks/peers/raw_writer.c
	@gcc -O2 -shared -fPIC -o $(BENCH)/slow_fsync.so benchmarks/client/slow_fsync.c -ldl
	@touch $@

# What tablets have: Chromium's engine, Firefox's, and WebKit's, which Debian ships with a driver and a small browser.
browser:
	@missing=; \
	command -v chromium google-chrome chromium-browser >/dev/null || missing="chromium fonts-noto-core"; \
	command -v chromium-headless-shell google-chrome >/dev/null || missing="$$missing chromium-headless-shell"; \
	command -v firefox-esr firefox >/dev/null || missing="$$missing firefox-esr"; \
	command -v WebKitWebDriver >/dev/null || missing="$$missing webkit2gtk-driver"; \
	command -v Xvfb >/dev/null || missing="$$missing xvfb"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	$(call debian,$$missing,"The browser tests need Chromium or Chrome and Firefox and WebKitWebDriver with its MiniBrowser \
	and Xvfb on the path. Missing here as Debian names them: $$missing. Install them and try again.")

# Walks through the model of catching up, docs/catch-up.pml. It writes a program in C that a compiler has to build.
spin:
	@if command -v spin >/dev/null && command -v cc >/dev/null; then exit 0; fi; \
	$(call debian,spin gcc libc6-dev,"The model of catching up needs spin and a C compiler. Install them and try again.")

# The other database an installation can have. The tests start a server of their own; the one that the package may start
# is left alone.
postgresql:
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then exit 0; fi; \
	$(call debian,postgresql,"The tests need the programs of a PostgreSQL server: initdb and pg_ctl. Install them and try again.")

# The doorbell of many exercises, which the tests start on a port of their own.
nats:
	@if command -v nats-server /usr/sbin/nats-server >/dev/null; then exit 0; fi; \
	$(call debian,nats-server,"The tests need the program nats-server. Install it and try again.")
