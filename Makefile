# Every target sets up what it needs by itself; the second run starts at once.

RUN := .venv
DEV := .venv-dev

.PHONY: run test coverage explore lint bench pictures icons readme lock clean

run:
	@packaging/system-packages run
	@packaging/virtual-environment $(RUN) packaging/requirements.lock
	@PYTHONPATH=app $(RUN)/bin/python -m manara || [ $$? -le 3 ] # 0 to 3 tell how the services are

# Three on two cores: the tests of the desktop and the stories of outages wait for most of their time.
test: environment
	$(DEV)/bin/python -m pytest --numprocesses 3 --dist loadgroup --hypothesis-profile ci

# The same, and which lines and branches they reach; it takes half as long again.
coverage: environment
	$(DEV)/bin/python -m pytest --numprocesses 3 --dist loadgroup --hypothesis-profile ci --cov --cov-report=term \
	  --cov-fail-under=99

# The property tests with other examples each time; `make test` takes the same ones each time, so that it can be relied on.
explore: environment
	$(DEV)/bin/python -m pytest --numprocesses 2 --dist loadgroup --hypothesis-profile explore -m hypothesis

lint: environment
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/ruff check .
	$(DEV)/bin/mypy
	PYTHONPATH=app $(DEV)/bin/lint-imports

bench: environment
	@PYTHONPATH=app:tests $(DEV)/bin/python -m bench

readme: environment
	@PYTHONPATH=app $(DEV)/bin/python packaging/settings-reference

pictures: environment
	@PYTHONPATH=app:tests $(DEV)/bin/python -m pictures

icons: environment
	@PYTHONPATH=app $(DEV)/bin/python packaging/icon-pictures

.PHONY: environment
environment:
	@packaging/system-packages test
	@packaging/virtual-environment $(DEV) packaging/requirements-dev.lock --keep-wheels

lock: environment
	$(DEV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --upgrade -o packaging/requirements.lock pyproject.toml
	$(DEV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --upgrade -c packaging/requirements.lock --group dev \
	  -o packaging/requirements-dev.lock pyproject.toml

clean:
	rm -rf $(RUN) $(DEV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
