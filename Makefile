# make demo: real use in one command.  make test: all tests.  Both make their own .venv with what they need.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SHARED ?= ../shared
GOLD   ?= $(SHARED)/data/gold
NEWS   ?= $(SHARED)/data/news2015.jsonl.gz
WORKERS ?= 2
FOLDS  ?= 0,1
TEXTS  := $(foreach f,news2015 bbc2009 syria/articles,--texts $(SHARED)/data/$(f).jsonl.gz)
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo page test lint train bench eval gate schema readme clean

help:  ## show this
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "isnad needs Python 3.11 or newer; call: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(STAMP)  ## code the sample articles, gather them into incidents, open the desk on them
	@$(BIN)/isnad demo
	@$(BIN)/isnad demo --to html -o demo.html && echo "The same as a page: demo.html"
	@$(BIN)/isnad add examples --db demo.db --quiet
	@$(BIN)/isnad incidents --db demo.db --limit 5
	@if [ -t 1 ]; then $(BIN)/isnad serve --db demo.db --open; \
	 else echo "The desk on these incidents: $(BIN)/isnad serve --db demo.db"; fi

page: $(STAMP)  ## build the desk's page (needs Node); installing does it too where Node is there
	$(BIN)/python hatch_build.py

test: $(STAMP)  ## run the tests
	$(BIN)/python -m pytest -n auto

lint: $(STAMP)  ## style, types, layers, lexicon files
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/isnad lexicon check

train: $(STAMP)  ## every learned weight anew, from $(GOLD)/train.jsonl
	$(BIN)/isnad train $(GOLD)/train.jsonl --more gold/more.jsonl --peaceful gold/peaceful.txt $(TEXTS)

eval: $(STAMP)  ## the score table on $(GOLD)/dev.jsonl
	$(BIN)/isnad evaluate $(GOLD)/dev.jsonl --workers $(WORKERS)

crossval: $(STAMP)  ## the score table on train by cross-validation (minutes a fold; FOLDS=0,1)
	$(BIN)/python tools/cross_validate.py $(GOLD)/train.jsonl --more gold/more.jsonl --peaceful gold/peaceful.txt $(TEXTS) --folds $(FOLDS)

gate: $(STAMP)  ## fail when a figure on dev is below its floor
	$(BIN)/isnad evaluate $(GOLD)/dev.jsonl --workers $(WORKERS) --gate

bench: $(STAMP)  ## articles a second, memory, start-up, stages, false alarms
	$(BIN)/python bench/bench.py $(NEWS)
	$(BIN)/python bench/false_alarms.py $(NEWS)

schema: $(STAMP)  ## write the JSON Schema of the output anew
	$(BIN)/isnad schema -o docs/schema/coded-article.schema.json

readme: $(STAMP)  ## write the README's example and accuracy table anew
	$(BIN)/python bench/readme.py $(wildcard $(GOLD)/dev.jsonl)

clean:  ## remove what was built
	rm -rf $(VENV) build dist demo.html demo.db* src/isnad/web/static frontend/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
