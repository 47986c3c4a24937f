"""What the search by parts moves: rosters, breaks, and the prices that guide it."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model
from random_instances import random_instance
from scipy import sparse
from toys import EARLY, make_instance

from scheduler import Instance
from scheduler.engine import branching, improving
from scheduler.engine.branching import branch
from scheduler.engine.budget import Budget
from scheduler.engine.columns.staff import Group
from scheduler.engine.layout import Layout
from scheduler.engine.linear import Linear, solve_linear, solve_whole
from scheduler.engine.outcome import Interrupt, Limits
from scheduler.engine.parts import beginning, completing, exchanging
from scheduler.engine.parts import hours as hours_module
from scheduler.engine.parts.beginning import START_MARGIN, Beginning
from scheduler.engine.parts.bidding import Bids, settle
from scheduler.engine.parts.completing import complete, everything_but_people
from scheduler.engine.parts.cutting import cuttings
from scheduler.engine.parts.exchanging import exchange
from scheduler.engine.parts.hours import PATIENCE, Cut, HourPrices
from scheduler.engine.parts.incumbent import Incumbent, incumbent_of
from scheduler.engine.parts.moves import Move, Surroundings
from scheduler.engine.parts.resting import Resting, RestingAround
from scheduler.engine.parts.rostering import Bidding, Exchanging
from scheduler.engine.parts.rosters import Roster, Rosters
from scheduler.engine.parts.search import Search
from scheduler.engine.parts.sharing import Shared
from scheduler.engine.parts.starting import Starter
from scheduler.engine.parts.team import Team
from scheduler.engine.parts.worth import margins
from scheduler.engine.polish import shortage_price
from scheduler.engine.repeated import Repeated
from scheduler.engine.subproblem import solve_cut
from scheduler.engine.trials import Trial, drawn
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

LIMITS = Limits(time_limit=60, workers=2)


def started(instance: Instance) -> tuple[Layout, Rosters, Team, int]:
    """Give a model and a team who all have a roster, as long as the rules let them."""
    options = permitted_options(instance)
    price = shortage_price(instance, options)
    layout = Layout(Formulation(instance, options, price))
    rosters, budget = Rosters(layout, LIMITS), Budget(LIMITS)
    team = Team(layout, rosters, budget)
    if not Starter(instance, team, price, random.Random(0)).build(budget, budget):
        pytest.skip("somebody has no roster")
    return layout, rosters, team, price


def planned(layout: Layout, rosters: Rosters, team: Team, price: int) -> Incumbent:
    """Let the team serve."""
    values = team.values.copy()
    rosters.settle(values)
    found = complete(layout, values, LIMITS, Budget(LIMITS))
    assert found is not None
    return incumbent_of(layout, found, price)


@pytest.mark.parametrize("seed", range(6))
def test_rosters_read_from_a_plan_make_the_same_plan(seed: int) -> None:
    """Who takes which break is not in a plan; whatever is read must add up to it again."""
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    again = Team(layout, rosters, Budget(LIMITS))
    again.take(rosters.read(plan.values))
    rosters.settle(again.values)
    known = layout.is_choice | layout.is_presence
    assert (again.values[known] == plan.values[known]).all()
    assert again.cost() == pytest.approx(team.cost())


@pytest.mark.parametrize("seed", range(6))
def test_exchanges_only_save(seed: int) -> None:
    """What is worse is put back to the last variable, and what is said to be saved is."""
    layout, rosters, team, _ = started(random_instance(seed))
    before = team.cost()
    saved = exchange(team, Budget(Limits(time_limit=2, workers=1)), random.Random(seed))
    assert saved >= -1e-6
    assert team.cost() == pytest.approx(before - saved)
    again = Team(layout, rosters, Budget(LIMITS))
    again.take([roster for roster in team.mine if roster is not None])
    assert (again.values == team.values).all()


@pytest.mark.parametrize("seed", range(6))
def test_who_works_the_same_goes_on_serving_the_same(seed: int) -> None:
    """A day that nobody has changed is not solved again."""
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    values = np.where(everything_but_people(layout), 0, plan.values)
    spent = Budget(Limits(time_limit=0, workers=1))
    again = complete(layout, values, LIMITS, spent, plan.values)
    assert again is not None
    assert (again == plan.values)[layout.part_of >= 0].all()


@pytest.mark.parametrize("seed", range(12))
def test_who_works_something_else_is_charged_anew(seed: int) -> None:
    """Whatever one person changes, the solution that follows keeps every row of the model."""
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    for person in team.people:
        before = team.mine[person]
        team.rebuild(person, -team.worth(1.0))
        if team.mine[person] is None:
            team.replace(person, before)
        values = np.where(layout.is_choice | layout.is_presence, team.values, plan.values)
        rosters.settle(values)
        found = complete(layout, values, LIMITS, Budget(LIMITS), plan.values)
        assert found is not None
        activity = layout.program.by_row @ found
        assert (activity >= layout.program.row_low).all()
        assert (activity <= layout.program.row_high).all()


@pytest.mark.parametrize("seed", [1, 4, 5, 6, 7, 8])  # floors are hard
def test_asking_for_more_costs_more_until_it_is_taken_back(seed: int) -> None:
    """Margins count as lacking, at the price of what floors lack, and leave nothing behind."""
    layout, _, team, price = started(random_instance(seed))
    for person in team.people:
        team.replace(person, None)
    promised = team.cost()
    margins, shortages = np.zeros(len(layout.owner)), layout.formulation.coverage.shortages
    margins[layout.lacking] = 1
    team.ask_more(margins)
    asked = team.cost()
    assert promised < asked <= promised + price * sum(short.unit for short in shortages) + 1e-6
    assert (team.missing() > 0).any()
    team.ask_more(0 * margins)
    assert team.cost() == pytest.approx(promised)


@pytest.mark.parametrize("seed", [1, 4, 5])  # floors are hard
def test_teams_that_share_programs_do_not_mix_what_they_ask_for(seed: int) -> None:
    """One team's margins and bids are nothing to another, once that one goes on."""
    layout, rosters, team, _ = started(random_instance(seed))
    for person in team.people:
        team.replace(person, None)
    promised = team.cost()
    other = Team(layout, rosters, Budget(LIMITS))
    other.ask_more(np.where(np.isin(np.arange(len(layout.owner)), layout.lacking), 1.0, 0.0))
    other.bid(np.full(len(layout.owner), 0.5))
    assert other.cost() != pytest.approx(promised)
    team.resume()
    assert team.cost() == pytest.approx(promised)


def test_in_a_large_team_somebody_comes_for_the_last_tenths() -> None:
    """People added before prices are read must not fill what a floor lacks: nobody would come."""
    others = ("a", "b", "c")
    idle = {"kind": "staff", "pattern": [{"staff": 0}]}
    instance = make_instance(
        horizon={"start": "2026-03-02", "days": 1},
        templates=[EARLY],
        skills=("desk", *others),
        services=[
            {
                "id": "desk",
                "skill": "desk",
                "demand": {
                    "kind": "staff",
                    "pattern": [{"start": "06:00", "end": "14:00", "staff": 5}],
                },
            },
            *({"id": other, "skill": other, "demand": idle} for other in others),
        ],
        employees=[
            {
                "id": f"p{number}",
                "skills": {"desk": 1.0} | {o: 1.0 for k, o in enumerate(others) if number >> k & 1},
            }
            for number in range(80)
        ],
        floors=[{"kind": "coverage", "service": service} for service in ("desk", *others)],
        pay={"hourly_rate": 10},
    )
    options = permitted_options(instance)
    layout = Layout(Formulation(instance, options, shortage_price(instance, options)))
    team = Team(layout, Rosters(layout, LIMITS), Budget(LIMITS))

    def called_in() -> list[int]:
        """Let whoever is off come where it is worth it; give who is there then."""
        off = [person for person, mine in enumerate(team.mine) if mine is None or not mine.stints]
        for person in off:
            team.replace_best(person, 1.0)
        return [person for person, mine in enumerate(team.mine) if mine is not None and mine.stints]

    assert len(called_in()) == 5
    team.ask_more(margins(layout, 20.0))
    assert len(called_in()) == 6
    assert not team.missing().any()


def test_a_failure_inside_the_solver_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS may end with an error where a program is large: the plan stays as it is."""
    layout, rosters, team, price = started(random_instance(1))
    plan = planned(layout, rosters, team, price)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("HighsStatus: kError")

    monkeypatch.setattr(branching.mathopt, "solve", fail)
    everything = np.ones(len(layout.owner), dtype=bool)
    assert branch(layout.program, plan.values, everything, 1.0, 0) == (None, False)


@given(st.integers(0, 10_000))
def test_a_column_is_what_its_variables_add_to_the_rows(seed: int) -> None:
    """Only the rows of variables that count are looked at; what adds up to nothing is left out."""
    draw = np.random.default_rng(seed)
    link = sparse.csc_array(draw.integers(-2, 3, (9, 6)) * draw.integers(0, 2, (9, 6)))
    values = draw.integers(0, 3, 6)
    group = Group((), np.zeros(6, dtype=np.int64), link)
    group.__dict__["chosen"] = np.arange(6)
    column = group.column(values, 7)
    use = np.zeros(9, dtype=np.int64)
    use[column.rows] = column.use
    assert (use == link @ values).all()
    assert (column.use != 0).all()
    assert column.worked == tuple(np.flatnonzero(values).tolist())


@pytest.mark.parametrize("move", [Resting, RestingAround, Exchanging])
@pytest.mark.parametrize("seed", range(4))
def test_a_move_gives_a_solution_of_the_model(seed: int, move: type[Move]) -> None:
    """Whatever moves, every row of the model of record holds; and it ends."""
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    draw, budget = random.Random(seed), Budget(Limits(time_limit=10, workers=2))
    tried = move(Surroundings(layout, rosters, price, LIMITS, budget, draw, lambda: None))
    for _ in range(20):
        if not tried.can_help(plan):
            break
        found = tried.attempt(plan)
        if found is None:
            continue
        activity = layout.program.by_row @ found.values
        assert (activity >= layout.program.row_low).all()
        assert (activity <= layout.program.row_high).all()
        if found.total < plan.total:
            plan = found
    else:
        raise AssertionError("it never comes to an end")


@pytest.mark.parametrize("seed", range(6))
def test_moments_hold_for_what_shares_an_interval(seed: int) -> None:
    """Rows tie only what is about overlapping moments: else a neighbourhood leaves out too much."""
    instance = random_instance(seed)
    options = permitted_options(instance)
    layout = Layout(Formulation(instance, options, shortage_price(instance, options)))
    since, until = layout.moments
    assert (since < until).all()
    assert (since[layout.is_choice] == layout.start[layout.is_choice]).all()
    step = instance.horizon.interval_minutes
    for short in layout.formulation.coverage.shortages:
        place = short.missing.index
        for slot in short.slots:
            assert since[place] < (slot + 1) * step
            assert until[place] > slot * step


@given(st.integers(0, 10_000))
def test_a_repeated_program_is_solved_as_if_anew(seed: int) -> None:
    """Going on from the last basis changes no value, whatever limits and costs become."""
    draw = np.random.default_rng(seed)
    matrix = sparse.csr_array(draw.integers(-2, 4, (4, 5)).astype(float))
    low, high = np.zeros(5), draw.integers(1, 6, 5).astype(float)
    free = np.full(4, np.inf)
    repeated = Repeated(Linear(matrix, -free, free, low, high, np.zeros(5)))
    for _ in range(4):
        row_low = matrix @ (high * draw.random(5)) - draw.integers(0, 3, 4)
        row_high = row_low + draw.integers(0, 5, 4)
        cost = draw.integers(-3, 4, 5).astype(float)
        anew = solve_linear(Linear(matrix, row_low, row_high, low, high, cost), Interrupt())
        value = repeated.solve(row_low, row_high, cost)
        if anew is None:
            assert value == np.inf
            assert not repeated.prices().any()
        else:
            assert value == pytest.approx(anew.value, abs=1e-6)
            values = repeated.values()
            assert float(cost @ values) == pytest.approx(value, abs=1e-6)
            some = np.array([1, 3])
            assert (repeated.prices(some)[some] == repeated.prices()[some]).all()
            assert not repeated.prices(some)[[0, 2]].any()


@given(st.integers(0, 10_000))
def test_a_program_in_whole_numbers_is_solved_as_cp_sat_solves_it(seed: int) -> None:
    """What SCIP gives is whole, within all limits, and costs no more than the best there is."""
    draw = np.random.default_rng(seed)
    matrix = sparse.csr_array(draw.integers(-2, 4, (4, 5)).astype(float))
    low, high = np.zeros(5), draw.integers(1, 6, 5).astype(float)
    row_low = matrix @ np.rint(high * draw.random(5)) - draw.integers(0, 3, 4)
    row_high = row_low + draw.integers(0, 5, 4)
    cost = draw.integers(-3, 4, 5).astype(float)
    program = Linear(matrix, row_low, row_high, low, high, cost)
    found = solve_whole(program, Interrupt(), 10.0, 0.0)
    model = cp_model.CpModel()
    x = [model.new_int_var(0, int(most), "") for most in high]
    for row, least, most in zip(matrix.toarray().astype(int), row_low, row_high, strict=True):
        model.add_linear_constraint(sum(x * row), int(least), int(most))
    model.minimize(sum(x * cost.astype(int)))
    solver = cp_model.CpSolver()
    if solver.solve(model) == cp_model.INFEASIBLE:
        assert found is None
        return
    assert found is not None
    rows = matrix @ found
    assert (found >= low).all() and (found <= high).all()
    assert (rows >= row_low).all() and (rows <= row_high).all()
    assert float(cost @ found) == round(solver.objective_value)  # a float that may be off


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 6, 26])  # no upper limits there
def test_one_more_person_serves_nobody_worse(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a solver has no time, who served what before is the answer, if it still fits."""
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    monkeypatch.setattr(completing, "_served", lambda *_: (None, 0.0))
    values = np.where(everything_but_people(layout), 0, plan.values)
    values[np.flatnonzero(layout.is_head)[0]] += 1
    again = complete(layout, values, LIMITS, Budget(LIMITS), plan.values)
    assert again is not None
    free = everything_but_people(layout)
    assert (again[free] == plan.values[free]).all()


def test_who_serves_is_left_to_cp_sat_where_scip_finds_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A solver that gives up, or gives what is not quite a solution, costs no plan."""
    layout, rosters, team, _ = started(random_instance(6))
    values = team.values.copy()
    rosters.settle(values)
    for answer in (lambda *_: None, lambda program, *_: program.low.astype(np.int64) - 1):
        monkeypatch.setattr(completing, "solve_whole", answer)
        found = complete(layout, values, LIMITS, Budget(LIMITS))
        assert found is not None and layout.program.holds(found)


def test_hour_prices_find_the_best_that_cuts_can_prove() -> None:
    """Two days that ask for 10 and 6 hours of a class that has 12 meet where an hour is dearest.

    Each day's cost is min over staffing of what is missing (9 and 5 cents a minute) and pay of 1;
    the scarce minutes go to the first day, and a minute more would save 4 cents on the second.
    """
    asked, missing, pay = np.array([600.0, 360.0]), np.array([9.0, 5.0]), 1.0
    hours = HourPrices(np.zeros(1), np.array([720.0]), 2, 0.25, Interrupt())
    price: np.ndarray | None = np.zeros(1)
    for _ in range(40):
        assert price is not None
        works = np.where(pay + price[0] <= missing, asked, 0.0)
        each = works * (pay + price[0]) + (asked - works) * missing
        cuts = [
            Cut(part, float(each[part] - price[0] * works[part]), works[part : part + 1])
            for part in range(2)
        ]
        hours.learn(cuts, float(each.sum()))
        if hours.is_done:
            break
        price = hours.ask()
    assert hours.is_done
    assert price is not None
    best = 720 * pay + 240 * missing[1]
    proved = float(np.minimum(asked * (pay + price[0]), asked * missing).sum() - 720 * price[0])
    assert proved == pytest.approx(best, rel=2e-3)


def test_hour_prices_end_where_many_turns_bring_little() -> None:
    """A second thread has better things to do; what a sample brought does not count against it."""
    hours = HourPrices(np.zeros(1), np.array([720.0]), 1, 0.25, Interrupt())
    for value in (100.0, 200.0):
        for turn in range(PATIENCE + 1):
            assert not hours.is_done
            hours.learn([Cut(0, 1e6, np.array([720.0]))], value + 0.01 * turn)
        assert hours.is_done
        hours.begin_again()


def test_hour_prices_try_a_smaller_box_where_the_solver_gives_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where GLOP goes round in circles, prices are asked for with a limit, and a few times only."""
    limits: list[float] = []

    def gives_up(program: Linear, _: Interrupt, seconds: float) -> None:
        limits.append(float(program.row_high[-1]))
        assert seconds < 10

    monkeypatch.setattr(hours_module, "solve_linear", gives_up)
    hours = HourPrices(np.zeros(1), np.array([720.0]), 1, 0.25, Interrupt())
    hours.learn([Cut(0, 0.0, np.array([600.0]))], 0.0)
    assert hours.ask() is None
    assert limits[1:] and limits == sorted(limits, reverse=True)
    assert len(set(limits)) == len(limits)


@pytest.mark.parametrize("seed", [4, 12, 16, 18])  # short to begin with
def test_what_lacks_is_asked_for_more(seed: int) -> None:
    """An exchange that left something lacking does not end there: it tries again with margins."""
    layout, rosters, team, price = started(random_instance(seed))
    team.replace(0, Roster())
    plan = planned(layout, rosters, team, price)
    assert plan.lacking
    budget = Budget(Limits(time_limit=10, workers=2))
    around = Surroundings(layout, rosters, price, LIMITS, budget, random.Random(seed), lambda: None)
    exchanging, resting = Exchanging(around), RestingAround(around)
    settled = Bidding(around).attempt(plan)
    assert (
        settled is None or (layout.program.by_row @ settled.values >= layout.program.row_low).all()
    )
    assert exchanging.can_help(plan)
    assert resting.can_help(plan)
    tries = 0
    while resting.can_help(plan):
        found = resting.attempt(plan)
        assert found is None or found.total <= plan.total
        tries += 1
    assert tries == len({slots[len(slots) // 2] for slots in plan.lacking})


def test_an_exchange_that_stalls_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a gap stays, cheaper rosters are no reason to go on: other moves can do more."""
    *_, team, _ = started(random_instance(1))
    monkeypatch.setattr(team, "cost_of_floors", lambda: 5000.0)
    costs = iter(range(1_000_000, 0, -10))
    attempts = []

    def cheaper(*_: object) -> float:
        attempts.append(1)
        return float(next(costs))

    monkeypatch.setattr(exchanging, "exchange_once", cheaper)
    soon = Budget(Limits(time_limit=20, workers=1))
    exchange(team, soon, random.Random(0), enough=1.0)
    assert len(attempts) == max(exchanging.LEAST_PATIENCE, 4 * len(team.people)) + 1


def test_bids_follow_what_stays_missing() -> None:
    """Dearer while it lacks, up to the full price; cheaper, ever more slowly, once nothing does."""
    layout, *_ = started(random_instance(1))
    lacking = layout.lacking
    bids, missing = Bids(layout), np.zeros(len(layout.owner))
    missing[lacking[0]] = 3.0
    full = 3 * layout.program.cost[lacking[0]]
    hidden = [bids.hidden(missing)]
    for _ in range(30):
        bids.follow(missing)
        hidden.append(bids.hidden(missing))
    assert full > hidden[0] > hidden[1] > hidden[-1] == 0
    assert (bids.shares[lacking[1:]] == bids.shares[lacking[1]]).all()
    falls = []
    for _ in range(4):
        before = bids.shares[lacking[0]]
        bids.follow(0 * missing)
        falls.append(1 - bids.shares[lacking[0]] / before)
        bids.follow(missing)
    assert falls == sorted(falls, reverse=True)
    assert falls[-1] < falls[0]


@pytest.mark.parametrize("seed", [4, 12, 16, 18, 22, 28])
def test_rosters_that_settled_cost_what_is_said(seed: int) -> None:
    """Only rosters that are cheap enough at full price are given, whatever bids they came from."""
    layout, _, team, _ = started(random_instance(seed))
    first = team.cost()
    soon = Budget(Limits(time_limit=1, workers=1))
    best = settle(team, Bids(layout), soon, random.Random(seed), first)
    if best is not None:
        team.take(best)
        assert team.cost() < first
    assert settle(team, Bids(layout), soon, random.Random(seed), 0.0) is None


@pytest.mark.parametrize("interrupt", [None, Interrupt()])
def test_a_program_that_lost_its_way_is_built_anew(
    interrupt: Interrupt | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ends without a verdict is tried once more from nothing, with the same limits."""
    matrix = sparse.csr_array(np.array([[1.0, 2.0], [3.0, 1.0]]))
    free, cost = np.full(2, np.inf), np.array([2.0, 3.0])
    program = Linear(matrix, np.array([1.0, 1.0]), free, np.zeros(2), free, cost)
    repeated, verdicts = Repeated(program, interrupt), []
    solve_once = repeated._solve

    def lost_at_first() -> int:
        verdicts.append(solve_once())
        return pywraplp.Solver.ABNORMAL if len(verdicts) == 1 else verdicts[-1]

    monkeypatch.setattr(repeated, "_solve", lost_at_first)
    needs = np.array([4.0, 6.0])
    alone = solve_linear(Linear(matrix, needs, free, np.zeros(2), free, cost), Interrupt())
    assert alone is not None
    assert repeated.solve(needs, free, cost) == pytest.approx(alone.value)
    assert len(verdicts) == 2
    assert repeated.prices() @ needs == pytest.approx(alone.value)


class Tempting(Move):
    """Offers a plan that saves a lot, and breaks a promise by a hundredth of a person."""

    def attempt(self, plan: Incumbent) -> Incumbent:
        """Give the plan, cheaper and short."""
        return replace(plan, shortage=1, lacking=((0,),), total=plan.total - 10_000)


def test_nobody_bids_where_margins_alone_are_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bids know of no margins: people who settled at them lacked more than those who did not."""
    layout, rosters, team, price = started(random_instance(0))
    settled: list[Team] = []
    monkeypatch.setattr(beginning, "exchange", lambda *_: 0.0)
    monkeypatch.setattr(beginning, "settle", lambda other, *_: settled.append(other))
    monkeypatch.setattr(beginning, "margins", lambda _, more: more)
    asked = [START_MARGIN]
    monkeypatch.setattr(team, "ask_more", asked.append)
    begin = Beginning(layout, rosters, price, LIMITS, Budget(LIMITS))
    monkeypatch.setattr(team, "cost_of_floors", lambda: price if asked[-1] else 0)
    begin._settle(team, Budget(LIMITS), random.Random(0))
    assert not settled
    monkeypatch.setattr(team, "cost_of_floors", lambda: price)
    begin._settle(team, Budget(LIMITS), random.Random(0))
    assert settled == [team]


@pytest.mark.parametrize(("limit", "left"), [(10.0, 3.0), (10_000.0, 8.4)])
def test_a_long_limit_does_not_put_off_the_first_plan(limit: float, left: float) -> None:
    """First rosters have a share of the time, and no more than so many people take as a rule."""
    layout, rosters, _, price = started(random_instance(0))
    limits = replace(LIMITS, time_limit=limit)
    begin = Beginning(layout, rosters, price, limits, Budget(limits))
    instance = layout.formulation.instance
    seconds = 8.4 / (len(instance.employees) * instance.horizon.days)
    assert begin._soon(0.3, seconds).left == pytest.approx(left, rel=0.1)


@pytest.mark.parametrize("seed", range(3))
def test_neighbourhoods_are_solved_in_either_way(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which way finds more differs by shape: both are tried, and end at the same cost."""
    calls: list[str] = []

    def noted(name: str) -> None:
        plain = getattr(improving, name)
        noting = lambda *args, **more: calls.append(name) or plain(*args, **more)  # noqa: E731
        monkeypatch.setattr(improving, name, noting)

    noted("branch")
    noted("solve_cut")
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    around = Surroundings(
        layout, rosters, price, LIMITS, Budget(LIMITS), random.Random(seed), lambda: None
    )
    everything = np.ones(len(plan.values), dtype=bool)
    branched, combined = (
        around.improve(plan, everything, 20.0, branches=way) for way in (True, False)
    )
    assert calls == ["branch", "solve_cut"]
    if branched[1] and combined[1]:
        assert branched[0] is not None
        assert combined[0] is not None
        assert branched[0].total == combined[0].total
    shapes = [(cutting._shape, cutting._branches) for cutting in cuttings(around)]
    assert len(set(shapes)) == len(shapes)
    assert {way for _, way in shapes} == {True, False}


def test_no_saving_buys_a_promise_that_was_kept() -> None:
    """A plan with nothing short is never left for one that is, however much cheaper."""
    layout, rosters, team, price = started(random_instance(1))
    plan = replace(planned(layout, rosters, team, price), shortage=0, lacking=())
    around = Surroundings(
        layout, rosters, price, LIMITS, Budget(LIMITS), random.Random(0), lambda: None
    )
    asked = iter([False] * 5 + [True])
    noted: list[Incumbent] = []
    shared = Shared(layout, price, noted.append)
    search = Search(around, shared, lambda _: next(asked))
    search._moves = [Tempting(around)]
    assert search.improve(shared.improved(None, plan)) is plan
    assert noted == [plan]


@pytest.mark.parametrize("seed", range(6))
def test_where_nothing_is_short_nothing_becomes_short(seed: int) -> None:
    """A neighbourhood of a kept plan has no room for shortages at a price."""
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    around = Surroundings(
        layout, rosters, 0, LIMITS, Budget(LIMITS), random.Random(0), lambda: None
    )
    layout.program.cost[layout.lacking] = -1_000
    found, _ = around.improve(plan, np.ones(len(plan.values), dtype=bool), 2.0)
    lacks = plan.values[layout.lacking].sum()
    assert found is not None
    assert (found.values[layout.lacking].sum() > 0) == bool(lacks or plan.shortage)


@pytest.mark.parametrize("seed", range(6))
def test_who_serves_what_stays_as_it_was_given(seed: int) -> None:
    """A schedule to begin with is taken over with its services, and costs what it cost."""
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    values = np.where(layout.is_decision | layout.is_presence, plan.values, 0)
    again = complete(layout, values, LIMITS, Budget(LIMITS), served=True)
    assert again is not None
    assert (again == plan.values)[layout.is_decision].all()
    assert incumbent_of(layout, again, price).total <= plan.total


@pytest.mark.parametrize("seed", range(8))
def test_branching_finds_what_the_solver_finds(seed: int) -> None:
    """With everything free, two solvers agree on the best plan; it keeps every row."""
    layout, rosters, team, price = started(random_instance(seed))
    plan = planned(layout, rosters, team, price)
    everything = np.ones(len(plan.values), dtype=bool)
    found, is_optimal = branch(layout.program, plan.values, everything, 20.0, seed)
    best, run = solve_cut(layout.program, plan.values, everything, LIMITS, 20.0, presolve=True)
    assert found is not None and best is not None
    assert layout.program.holds(found)
    cost = layout.program.cost
    if is_optimal and run.verdict[0] == "optimal":
        assert cost @ found == cost @ best
    assert cost @ found <= cost @ plan.values


def test_branching_goes_on_from_the_plan() -> None:
    """In no time at all the plan itself comes back, or nothing; what is kept stays."""
    layout, rosters, team, price = started(random_instance(3))
    plan = planned(layout, rosters, team, price)
    nothing = np.zeros(len(plan.values), dtype=bool)
    found, is_optimal = branch(layout.program, plan.values, nothing, 1.0, 0)
    assert is_optimal and found is not None
    assert (found == plan.values).all()


def test_time_goes_to_the_moves_that_save_most_in_it() -> None:
    """Small moves come first; then what saves twice as much in a second gets twice the time."""
    layout, rosters, team, price = started(random_instance(1))
    plan = planned(layout, rosters, team, price)
    around = Surroundings(
        layout, rosters, price, LIMITS, Budget(LIMITS), random.Random(0), lambda: None
    )
    search = Search(around, Shared(layout, price, lambda _: None), lambda _: False)
    large, small = Tempting(around, 6.0), Tempting(around)
    search._moves = [large, small]
    assert search._move(plan) is small
    small.remember(saved=30, seconds=3)
    large.remember(saved=120, seconds=6)
    assert (small.gain, large.gain, small.seconds, large.seconds) == (10, 20, 3, 6)
    times = [search._move(plan) for _ in range(4000)]
    assert times.count(large) * 6 == pytest.approx(times.count(small) * 3 * 2, rel=0.15)
    large.remember(saved=0, seconds=60)
    assert (large.gain, large.seconds) == (pytest.approx(14), pytest.approx(22.2))
    search._forget()
    assert (large.gain, large.seconds, small.gain) == (None, 6, None)


def test_what_saves_nothing_shares_little_of_the_time() -> None:
    """However many ways do not help, the one that does keeps most of the time; what was not tried
    has the chance that it promises.
    """
    best, *others = (Trial(3.0) for _ in range(5))
    best.remember(saved=30, seconds=3)
    for other in others:
        other.remember(saved=0, seconds=3)
    draw = random.Random(0)
    times = [drawn([best, *others], 0.0, draw) for _ in range(4000)]
    assert times.count(best) == pytest.approx(4000 * 5 / (5 + 4 * 0.4), rel=0.05)
    new = Trial(3.0, promise=0.25)
    times = [drawn([best, new], 0.0, draw) for _ in range(4000)]
    assert times.count(best) == pytest.approx(4000 * 4 / 5, rel=0.05)
    assert drawn([best, new], 3.0, draw) is new
