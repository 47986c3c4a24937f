"""The comparison of promises over a day with the same ones rounded up."""

from pathlib import Path

from click.testing import CliRunner

from scheduler import Instance, solve
from scheduler.bench.days import Centre, Channel, generated
from scheduler.bench.savings import COLUMNS, rounded_up, savings
from scheduler.cli import main
from scheduler.floors.service_level import ServiceLevel

SMALL = Centre("small", 9, 14, (Channel("calls", (6.0,) * 10, 180),), ((4, {"calls": 1.0}),))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|\n ").split("|")]


def test_rounding_up_asks_for_the_day_in_every_interval() -> None:
    """The usual way is the same instance, with the promise of the day kept by each interval."""
    instance = generated()[3].instance()
    usual = rounded_up(instance)
    for before, after in zip(instance.floors, usual.floors, strict=True):
        assert isinstance(before, ServiceLevel) and isinstance(after, ServiceLevel)
        assert (before.scope, after.scope) == ("day", "interval")
        assert (after.target, after.within_seconds) == (before.target, before.within_seconds)
        assert after.at_least_each_interval is None
    assert usual.employees == instance.employees and usual.services == instance.services


def test_a_day_never_costs_more_than_its_intervals() -> None:
    """Whoever keeps the promise in every interval keeps it over the day."""
    instance = SMALL.instance()
    day, usual = solve(instance, time_limit=20), solve(rounded_up(instance), time_limit=20)
    assert day.status == usual.status == "optimal"
    assert day.objective is not None and usual.objective is not None
    assert day.objective <= usual.objective


def test_a_row_tells_saving_and_simulated_level() -> None:
    """Every column is filled, and the simulated share is a share with its interval."""
    (row,) = savings([SMALL.instance()], 20, 0, 1, "auto")
    told = dict(zip(COLUMNS, row, strict=True))
    assert told["instance"] == "small" and told["people"] == "4" and told["promised"] == "80%"
    assert float(told["saving"].rstrip("%")) >= 0
    assert 70 < float(told["simulated, over the day"].partition("%")[0]) <= 100


def test_files_are_compared_too(tmp_path: Path) -> None:
    """Anybody's instance can be compared."""
    path = tmp_path / "small.json"
    path.write_text(SMALL.instance().model_dump_json(exclude_none=True), encoding="utf-8")
    assert Instance.model_validate_json(path.read_text(encoding="utf-8")) == SMALL.instance()
    done = CliRunner().invoke(main, ["bench", "savings", str(path), "--time-limit", "20"])
    assert done.exit_code == 0, done.output
    assert _cells(done.output.splitlines()[-1])[0] == "small"
