"""The demand file beside the instance is broken: which file, which line, what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from breaking import BAKERY, broken, faults_in

from scheduler import read

HEADER = "start,staff"
ROWS = [f"2026-03-0{day}T{hour:02d}:00,1" for day in (2, 3, 4) for hour in range(7, 18)]


def _instance(folder: Path, content: str | bytes | None, **demand: object) -> Path:
    case = {"change": {"services.0.demand": {"kind": "staff", "csv": "d.csv", **demand}}}
    path = folder / "broken.json"
    path.write_text(json.dumps(broken(case)), encoding="utf-8")
    if content is not None:
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / "d.csv").write_bytes(raw)
    return path


def _says(folder: Path, content: str | bytes | None, **demand: object) -> list[str]:
    lines = faults_in(_instance(folder, content, interval_minutes=60, **demand))
    return [line.removeprefix("services[0].demand.csv: ") for line in lines]


def _file(rows: list[str], header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def _with(position: int, row: str) -> str:
    return _file([*ROWS[:position], row, *ROWS[position + 1 :]])


CASES = {
    "empty": ("", "d.csv: the file is empty"),
    "no rows": (f"{HEADER}\n", "d.csv: the file has no rows"),
    "a wrong column": (
        _file(ROWS, "start,staf"),
        "d.csv: line 1: no column 'staff'; did you mean 'staf'?",
    ),
    "no such column": (
        _file(ROWS, "start,people"),
        "d.csv: line 1: no column 'staff'; expected one of 'people'",
    ),
    "a column twice": (_file(ROWS, "start,staff,staff"), "d.csv: line 1: two columns 'staff'"),
    "a word for a number": (
        _with(4, "2026-03-02T11:00,two"),
        "d.csv: line 6: expected a number from 0 to 10,000,000, found 'two'",
    ),
    "nothing for a number": (
        _with(4, "2026-03-02T11:00"),
        "d.csv: line 6: expected a number from 0 to 10,000,000, found nothing",
    ),
    "a negative number": (
        _with(4, "2026-03-02T11:00,-1"),
        "d.csv: line 6: expected a number from 0 to 10,000,000, found '-1'",
    ),
    "not a number": (
        _with(4, "2026-03-02T11:00,nan"),
        "d.csv: line 6: expected a number from 0 to 10,000,000, found 'nan'",
    ),
    "infinity": (
        _with(4, "2026-03-02T11:00,1e999"),
        "d.csv: line 6: expected a number from 0 to 10,000,000, found '1e999'",
    ),
    "a foreign date": (
        _with(4, "2.3.2026 11:00,1"),
        "d.csv: line 6: expected a local time such as 2026-03-02T08:30, found '2.3.2026 11:00'",
    ),
    "a year beyond reason": (
        _with(4, "9999-12-31T11:00,1"),
        "d.csv: line 6: expected a local time such as 2026-03-02T08:30, found '9999-12-31T11:00'",
    ),
    "off the grid": (
        _with(4, "2026-03-02T11:10,1"),
        "d.csv: line 6: 2026-03-02T11:10 is not on the grid of 60 minutes",
    ),
    "a row twice": (
        _with(4, "2026-03-02T10:00,1"),
        "d.csv: line 6: a second row for 2026-03-02T10:00",
    ),
    "rows missing": (
        _file(ROWS[:4] + ROWS[6:]),
        "d.csv: no row for 2026-03-02T11:00 and 1 more intervals in which the service is open",
    ),
    "Latin-1": (
        f"{HEADER},caf".encode() + b"\xe9\n",
        "d.csv: not UTF-8 text: byte 0xe9 in line 1; save it as UTF-8",
    ),
    "UTF-16": (_file(ROWS).encode("utf-16"), "d.csv: not UTF-8 text but UTF-16; save it as UTF-8"),
    "an open quotation": (
        _with(4, '"2026-03-02T11:00,1'),
        "d.csv: line 34: broken CSV: unexpected end of data",
    ),
    "a giant cell": (
        f"{HEADER}\n" + "x" * 200_000,
        "d.csv: line 2: broken CSV: field larger than field limit (131072)",
    ),
    "too large": (b"1," * 50_000_000, "d.csv: the file is too large: more than 64 MB"),
    "demand while closed": (
        _file([*ROWS, "2026-03-02T05:00,3"]),
        "services[0].demand: demand outside the opening hours of 'counter' at 2026-03-02T05:00"
        " and in 1 more intervals",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_demand_file(name: str, tmp_path: Path) -> None:
    """One line: the place in the instance, the file, its line, and the fault."""
    content, expected = CASES[name]
    where = str(tmp_path / "d.csv")
    assert [line.replace(where, "d.csv") for line in _says(tmp_path, content)] == [expected]


def test_semicolons(tmp_path: Path) -> None:
    """The export of a spreadsheet with the wrong separator is recognised."""
    found = _says(tmp_path, _file(ROWS).replace(",", ";"))
    assert found[0] == (
        "d.csv: line 1: no column 'start'; the columns are to be parted by commas, not semicolons"
    )


def test_several_faults_in_one_file(tmp_path: Path) -> None:
    """Every line that is wrong is told, up to five; the rest is counted."""
    rows = [row.replace(",1", ",one") for row in ROWS[:8]] + ROWS[8:]
    found = _says(tmp_path, _file(rows))
    assert [line.split(": ")[1] for line in found[:5]] == [f"line {n}" for n in range(2, 7)]
    assert found[5] == "d.csv: and 3 more faults"


def test_a_missing_file(tmp_path: Path) -> None:
    """The path in the message is the one that was tried."""
    found = _says(tmp_path, None)
    assert found == [f"{tmp_path / 'd.csv'}: cannot be read: no such file or directory"]


@pytest.mark.parametrize("name", ["", ".", "-", "a\0b", "x" * 5000, "\ud800"])
def test_a_name_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    """Odd names are answered like any other; a dash does not wait for standard input."""
    assert len(_says(tmp_path, None, csv=name)) == 1


def test_rows_of_other_weeks_and_columns_are_left_out(tmp_path: Path) -> None:
    """A forecast of a whole year can stand beside an instance of three days."""
    rows = ["2026-02-28T07:00,9,x", *(f"{row},x" for row in ROWS), "2026-04-01T07:00,9,x"]
    instance = read(_instance(tmp_path, _file(rows, f"{HEADER},remark"), interval_minutes=60))
    assert sum(instance.services[0].demand.by_slot(instance.horizon)) == 2 * len(ROWS)


def test_clock_changes_in_a_demand_file(tmp_path: Path) -> None:
    """An hour that comes twice has two rows; one that the clock skips has none."""
    spring = {"start": "2026-03-29", "days": 1, "interval_minutes": 60}
    data = {**BAKERY, "horizon": {**spring, "time_zone": "Europe/Berlin"}}
    data["services"] = [
        {"id": "counter", "skill": "counter", "demand": {"kind": "staff", "csv": "d.csv"}}
    ]
    data["templates"] = [{"id": "early", "start": "07:00", "length": 480}]
    data["employees"] = [{"id": "Ana", "contract": "full", "skills": {"counter": 1}}]
    path = tmp_path / "spring.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    hours = [f"2026-03-29T{hour:02d}:00,1" for hour in range(24)]
    (tmp_path / "d.csv").write_text(_file(hours), encoding="utf-8")
    assert faults_in(path) == [
        "services[0].demand.csv: d.csv: line 4: the clock skips 2026-03-29T02:00 on this day"
    ]
    (tmp_path / "d.csv").write_text(_file(hours[:2] + hours[3:]), encoding="utf-8")
    assert len(read(path).services[0].demand.by_slot(read(path).horizon)) == 23
