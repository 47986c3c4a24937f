"""The file itself is broken: not JSON, not text, not there, or far too much of something."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from breaking import BAKERY, TESTS, broken, faults_in, faults_of

TEXT = (TESTS.parent / "instances" / "bakery.json").read_text(encoding="utf-8")
MEGABYTE = 1_000_000


def _says(content: str | bytes, folder: Path) -> list[str]:
    path = folder / "broken.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return faults_in(path)


JSON = {
    "a comma is missing": (
        '{"name": "x"\n "horizon": 1}',
        "broken JSON: expecting ',' delimiter at line 2, column 2",
    ),
    "a comma too many": (
        '{"name": "x",}',
        "broken JSON: expecting property name enclosed in double quotes at line 1, column 14",
    ),
    "a text without end": (
        '{"name": "x',
        "broken JSON: unterminated string starting at line 1, column 10",
    ),
    "a tab in a text": (
        '{"na\tme": 1}',
        "broken JSON: invalid control character at line 1, column 5",
    ),
    "two values": ("{} {}", "broken JSON: extra data at line 1, column 4"),
    "no JSON at all": ("name: bakery", "broken JSON: expecting value at line 1, column 1"),
    "a key twice": (
        '{"id": "Ana", "skills": 1, "skills": 2}',
        "broken JSON: the key 'skills' stands twice in the object with the id 'Ana'",
    ),
    "NaN": ('{"name": NaN}', "broken JSON: NaN is no number"),
    "Infinity": ('{"name": -Infinity}', "broken JSON: -Infinity is no number"),
    "thousands of digits": (
        '{"name": ' + "9" * 9000 + "}",
        "broken JSON: a number with too many digits",
    ),
    "nested objects": ('{"a":' * 100_000, "broken JSON: nested too deeply"),
    "nested lists": ("[" * 100_000 + "]" * 100_000, "broken JSON: nested too deeply"),
    "an empty file": ("", "the file is empty"),
    "blanks": (" \n\n", "the file is empty"),
    "a list": ("[]", "expected an object, found a list"),
    "null": ("null", "expected an object, found null"),
    "zero bytes": (b"\0" * 100, "broken JSON: expecting value at line 1, column 1"),
    "UTF-16": (TEXT.encode("utf-16"), "not UTF-8 text but UTF-16; save it as UTF-8"),
    "Latin-1": (
        b'{\n"name": "Caf\xe9"}',
        "not UTF-8 text: byte 0xe9 in line 2; save it as UTF-8",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_broken_json_or_text(name: str, tmp_path: Path) -> None:
    """One line says what is broken, and where."""
    content, expected = JSON[name]
    assert _says(content, tmp_path) == [expected]


def test_a_file_of_another_format(tmp_path: Path) -> None:
    """Whoever gives a file that was never meant to be JSON is told of the option for it."""
    path = tmp_path / "Instance1.txt"
    path.write_text("SECTION_HORIZON\n14\n", encoding="utf-8")
    (fault,) = faults_in(path)
    assert fault.startswith("broken JSON: expecting value at line 1, column 1; if the file is in")
    assert "--from" in fault


def test_a_number_beyond_floats(tmp_path: Path) -> None:
    """1e999 is valid JSON and becomes infinity: the field refuses it."""
    found = _says(TEXT.replace('"hourly_rate": 18', '"hourly_rate": 1e999'), tmp_path)
    assert found == ["contracts[0].pay.hourly_rate: expected a finite number, found Infinity"]


def test_deep_nesting_that_python_can_parse(tmp_path: Path) -> None:
    """Values nested just below the limit do not break what comes after the parser."""
    found = _says(TEXT.replace('"name": "bakery"', f'"name": {"[" * 400}{"]" * 400}'), tmp_path)
    assert found == ["name: expected a text, found a list"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Editors on Windows write one; the faults after it are found as usual."""
    text = TEXT.replace('"days": 3', '"days": 0')
    found = _says(text.encode("utf-8-sig"), tmp_path)
    assert found == ["horizon.days: expected a number greater than or equal to 1, found 0"]


GARBAGE = {
    "random bytes": lambda size: random.Random(1).randbytes(size),
    "open brackets": lambda size: b"[" * size,
    "one text": lambda size: b'"' + b"x" * (size - 2) + b'"',
    "a long name": lambda size: b'{"name": "' + b"x" * (size - 12) + b'"}',
    "a list of numbers": lambda size: b'{"employees": [' + b"1," * (size // 2) + b"1]}",
}
LARGE = 100 * MEGABYTE
LARGE_ENOUGH_TO_PARSE = 50 * MEGABYTE


@pytest.mark.parametrize("name", GARBAGE)
def test_a_hundred_megabytes_of_garbage(name: str, tmp_path: Path) -> None:
    """Garbage is answered in seconds, with one line."""
    started = time.perf_counter()
    assert _says(GARBAGE[name](LARGE), tmp_path) == ["the file is too large: more than 64 MB"]
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_that_is_small_enough_to_parse(name: str, tmp_path: Path) -> None:
    """What passes the limit of size is not worked on for minutes either."""
    started = time.perf_counter()
    found = _says(GARBAGE[name](LARGE_ENOUGH_TO_PARSE), tmp_path)
    assert time.perf_counter() - started < 20
    if name in ("a long name", "a list of numbers"):  # the other fields are missing as well
        assert len(found) == 7
    else:
        assert len(found) == 1


def test_many_faults_do_not_take_long(tmp_path: Path) -> None:
    """Five million wrong values are not looked at one by one."""
    person = {"id": "x", "contract": "full", "skills": {}, "unavailable": [1] * 1000}
    started = time.perf_counter()
    found = faults_of({**BAKERY, "employees": [person] * 5000}, tmp_path)
    assert time.perf_counter() - started < 20
    assert found[0] == "employees[0].unavailable[0]: expected an object, found 1"
    assert len(found) == 51


def test_too_many_of_anything(tmp_path: Path) -> None:
    """Lists have limits far beyond any team, so that a runaway export is told as such."""
    change = {
        "employees": [1] * 5001,
        "services.0.opening_hours": [{}] * 1001,
        "services.0.demand": {"kind": "staff", "values": [0] * 200_000},
    }
    assert faults_of(broken({"change": change}), tmp_path) == [
        "services[0].demand.values: expected at most 105,420 entries, found 200,000",
        "services[0].opening_hours: expected at most 1,000 entries, found 1,001",
        "employees: expected at most 5,000 entries, found 5,001",
    ]


@pytest.mark.parametrize("character", ["\n", "\t", "\x00", "\x1b[31m", "\u2028", "\u202e"])
def test_control_characters_stay_on_one_line(character: str, tmp_path: Path) -> None:
    """A text of the file cannot break the message apart, or colour the terminal."""
    person = {"id": "Ana", "contract": f"fu{character}ll", f"sk{character}ills": {}, "skills": {}}
    found = faults_of(broken({"change": {"employees.0": person}}), tmp_path)
    assert 1 <= len(found) <= 2


def test_lone_surrogates(tmp_path: Path) -> None:
    """Half a character is no text: in values, in keys, in names of skills."""
    person = {"id": "\ud800", "contract": "full", "skills": {"\ud800": 1}}
    found = faults_of(broken({"change": {"employees.0": person}}), tmp_path)
    assert all("expected a text, found '\\ud800'" in line for line in found)
    assert len(found) == 2


def test_a_folder_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The system's reason is passed on in one line."""
    assert faults_in(tmp_path) == ["cannot be read: is a directory"]
    assert faults_in(tmp_path / "nowhere.json") == ["cannot be read: no such file or directory"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """Missing permission is a fault of the input, not a crash."""
    path = tmp_path / "secret.json"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    assert faults_in(path) == ["cannot be read: permission denied"]
