# `make demo` and `make test` need git, make and Python 3.11 with venv, and nothing else.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# Where the environment forbids Python to keep bytecode, every process that is started here would compile the
# project anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test lint types tests sweeps wheel docs dist bundle fuzz release eval baseline zoo programs bench peers vocabulary integration requirements clean

demo: $(READY)
	@$(BIN)/python -m eval.checks.demo

test: lint types tests

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

tests: $(READY)
	$(BIN)/pytest -n auto --dist worksteal

# The sweeps of which the tests go a part, whole.
sweeps: $(READY)
	WHOLE_SWEEPS=1 $(BIN)/pytest -n auto --dist worksteal $$(grep -rl --include='test_*.py' helpers.sweeps tests)

# Build the wheel, install it into a fresh environment, and run the main job from elsewhere.
wheel: $(READY)
	$(BIN)/python -m eval.checks.wheel

# The site of documentation, in .site/html; nothing is fetched. Exit status 1 if a link leads nowhere.
docs: $(READY)
	$(BIN)/python -m eval.checks.site

# Damaged files of every format. FUZZ="--minutes 30" takes longer; `--format PDF` takes one.
fuzz: $(READY)
	$(BIN)/python -m eval.fuzz.fuzzing $(FUZZ)

# In dist/: the wheel and the source, the same bytes wherever they are built, and what the wheel installs.
dist: $(READY)
	$(BIN)/python -m eval.release.dist

# In dist/gongkai: a folder that needs no Python, tried after it was made. Some 5 minutes.
bundle: $(READY)
	$(BIN)/python -m eval.release.bundle

# make release VERSION=0.2.0 sets the version in pyproject.toml and CHANGELOG.md, commits and tags.
release: $(READY)
	$(BIN)/python -m eval.release.version $(VERSION)

bench: $(READY)
	$(BIN)/python -m eval.bench.reading
	$(BIN)/python -m eval.bench.pages
	$(BIN)/python -m eval.bench.tokens
	$(BIN)/python -m eval.bench.client
	$(BIN)/python -m eval.bench.formats
	$(BIN)/python -m eval.bench.batch
	$(BIN)/python -m eval.bench.growth --most 1000
	$(BIN)/python -m eval.bench.chains
	$(BIN)/python -m eval.bench.reviewing

# With it, bench reads the same files with other programs too. 500 MB once they are unpacked.
peers:
	$(PYTHON) -m venv .peers
	.peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r eval/bench/peers.txt

# Every figure that docs/results.md states about accuracy: real reports, the whole zoo with its scans, and a million
# cells read by a simulated model that errs. Some two hours on two cores; it can be stopped and goes on where it was.
eval: $(READY)
	$(BIN)/python -m eval.report.results
	$(BIN)/python -m eval.sentences.right_reports
	$(BIN)/python -m eval.zoo.forms

# What a change does to small runs, against those kept in eval/baselines; exit status 1 if it is worse.
baseline: $(READY)
	$(BIN)/python -m eval.runs.baseline

# 2,000 documents of each layout of text, HTML and Word, 200 of each PDF: what came of their cells.
# Can be stopped and run again. ZOO="--limit 100 --jobs 4" runs fewer.
zoo: $(READY)
	$(BIN)/python -m eval zoo --full $(ZOO)

# What PDFs and old Word files of the zoo are made with; needs root or sudo on Debian.
programs:
	.ci/install-programs

# With it, bench counts tokens instead of estimating them. 12 MB from the registry, once.
vocabulary: $(READY)
	$(BIN)/python -m eval.servers.vocabulary

# Needs a C++ compiler. The server is built once, and stays in .integration: `rm -r` it to build anew.
integration: $(READY)
	$(BIN)/python -m eval.servers.integration
	$(BIN)/python -m eval.bench.cluster

# Pin the newest versions that pyproject.toml admits; the file names no index.
requirements: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --group docs --group release --universal --upgrade --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file requirements.txt
	$(BIN)/uv pip compile eval/bench/peers.in --python-version 3.11 --universal --upgrade --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file eval/bench/peers.txt

clean:
	rm -rf .venv .peers dist .vocabulary

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "gongkai needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
