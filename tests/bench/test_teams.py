"""The generator of teams: its instances are feasible, the same everywhere, and as tight as said."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from scheduler import check, read
from scheduler.bench.own import TEAMS, compact_json
from scheduler.bench.patterns import is_allowed, worked_days
from scheduler.bench.staff import CONTRACTED, Draw
from scheduler.bench.team import TeamPlan
from scheduler.engine.outcome import Interrupt
from scheduler.engine.relaxation import relax
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options
from scheduler.models.horizon import Horizon

FOLDER = Path(__file__).parents[2] / "instances" / "suite"
QUICK = [plan for plan in TEAMS if plan.people * plan.days <= 60 * 7]
LONG = [plan for plan in TEAMS if plan not in QUICK]


def _text(plan: TeamPlan) -> str:
    return compact_json(plan.instance().model_dump(mode="json", exclude_unset=True))


@pytest.mark.parametrize("plan", QUICK, ids=lambda plan: plan.name)
def test_the_generator_makes_the_stored_file(plan: TeamPlan) -> None:
    """Anybody who runs the generator gets the suite's instances, to the letter."""
    assert _text(plan) == (FOLDER / f"{plan.name}.json").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("plan", LONG, ids=lambda plan: plan.name)
def test_the_generator_makes_the_stored_large_file(plan: TeamPlan) -> None:
    """So it does for those of four weeks and of 200 people."""
    assert _text(plan) == (FOLDER / f"{plan.name}.json").read_text(encoding="utf-8")


def test_the_folder_has_every_team_and_nothing_else() -> None:
    """Four sizes, a day, a week and four weeks, in all variants."""
    assert {path.stem for path in FOLDER.glob("*.json")} == {plan.name for plan in TEAMS}
    assert {plan.people for plan in TEAMS} == {10, 30, 60, 200}
    assert {plan.days for plan in TEAMS} == {1, 7, 28}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_000_000


@pytest.mark.parametrize(
    "plan",
    [*QUICK[:5], TeamPlan(people=30, days=7, variant="rules", seed=3)],
    ids=lambda plan: plan.name,
)
def test_the_planted_schedule_keeps_everything(plan: TeamPlan) -> None:
    """Every instance is feasible: the schedule that it was made from has no violation."""
    instance, schedule = plan.planted()
    assert check(instance, schedule).violations == ()


@pytest.mark.slow
@pytest.mark.parametrize("plan", TEAMS, ids=lambda plan: plan.name)
def test_every_planted_schedule_keeps_everything(plan: TeamPlan) -> None:
    """The same of the whole suite, read back from its files."""
    _, schedule = plan.planted()
    assert check(read(FOLDER / f"{plan.name}.json"), schedule).violations == ()


@pytest.mark.parametrize("minutes", [5, 10, 30])
def test_other_grids_are_feasible_too(minutes: int) -> None:
    """The plan of growing effort has finer and coarser grids."""
    plan = TeamPlan(people=12, days=1, variant="slack", interval_minutes=minutes)
    instance, schedule = plan.planted()
    assert instance.horizon.interval_minutes == minutes
    assert check(instance, schedule).ok


@settings(max_examples=12, deadline=None)
@given(
    people=st.integers(6, 25),
    kind=st.sampled_from(
        [(1, "slack"), (1, "tight"), (7, "slack"), (7, "tight"), (7, "rules"), (14, "rules")]
    ),
    seed=st.integers(0, 2**31 - 1),
    minutes=st.sampled_from([10, 15, 30]),
)
def test_any_team_is_feasible(people: int, kind: tuple[int, str], seed: int, minutes: int) -> None:
    """Whatever is asked of the generator, the planted schedule is clean."""
    size = {"people": people, "days": kind[0], "variant": kind[1]}
    plan = TeamPlan.model_validate({**size, "seed": seed, "interval_minutes": minutes})
    instance, schedule = plan.planted()
    assert check(instance, schedule).violations == ()


def test_a_seed_draws_another_team() -> None:
    """Unseen instances of the same kind are one option away."""
    one, other = (TeamPlan(people=10, days=1, variant="slack", seed=seed) for seed in (0, 1))
    assert one.instance().employees != other.instance().employees
    assert one.name != other.name


def test_what_a_team_shows() -> None:
    """Three services with skills of their own, breaks, arrivals over a day, presence, a share."""
    instance = TeamPlan(people=30, days=7, variant="slack").instance()
    assert len({service.skill for service in instance.services}) == 3
    floors = {floor.kind: floor for floor in instance.floors}
    assert set(floors) == {"service_level", "coverage", "presence", "skilled_share"}
    assert floors["service_level"].occasion == "day"
    assert all(template.break_sets[0].breaks for template in instance.templates)
    ends = {t.start.latest + t.length.max_minutes for t in instance.templates}
    assert ends == {21 * 60}, "no shift reaches beyond the opening hours"


def test_tight_needs_more_than_nine_tenths_of_the_hours() -> None:
    """Even with fractions of people, hardly any contracted hour can be spared."""
    instance = TeamPlan(people=10, days=1, variant="tight").instance()
    same_pay = instance.model_dump(mode="json", exclude_unset=True)
    for contract in same_pay["contracts"]:
        contract["pay"]["hourly_rate"] = 60
    paid = type(instance).model_validate(same_pay)
    relaxed = relax(Formulation(paid, permitted_options(paid)).model, Interrupt(), 60)
    assert relaxed is not None and relaxed.bound is not None
    contracted = sum(
        next(r.max_minutes for r in paid.rules_of(e) if r.kind == "weekly_minutes")
        for e in paid.employees
    )
    assert relaxed.bound / 100 > 0.9 * contracted


def test_slack_leaves_a_third_of_the_hours() -> None:
    """The planted schedule works about two thirds of what the contracts give."""
    instance, schedule = TeamPlan(people=60, days=7, variant="slack").planted()
    paid = sum(
        (shift.end - shift.start).total_seconds() / 60
        - sum((b.end - b.start).total_seconds() / 60 for b in shift.breaks if not b.paid)
        for shift in schedule.shifts
    )
    contracted = sum(CONTRACTED[employee.contract] for employee in instance.employees)
    assert 0.6 < paid / contracted < 0.8


@pytest.mark.parametrize("wrong", [{"days": 8}, {"days": 1, "variant": "rules"}, {"people": 2}])
def test_what_makes_no_team_is_refused(wrong: dict[str, object]) -> None:
    """Horizons that are no whole weeks, weekly rules on a day, and teams without leads."""
    with pytest.raises(ValidationError):
        TeamPlan.model_validate({"people": 10, "days": 7, "variant": "slack", **wrong})


RULES = TeamPlan(people=10, days=7, variant="rules")
SLACK = TeamPlan(people=10, days=7, variant="slack")


@pytest.mark.parametrize(
    ("worked", "slack", "rules"),
    [
        ((0, 1, 2, 3, 4), True, True),
        ((0, 1, 2, 3, 4, 5, 6), False, False),
        ((0, 2, 3, 4), True, False),
        ((0, 1, 2, 5), True, False),
        ((0, 1, 4, 5, 6), True, True),
        ((1, 2, 3, 4), True, True),
    ],
)
def test_days_keep_the_rules(worked: tuple[int, ...], slack: bool, rules: bool) -> None:
    """Six days in a row at most; with the rules no lone day off and no half weekend."""
    assert is_allowed(SLACK, worked, 7) == slack
    assert is_allowed(RULES, worked, 7) == rules


def test_days_go_where_people_are_missing() -> None:
    """The planted team follows the need of the days."""
    need = [5.0, 0.0, 0.0, 5.0, 5.0, 0.0, 0.0]
    assert worked_days(SLACK, [3], need, Draw("x")) == (0, 3, 4)


def test_no_clock_changes_in_four_weeks() -> None:
    """Days of the suite have 24 hours in every zone of Europe."""
    horizon = Horizon(start="2026-06-01", days=28, interval_minutes=15, time_zone="Europe/Lisbon")
    assert horizon.minutes == 28 * 24 * 60
