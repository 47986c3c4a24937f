"""Random damage: reading works or complains, and does nothing else."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from breaking import TESTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler import InputError, read
from scheduler.io.text import load_json

INSTANCES = TESTS.parent / "instances"
NAMES = ("bakery", "help-desk-nights", "contact-centre-week", "autumn-back")
WHOLE = {name: load_json(INSTANCES / f"{name}.json") for name in NAMES}

TEXTS = """ |07:00|24:00|2026-03-02|2026-03-02T08:30|9999-12-31|0001-01-01|0001-01-01T00:00+14:00|
9999-12-31T23:59-12:00|Europe/Berlin|mon|staff|arrivals|coverage|min_rest|counter|early|\ud800|//"""

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(TEXTS.replace("\n", "").split("|"))
    | st.sampled_from([0, 1, -1, 7, 366, 10**9, 10**30, -(10**400), 1e308, 5e-324, 1e16, 0.1])
)
FIELDS = ["kind", "start", "end", "days", "dates", "id", "hours", "service", "staff", "values"]
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value, as the container and the key in it."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield value, key
        if isinstance(inner, dict | list):
            yield from _nodes(inner)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Give a folder with the demand files of the shipped instances beside the damaged one."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "data").symlink_to(INSTANCES / "data")
        yield Path(name)


def _reads_or_complains(data: object, folder: Path) -> None:
    path = folder / "damaged.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    try:
        read(path)
    except InputError as error:
        lines = str(error).split("\n")
        assert len(lines) == len(error.faults) <= 120
        assert all(line.isprintable() for line in lines)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_one_random_value(data: st.DataObject, name: str, folder: Path) -> None:
    """Put any JSON value anywhere: `read` gives an instance or an `InputError`, no other error."""
    damaged = copy.deepcopy(WHOLE[name])
    container, key = data.draw(st.sampled_from(list(_nodes(damaged))))
    container[key] = data.draw(VALUES)
    _reads_or_complains(damaged, folder)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_values_swapped_and_lost(data: st.DataObject, name: str, folder: Path) -> None:
    """Values that are right elsewhere, and values that are gone, are told as well."""
    damaged = copy.deepcopy(WHOLE[name])
    places = list(_nodes(damaged))
    (one, i), (other, j) = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))
    one[i] = copy.deepcopy(other[j])
    container, key = data.draw(st.sampled_from(list(_nodes(damaged))))
    del container[key]
    _reads_or_complains(damaged, folder)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_random_bytes(data: bytes, folder: Path) -> None:
    """Any bytes are refused as an instance."""
    path = folder / "noise.json"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read(path)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_random_demand_files(data: bytes, folder: Path) -> None:
    """Any bytes after the right header are refused as demand."""
    instance = copy.deepcopy(WHOLE["autumn-back"])
    instance["services"][0]["demand"]["csv"] = "noise.csv"
    path = folder / "noisy.json"
    path.write_text(json.dumps(instance), encoding="utf-8")
    (folder / "noise.csv").write_bytes(b"start,staff\n" + data)
    with pytest.raises(InputError):
        read(path)
