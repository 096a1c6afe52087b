# Everything one does with this project. Only make and Python 3.11 or newer are needed.

PORT ?= 8000
PYTHON := .venv/bin/python
# In a process for each core, up to four, with a test database each; a module stays in one. One after the other:
# make test PYTEST_ARGS="-n 0 tests/students"
PYTEST := $(PYTHON) -m pytest -n auto --maxprocesses=4 --dist=loadscope --no-loadscope-reorder
MANAGE := $(PYTHON) manage.py
# What a production server has in its environment, for the checks that only then have something to say.
PRODUCTION := env -u DEBUG -u PEERSUPPORT_DEMO -u PEERSUPPORT_LOCAL DATABASE_ROLE=web BEHIND_PROXY=1 \
	DATABASE_URL=postgres://peersupport_web@localhost/not-asked-by-these-checks \
	ALLOWED_HOSTS=peersupport.example SECRET_KEY=a-key-for-this-check-only-0123456789-abcdefghijklmnopqrstuvwxyz \
	FIELD_KEYS=another-key-for-this-check-only-0123456789-abcdefghijklmnop

.PHONY: help demo demo-reset test test-full check bench messages screenshots tables lock

help:
	@echo "make demo        try it: http://127.0.0.1:$(PORT)/ with invented people (PORT=8001 for another port)"
	@echo "make demo-reset  the same, with fresh data"
	@echo "make test        the tests, ten minutes at most"
	@echo "make test-full   the slow ones besides"
	@echo "make check       style, types, migrations, deployment settings, translations"
	@echo "make bench       how fast pages are with a large municipality's data"
	@echo "make messages    collect the texts to translate into locale/"
	@echo "make screenshots take the handbook's pictures again (needs Chromium)"
	@echo "make tables      write docs/tables.md again, from models and policies"
	@echo "make lock        renew requirements/*.txt from pyproject.toml (needs uv)"

# Exported and not written before the commands: so make runs them without a shell in between, and a signal to make
# reaches them.
demo demo-reset: export PEERSUPPORT_DEMO = 1
test test-full check messages: export PEERSUPPORT_LOCAL = 1

# The first Python that is new enough builds .venv; from then on .venv's own is used.
define install
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec $$python requirements/install.py $(1); \
		fi; \
	done; \
	echo "Python 3.11 or newer is needed, and neither python3 nor python3.11 to python3.14 is one." >&2; exit 1
endef

demo:
	$(call install,demo)
	@$(MANAGE) demo --port $(PORT)

demo-reset:
	$(call install,demo)
	@$(MANAGE) demo --port $(PORT) --reset

test:
	$(call install,dev)
	@$(PYTHON) -m peersupport.lib.translations --compile
	@$(PYTEST) -m "not full" $(PYTEST_ARGS)

test-full:
	$(call install,dev)
	@$(PYTHON) -m peersupport.lib.translations --compile
	@$(PYTEST) -m full $(PYTEST_ARGS)

check:
	$(call install,dev)
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy .
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) lintmigrations --settings=tests.lint_settings --no-cache --quiet ok ignore
	$(MANAGE) translations --check
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

bench:
	$(call install,dev)
	@$(PYTHON) -m benchmarks

messages:
	$(call install,dev)
	@$(MANAGE) translations

screenshots:
	$(call install,dev)
	@$(PYTHON) -m docs.screenshots $(SHOTS)

tables:
	$(call install,dev)
	@$(PYTHON) docs/tables.py

lock:
	uv lock --quiet
	uv export -q --no-default-groups --group demo --format requirements.txt --no-annotate --no-header -o requirements/demo.txt
	uv export -q --no-default-groups --group dev --format requirements.txt --no-annotate --no-header -o requirements/dev.txt
	uv export -q --no-default-groups --group prod --format requirements.txt --no-annotate --no-header -o requirements/prod.txt
