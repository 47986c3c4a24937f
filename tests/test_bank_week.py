"""The instance builder for real calls. The calls are not part of the repository."""

from __future__ import annotations

import csv
import runpy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scheduler import InputError, Instance, read

ROOT = Path(__file__).parents[1]
CALLS = ROOT.parent / "shared" / "benchmarks" / "demand" / "anonymous_bank_1999_30min.csv"
SCRIPT = runpy.run_path(str(ROOT / "instances" / "bank_week.py"))

needs_calls = pytest.mark.skipif(not CALLS.is_file(), reason=f"no real calls in {CALLS.parent}")


def _run(folder: Path, calls: Path, *options: str) -> Any:
    arguments = [str(calls), "-o", str(folder / "bank.json"), *options]
    return CliRunner().invoke(SCRIPT["main"], arguments)


def _calls() -> dict[datetime, float]:
    with CALLS.open(encoding="utf-8", newline="") as file:
        return {
            datetime.fromisoformat(row["start"]): float(row["arrivals"])
            for row in csv.DictReader(file)
        }


def _made_up(folder: Path, days: int) -> Path:
    path = folder / "calls.csv"
    rows = [
        f"1999-05-{2 + half // 48:02d}T{half % 48 // 2:02d}:{half % 2 * 30:02d},{half % 7}"
        for half in range(48 * days)
    ]
    path.write_text("\n".join(["start,arrivals", *rows]), encoding="utf-8")
    return path


@needs_calls
@pytest.mark.parametrize("week", ["1999-01-03", "1999-05-02", "1999-09-19"])
def test_the_demand_is_what_was_counted(week: str, tmp_path: Path) -> None:
    """Every open half hour has the calls of the file, every closed one has none."""
    assert _run(tmp_path, CALLS, "--week", week).exit_code == 0
    instance, counted = read(tmp_path / "bank.json"), _calls()
    service = instance.services[0]
    demand = service.demand.by_slot(instance.horizon)
    for slot, found in zip(instance.horizon.slots, demand, strict=True):
        moment = datetime.combine(slot.calendar_day, datetime.min.time())
        moment = moment.replace(hour=slot.clock // 60, minute=slot.clock % 60)
        assert found == (counted[moment] if service.is_open(slot) else 0)
    assert sum(map(service.is_open, instance.horizon.slots)) == (5 * 17 + 7 + 4) * 2


@needs_calls
def test_quarters_of_an_hour_share_the_calls(tmp_path: Path) -> None:
    """A finer grid plans the same calls."""
    assert _run(tmp_path, CALLS, "--interval", "15").exit_code == 0
    fine = read(tmp_path / "bank.json")
    assert _run(tmp_path, CALLS).exit_code == 0
    coarse = read(tmp_path / "bank.json")
    totals = [sum(i.services[0].demand.by_slot(i.horizon)) for i in (fine, coarse)]
    assert totals[0] == pytest.approx(totals[1])
    assert [i.horizon.interval_minutes for i in (fine, coarse)] == [15, 30]


@needs_calls
def test_a_week_beyond_the_file_is_refused(tmp_path: Path) -> None:
    """Half a week of demand would make a plan that looks finished and is not."""
    result = _run(tmp_path, CALLS, "--week", "1999-12-26")
    assert result.exit_code == 1
    assert result.output.endswith("no full week from 1999-12-26\n")


def test_any_calls_in_that_form_will_do(tmp_path: Path) -> None:
    """The builder needs the columns, not that very file; the same seed draws the same team."""
    calls = _made_up(tmp_path, days=7)
    build = SCRIPT["build"]
    one, two = (build(calls, date(1999, 5, 2), 30, 5, 30) for _ in range(2))
    assert one == two
    assert len(Instance.model_validate(one).employees) == 30


def test_half_a_week_is_refused(tmp_path: Path) -> None:
    """Missing rows are a fault of the file."""
    with pytest.raises(InputError, match="no full week from 1999-05-02"):
        SCRIPT["build"](_made_up(tmp_path, days=4), date(1999, 5, 2), 30, 5, 30)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    """The command names the missing columns, without a traceback."""
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    result = _run(tmp_path, path)
    assert result.exit_code == 1
    assert "no column 'start'" in result.output
    assert "Traceback" not in result.output
