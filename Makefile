# Everything starts here, from nothing but python3 (3.11 or newer) and make.
#   make demo    the whole city on this machine          make check   every static check
#   make test    the test suite                          make bench   the measurements
#   make front   build the front end if it changed       make lock    renew the lock files
#   make schema  write the OpenAPI contract              make clean   remove what can be made again

PYTHON ?= python3
ARGS ?=
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PIP := -m pip --disable-pip-version-check --no-input install -q --no-compile
RUN := .venv/bin/python
TESTING := BANCHENG_SETTINGS=test

.PHONY: help demo test check check-front check-python bench clean front lock layout prepared schema

help:
	@sed -n '2,5p' Makefile | cut -c3-

# A package named platform would hide the standard library's: every entry point would die.
layout:
	@if [ -e platform/__init__.py ]; then \
	  echo "platform/__init__.py must not exist: it hides Python's own 'platform' module." >&2; \
	  exit 1; fi

.venv/ok: requirements.lock pyproject.toml .ci/venv
	@echo "==> Python environment (.venv)"
	@sh .ci/venv $(PYTHON) .venv
	@echo "==> Installing the locked packages"
	@$(RUN) $(PIP) --require-hashes -r requirements.lock
	@$(RUN) $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/ok requirements-dev.lock
	@echo "==> Installing the locked development packages"
	@$(RUN) $(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.venv-front/ok: requirements-front.lock .ci/venv
	@echo "==> Node environment (.venv-front)"
	@sh .ci/venv $(PYTHON) .venv-front
	@.venv-front/bin/python $(PIP) --require-hashes -r requirements-front.lock
	@touch $@

front: layout .venv-front/ok
	@PYTHONPATH=platform .venv-front/bin/python -m bancheng.config.runtime.front

# Python's packages and the front end have nothing to do with each other: both at once. The first
# environment is made alone, because it may have to install Debian's python3-venv.
prepared: layout
	@sh .ci/venv $(PYTHON) .venv
	@$(MAKE) front & front=$$!; $(MAKE) .venv/ok; python=$$?; wait $$front && exit $$python

demo: prepared
	@.venv/bin/bancheng demo

# The whole suite on as many processes as there are cores, a part of it in one: ARGS="tests/cases".
test: prepared .venv/dev
	@$(RUN) -m pytest -n auto $(ARGS)

# BENCH_QUICK=1 for a look within two minutes; a full run also writes docs/benchmarks.md.
bench: layout .venv/dev
	@$(RUN) -m tests.benchmarks
	@$(RUN) -m tests.benchmarks.hall_day

# Python's checks and the front end's at once, one after the other on the screen.
check: layout .venv/dev .venv-front/ok
	@mkdir -p .cache
	@$(MAKE) check-front >.cache/check-front.log 2>&1 & front=$$!; \
	  $(MAKE) check-python; python=$$?; \
	  wait $$front; front=$$?; cat .cache/check-front.log; exit $$((python || front))

check-front:
	@echo "==> front end"
	@$(RUN) -m bancheng.config.runtime.front check

check-python:
	@echo "==> ruff"
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@echo "==> mypy"
	@.venv/bin/mypy
	@echo "==> imports"
	@.venv/bin/lint-imports
	@echo "==> migrations are complete"
	@$(TESTING) $(RUN) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@echo "==> frontend/openapi/schema.yml is what the code offers"
	@$(TESTING) $(RUN) manage.py spectacular --validate --fail-on-warn >/dev/null
	@$(TESTING) .venv/bin/bancheng schema --check

schema: .venv/dev front
	@$(TESTING) .venv/bin/bancheng schema
	@$(RUN) -m bancheng.config.runtime.front types

lock: .venv-lock/ok
	@echo "==> Renewing the lock files"
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	@$(COMPILE) --group front -o requirements-front.lock

COMPILE := .venv-lock/bin/uv pip compile -q --universal --generate-hashes --no-header \
  --no-emit-index-url --python-version 3.11

.venv-lock/ok: .ci/venv
	@sh .ci/venv $(PYTHON) .venv-lock
	@.venv-lock/bin/python $(PIP) uv==0.13.9
	@touch $@

clean:
	rm -rf .venv .venv-front .venv-lock .cache .mypy_cache .ruff_cache .import_linter_cache \
	  .pytest_cache .hypothesis frontend/node_modules frontend/dist \
	  "/dev/shm/bancheng-tests$(subst /,-,$(CURDIR))"
	@echo "The data in .bancheng (or BANCHENG_DATA) is kept. Remove that folder for a new start."
