"""The pandas frames: they say what the checker says."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from awkward_bakery import awkward

from scheduler import Instance, Result, Schedule, Shift
from scheduler.report.exports import write_tables
from scheduler.report.tables import coverage_frame, hours_frame, shifts_frame


def test_one_row_per_shift(solved: Result, schedule: Schedule) -> None:
    """Every shift is there with its times, minutes and services."""
    frame = shifts_frame(solved.instance, schedule)
    assert len(frame) == len(schedule.shifts)
    first, shift = frame.iloc[0], schedule.shifts[0]
    assert (first.employee, first.template) == (shift.employee, shift.template)
    assert first.start.tz_localize(None) == shift.start
    assert first.services == "counter <i>1</i>"
    length = (frame.end - frame.start).dt.total_seconds() / 60
    assert (length == frame.paid_minutes + frame.break_minutes).all()  # lunch is not paid
    pd.testing.assert_frame_equal(frame, solved.to_frame())


def test_pay_follows_from_the_hours(solved: Result, schedule: Schedule) -> None:
    """Hours times rate is the pay that the checker computes, and the shifts add up to the hours."""
    hours = hours_frame(solved.instance, schedule)
    assert list(hours.employee) == [employee.id for employee in solved.instance.employees]
    assert solved.cost is not None
    assert hours.paid_hours.sum() * 18 == pytest.approx(float(solved.cost["pay"]))
    paid = shifts_frame(solved.instance, schedule).paid_minutes.sum()
    assert hours.paid_hours.sum() * 60 == paid


def test_coverage_has_a_row_for_every_interval(solved: Result, schedule: Schedule) -> None:
    """Need, staff and what is missing, for each service; a held floor misses nothing."""
    frame = coverage_frame(solved.instance, schedule)
    assert len(frame) == 3 * 48
    assert (frame.missing == 0).all()
    assert frame.open.sum() == 3 * 22
    assert (frame.needed_staff.notna() == frame.open).all()
    assert (frame.effective_staff <= frame.people).all()
    empty = coverage_frame(solved.instance, Schedule())
    assert (empty.missing == empty.needed_staff.fillna(0)).all()


def test_need_follows_the_service_level() -> None:
    """For arrivals, the need is what Erlang's formula asks for: 14 people for 10 erlangs."""
    data = awkward()
    service: dict[str, Any] = data["services"][0]
    service["demand"] = {"kind": "arrivals", "handle_time_seconds": 180, "values": [0.0] * 144}
    service["demand"]["values"][20] = 100
    level = {"kind": "service_level", "target": 0.888, "within_seconds": 20, "weight": 1}
    data["floors"] = [{**level, "service": service["id"]}]
    frame = coverage_frame(Instance.model_validate(data), Schedule())
    busiest = frame.iloc[20]
    assert (busiest.demand_kind, busiest.demand) == ("arrivals", 100)
    assert busiest.needed_staff == pytest.approx(14, abs=0.01)
    assert frame.needed_staff.drop(20).fillna(0).eq(0).all()


def test_overtime_and_contracted_hours() -> None:
    """Overtime is counted by the week, beyond the contracted hours."""
    data = awkward()
    pay = data["contracts"][0]["pay"]
    pay["overtime"] = {"contracted_minutes_per_week": 300}
    instance = Instance.model_validate(data)
    shift = Shift(
        employee="Ben",
        day="2026-03-02",
        template="early",
        start=datetime(2026, 3, 2, 7),
        end=datetime(2026, 3, 2, 13, 30),
    )
    frame = hours_frame(instance, Schedule(shifts=(shift,))).set_index("employee")
    ben = frame.loc["Ben"]
    assert (ben.shifts, ben.paid_hours, ben.overtime_hours) == (1, 6.5, 1.5)
    assert ben.contracted_hours_per_week == 5
    assert frame.loc["Eva"].overtime_hours == 0


@pytest.mark.parametrize(("start", "slots"), [("2026-03-29", 46), ("2026-10-25", 50)])
def test_days_of_23_and_25_hours(start: str, slots: int, tmp_path: Path) -> None:
    """On days when the clock changes every interval has a row, and no two have the same time."""
    data = awkward()
    data["horizon"] |= {"start": start, "days": 1}
    data["employees"][4]["requests"] = []
    instance = Instance.model_validate(data)
    frame = coverage_frame(instance, Schedule())
    assert len(frame) == slots
    assert frame.start.is_unique
    assert frame.start.diff().dropna().eq(pd.Timedelta(minutes=30)).all()


def test_an_empty_schedule_has_empty_frames(solved: Result) -> None:
    """No shifts is no error: the columns are there."""
    frame = shifts_frame(solved.instance, Schedule())
    assert len(frame) == 0
    assert "services" in frame.columns


def test_csv_has_local_times_as_in_schedule_files(solved: Result, tmp_path: Path) -> None:
    """Spreadsheets get plain local times; the file of coverage can be read back as demand."""
    shifts, coverage = write_tables(solved, tmp_path)
    assert pd.read_csv(shifts).start[0].startswith("2026-03-0")
    assert list(pd.read_csv(coverage).start[:2]) == ["2026-03-02T00:00", "2026-03-02T00:30"]


def test_no_schedule_is_no_table(infeasible: Result, tmp_path: Path) -> None:
    """An empty table would look like a plan without work."""
    with pytest.raises(ValueError, match="infeasible"):
        write_tables(infeasible, tmp_path)
    with pytest.raises(ValueError, match="infeasible"):
        infeasible.to_frame()
