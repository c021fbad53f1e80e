# Two commands on a bare machine (Python 3.11 or newer, make, git): `make run` and `make test`.
#   make run           the window, on the demo tournament
#   make test          everything that must hold: lint, types, imports, translations, tests
#   make setup         the environment in .venv, only when it is not there yet
#   make tour          drives the window through the whole job; pictures and PDFs in build/tour
#   make bench         the figures, one JSON line each (ONLY=name for some)
#   make rehearse      windows and central under faults: 200 short rehearsals, 5 of full size
#   make format        formats the code
#   make translations  reads new texts from the source into resources/i18n and builds the .qm files
#   make clean         removes what the above made

SHELL := /bin/bash
PY := .venv/bin/python
TS := $(wildcard resources/i18n/*.ts)
QM := $(TS:.ts=.qm)
ONLY ?=

.PHONY: run test check pytest setup system-libraries server-programs qm translations tour bench rehearse format clean
.NOTPARALLEL:

run: setup qm
	$(PY) main.py --demo

test: check pytest

check: setup qm
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	.venv/bin/lint-imports

pytest: server-programs setup qm
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist loadfile --durations=40 --durations-min=5

system-libraries:
	@scripts/system-libraries

# Tests start a PostgreSQL of their own; the window does without.
server-programs:
	@scripts/system-libraries server

setup: system-libraries
	@scripts/environment

qm: setup $(QM)

%.qm: %.ts
	@$(PY) scripts/translations.py release $< $@

translations: setup
	$(PY) scripts/translations.py update
	@$(MAKE) --no-print-directory qm

tour: setup qm
	$(PY) main.py tour --out build/tour

bench: server-programs setup qm
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.bench $(ONLY)

rehearse: server-programs setup
	$(PY) main.py rehearse --windows 6 --customers 300 --seed 1 --runs 200 --faults all --json
	$(PY) main.py rehearse --windows 20 --customers 3000 --seed 1 --runs 5 --faults all --json

format: setup
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f resources/i18n/*.qm
	find boxoffice ui tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
