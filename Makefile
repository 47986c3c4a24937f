# The README's two commands, and the checks that CI runs. Python 3.11 or newer and pip are enough.
.PHONY: demo test check bench docs

demo:
	python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/scheduler solve instances/bakery.json --report report.html

test:
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest

check:
	.ci/run

bench:
	.venv/bin/scheduler bench run shipped -o bench-$$(date +%F).csv
	.venv/bin/scheduler bench compare bench-$$(date +%F).csv --markdown

docs:
	.venv/bin/python docs/generate.py
