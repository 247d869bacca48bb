PYTHON ?= python3
BIN := .venv/bin

# Where it is set, each of the many processes of a test run would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: chat run test test-quick lint mutation bench soak crashes

chat: .venv/.installed  ## talk with the bot in the terminal: no token, no network
	@$(BIN)/python -m bot chat

run: .venv/.installed  ## run the bot in Telegram: BOT_TOKEN in .env
	@$(BIN)/python -m bot

test: .venv/.installed-dev  ## the whole test suite
	$(BIN)/python -m pytest -q -n auto --dist loadfile

test-quick: .venv/.installed-dev  ## without processes, servers, the whole seed and what takes long; names what should be marked so
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not slow" --durations=10 --durations-min=1

lint: .venv/.installed-dev  ## style, strict types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

mutation: .venv/.installed-mutation  ## break the code under the tests and list what they do not notice
	$(BIN)/mutmut run
	$(BIN)/mutmut results

bench: .venv/.installed-bench  ## quality, speed and cost of search, import and the whole bot, beside others
	$(BIN)/python -m bench

soak: .venv/.installed-dev  ## ten minutes of 100 updates a second with changes and a kill, and what came of it
	$(BIN)/python -m bench.soak

crashes: .venv/.installed-dev  ## kill the bot under load 500 times, put copies back 50 times, print what came of it
	$(BIN)/python -m bench.crashes

.venv/.installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (once, about a minute) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

.venv/.installed-dev: .venv/.installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

.venv/.installed-bench: .venv/.installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[bench]'
	@touch $@

.venv/.installed-mutation: .venv/.installed-dev
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[mutation]'
	@touch $@
