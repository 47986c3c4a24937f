"""The shipped instances: they read, they are what their table says, and between them show all."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from scheduler import Instance, Interrupt, Progress, Result, read, solve, write_instance
from scheduler.floors import BUILT_IN as FLOORS
from scheduler.rules import BUILT_IN as RULES

FOLDER = Path(__file__).parents[1] / "instances"
PATHS = {path.stem: path for path in sorted(FOLDER.glob("*.json"))}


class Known(NamedTuple):
    """A row of the table of best known results."""

    status: str
    cost: Decimal | None
    bound: Decimal | None
    proved: bool


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _table() -> dict[str, Known]:
    with (FOLDER / "best_known.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["instance"]: Known(
                row["status"],
                _number(row["cost"]),
                _number(row["bound"]),
                {"yes": True, "no": False}[row["proved"]],
            )
            for row in csv.DictReader(file)
        }


BEST = _table()
PROVED = sorted(name for name, known in BEST.items() if known.proved)
OPEN = sorted(name for name, known in BEST.items() if not known.proved)


def _solve(name: str, seconds: float) -> Result:
    return solve(read(PATHS[name]), time_limit=seconds, workers=2)


def test_the_table_lists_the_folder() -> None:
    """No instance without a best known result, and no result without its instance."""
    assert set(BEST) == set(PATHS)
    assert len(PATHS) >= 7


@pytest.mark.parametrize("name", PATHS)
def test_the_file_reads(name: str) -> None:
    """Each file is valid, is named after its instance, and says what it shows."""
    instance = read(PATHS[name])
    assert instance.name == name
    assert instance.description.endswith(".")


@pytest.mark.parametrize("name", PATHS)
def test_the_file_survives_writing(name: str, tmp_path: Path) -> None:
    """Reading what was written gives the same instance, the demand of its CSV file included."""
    instance = read(PATHS[name])
    write_instance(instance, tmp_path / "again.json")
    assert read(tmp_path / "again.json") == instance


@pytest.mark.parametrize("name", PATHS)
def test_the_readme_tells_of_it(name: str) -> None:
    """Each instance has its line in the folder's README."""
    assert f"`{name}`" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_demand_file_is_used() -> None:
    """No CSV file lies around that no instance reads."""
    texts = "".join(path.read_text(encoding="utf-8") for path in PATHS.values())
    for path in (FOLDER / "data").iterdir():
        assert f'"data/{path.name}"' in texts


def _rules_in(instance: Instance) -> set[str]:
    carried = {rule.kind for e in instance.employees for rule in instance.rules_of(e)}
    asked = any(employee.requests for employee in instance.employees)
    return carried if asked else carried - {"requests"}


def test_every_rule_and_floor_is_shown() -> None:
    """Whoever looks for an example of a rule or a floor finds one in these files."""
    instances = [read(path) for path in PATHS.values()]
    assert set().union(*map(_rules_in, instances)) >= {
        rule.model_fields["kind"].default for rule in RULES
    }
    assert {floor.kind for i in instances for floor in i.all_floors} >= {
        floor.model_fields["kind"].default for floor in FLOORS
    }


def test_the_forms_of_the_grammar_are_shown() -> None:
    """Between them the files use nights, history, pins, wishes, premiums and both clock changes."""
    instances = [read(path) for path in PATHS.values()]
    people = [employee for instance in instances for employee in instance.employees]
    pays = [contract.pay for instance in instances for contract in instance.contracts]
    for field in ("rules", "unavailable", "fixed", "forbidden", "requests", "history"):
        assert any(getattr(employee, field) for employee in people), field
    assert any(pay.overtime for pay in pays)
    assert any(premium.holidays for pay in pays for premium in pay.premiums)
    assert any(template.ends_by_clock for i in instances for template in i.templates)
    lengths = {
        b - a
        for i in instances
        for a, b in zip(i.horizon.midnights, i.horizon.midnights[1:], strict=False)
    }
    assert lengths == {23 * 60, 24 * 60, 25 * 60}


@pytest.mark.parametrize("name", BEST)
def test_the_table_is_consistent(name: str) -> None:
    """A bound lies below its cost, and meets it where the cost is proved."""
    known = BEST[name]
    if known.status == "infeasible":
        assert (known.cost, known.bound, known.proved) == (None, None, True)
        return
    assert known.cost is not None
    assert known.bound is not None
    assert known.bound <= known.cost
    assert known.proved == (known.bound == known.cost) == (known.status == "optimal")


@pytest.mark.parametrize("name", PROVED)
def test_a_small_instance_is_proved(name: str) -> None:
    """The table's proved costs are found again to the cent, and infeasibility is proved again."""
    result, known = _solve(name, 60), BEST[name]
    assert (result.status, result.objective) == (known.status, known.cost)
    assert result.report is None or result.report.ok


def test_the_flood_watch_works_without_the_wedding() -> None:
    """The infeasible instance is so for the reason that its description gives."""
    data = read(PATHS["flood-watch-infeasible"]).model_dump(mode="json", exclude_none=True)
    for employee in data["employees"]:
        employee["unavailable"] = []
    result = solve(Instance.model_validate(data), time_limit=30, gap=0.5, workers=2)
    assert result.schedule is not None


@pytest.mark.slow
@pytest.mark.parametrize("name", OPEN)
def test_a_week_gets_a_clean_schedule(name: str) -> None:
    """The search finds a schedule that checks clean, consistent with the table.

    How soon is measured by the benchmark; here it may take its time, and stops at the first once
    anything is proved.
    """
    interrupt = Interrupt()

    def stop(progress: Progress) -> None:
        if progress.point.cost is not None and progress.point.bound is not None:
            interrupt.set()

    instance = read(PATHS[name])
    result = solve(instance, time_limit=200, workers=2, on_progress=stop, interrupt=interrupt)
    known = BEST[name]
    assert result.schedule is not None
    assert result.report is not None
    assert result.report.ok
    assert result.objective is not None
    assert known.bound is not None
    assert result.objective >= known.bound
    if result.bound is not None and known.cost is not None:
        assert result.bound <= known.cost


@pytest.mark.parametrize("name", OPEN)
def test_a_week_is_not_refused_at_once(name: str) -> None:
    """A few seconds never call a feasible week infeasible, nor return a broken schedule."""
    result = _solve(name, 3)
    assert result.status in ("unknown", "feasible", "optimal")
    assert result.report is None or result.report.ok
