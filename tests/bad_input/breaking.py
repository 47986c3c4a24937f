"""Break the bakery in a named place, and read what is said of it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from scheduler import InputError, read
from scheduler.io.text import load_json

TESTS = Path(__file__).parents[1]
BAKERY: dict[str, Any] = load_json(TESTS.parent / "instances" / "bakery.json")
LONGEST_LINE = 900


def cases(name: str) -> list[Any]:
    """Read a table of ``{change, remove, says}`` from ``tests/data/broken``."""
    path = TESTS / "data" / "broken" / f"{name}.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{name}-{i}") for i, case in enumerate(table)]


def broken(case: dict[str, Any]) -> dict[str, Any]:
    """Give a copy of the bakery in which some values are changed, others removed.

    A position just behind a list appends to it.
    """
    data = copy.deepcopy(BAKERY)
    for path, value in case.get("change", {}).items():
        place, last = _find(data, path)
        if isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
    for path in case.get("remove", ()):
        place, last = _find(data, path)
        del place[last]
    return data


def _find(data: Any, path: str) -> tuple[Any, Any]:
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        data = data[part]
    return data, last


def faults_in(path: Path) -> list[str]:
    """Lines of the error that reading the file gives, without the file's name."""
    with pytest.raises(InputError) as caught:
        read(path)
    lines = str(caught.value).split("\n")
    assert all(line.startswith(f"{path}: ") for line in lines)
    assert all(line.isprintable() and len(line) < LONGEST_LINE for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def faults_of(data: object, folder: Path) -> list[str]:
    """Write a value as JSON, and read it as an instance."""
    path = folder / "broken.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return faults_in(path)
