"""A small instance, and a way to run commands."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scheduler.cli import main

BAKERY = Path(__file__).parents[2] / "instances" / "bakery.json"
Run = Callable[..., Result]


@pytest.fixture
def bakery() -> dict[str, Any]:
    """Give the bakery as data, to be changed."""
    data: dict[str, Any] = json.loads(BAKERY.read_text(encoding="utf-8"))
    return data


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """Copy the bakery to a folder of its own."""
    path = tmp_path / "bakery.json"
    path.write_text(BAKERY.read_text(encoding="utf-8"), encoding="utf-8")
    return path


@pytest.fixture
def impossible(bakery: dict[str, Any], tmp_path: Path) -> Path:
    """Ask for more people than there are."""
    bakery["floors"] = [{"kind": "coverage", "service": "counter", "staff": 50}]
    path = tmp_path / "impossible.json"
    path.write_text(json.dumps(bakery), encoding="utf-8")
    return path


@pytest.fixture
def run() -> Run:
    """Run a command in this process."""

    def invoke(*arguments: object, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke
