# Every target sets up .venv by itself; nothing outside this folder is touched.

PYTHON ?= python3
DATA ?= data
SITE ?= --all
PORT ?= 8001

bin := .venv/bin
lock := .ci/constraints.txt
# The pip that comes with Python 3.11 trips over spellings of extras that later ones accept.
pip := pip==26.3

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser screenshots crawl serve lint format sessions lock

help: ## say what can be made
	@echo 'make TARGET, where TARGET is one of:'
	@sed -n 's/^\([a-z-]*\):.*## /  \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 15

demo: .venv/installed ## crawl the five bundled sites, without a network, into data/demo
	$(bin)/vankho demo
	@echo; echo '(These commands are in .venv/bin; to type them as they stand: source .venv/bin/activate)'

test: .venv/installed ## run every test (loopback only)
	$(bin)/python -m pytest -n 4 --dist loadscope  # most of them wait for a server: four share two cores

test-browser: build/browser/installed ## drive a real Chromium over the demo's pages; installs what it needs
	VANKHO_BROWSER=1 $(bin)/python -m pytest tests/browser

screenshots: build/browser/installed ## take the pictures of docs/screenshots again
	$(bin)/python -m tests.browser.screenshots

crawl: .venv/installed ## crawl live into DATA (data), politely: SITE=laichau_tuyengiao for one site
	$(bin)/vankho crawl $(SITE) --data $(DATA)

serve: .venv/installed ## browse the demo's archive at http://127.0.0.1:8001; DATA=data for your own archive
	$(bin)/vankho serve --port $(PORT) --data $(if $(filter command\ line environment,$(origin DATA)),$(DATA),data/demo)

lint: .venv/installed ## check style (ruff) and types (mypy --strict)
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy

format: .venv/installed ## put the code into the house style
	$(bin)/ruff check --fix-only
	$(bin)/ruff format

sessions: .venv/installed ## paste what the commands print today into README.md and README.vi.md
	$(bin)/python tests/test_readme.py

lock: ## choose new exact versions of all dependencies and write them to .ci/constraints.txt
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check '$(pip)'
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check '.[bench,dev,notify,parquet]'
	{ sed -n '/^#/p' $(lock); \
	  build/lock/bin/python -m pip freeze | grep -v '^vankho' | LC_ALL=C sort -f; } > build/constraints.txt
	mv build/constraints.txt $(lock)
	rm -rf build/lock
	git --no-pager diff --stat -- $(lock)

# The environment is as new as what it was made from.
.venv/installed: pyproject.toml $(lock)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12" >&2; exit 2; }
	@echo "Setting up .venv (once; about a minute)"
	@$(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make a venv; on Debian: apt install python3-venv" >&2; exit 2; }
	@$(bin)/python -m pip install --quiet --disable-pip-version-check '$(pip)'
	@$(bin)/python -m pip install --quiet --disable-pip-version-check -c $(lock) -e '.[dev,notify,parquet]'
	@touch $@

# Chromium is Debian's; nothing of it is fetched from elsewhere.
build/browser/installed: .venv/installed
	@mkdir -p build/browser
	@command -v chromium > /dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } || \
	  { echo "Chromium is needed; on Debian: sudo apt install chromium" >&2; exit 2; }
	@$(bin)/python -m pip install --quiet --disable-pip-version-check 'playwright==1.65.2' 'pillow==13.0.0'
	@npm install --silent --no-audit --no-fund --prefix build/browser axe-core@4.14.1
	@touch $@
