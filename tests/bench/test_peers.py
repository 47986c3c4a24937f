"""Peers: what they hand back is a schedule of ours, judged like anybody's."""

from pathlib import Path

import pytest

from scheduler import Instance, check, read
from scheduler.bench.peers import PEERS
from scheduler.bench.peers import pyworkforce_peer as adapter
from scheduler.bench.peers.heads import frozen_heads, served_heads
from scheduler.bench.peers.placing import Worked, schedule_of
from scheduler.bench.team import TeamPlan
from scheduler.formulation.options import options_on

INSTANCES = Path(__file__).parents[2] / "instances"


@pytest.fixture(scope="module")
def team() -> Instance:
    """Give a team of thirty on one day."""
    return TeamPlan(people=30, days=1, variant="slack").instance()


def _plain(staff: float = 1) -> Instance:
    """Give a day that the plain model can express entirely: no breaks, one skill."""
    data = read(INSTANCES / "bakery.json").model_dump(mode="json", exclude_none=True)
    for template in data["templates"]:
        template["break_sets"] = []
    window = {"start": "07:00", "end": "15:00", "staff": staff}
    data["services"][0]["demand"] = {"kind": "staff", "pattern": [window]}
    return Instance.model_validate(data)


def test_the_plain_model_solves_what_it_can_express() -> None:
    """Without breaks and with one skill, its schedule breaks no floor, and none of its rules."""
    instance = _plain()
    answer = PEERS["day-shifts"](instance, 3, 0, 1)
    assert answer.schedule is not None, answer
    left_out = answer.message.removeprefix("left out: ").split(", ")
    broken = {violation.kind for violation in check(instance, answer.schedule).violations}
    assert broken <= set(left_out)


@pytest.mark.parametrize("name", ["day-shifts", "day-shifts-padded", "pyworkforce"])
def test_a_peer_is_judged(name: str, team: Instance) -> None:
    """Its shifts, breaks and services are grammatical; what it breaks are promises and rules."""
    if name == "pyworkforce":
        pytest.importorskip("pyworkforce")
    answer = PEERS[name](team, 1, 0, 1)
    if answer.schedule is None:
        assert answer.stop_reason
        return
    report = check(team, answer.schedule)
    assert not [v for v in report.violations if v.kind in ("grammar", "availability")]
    assert report.objective > 0


def test_frozen_heads_are_whole_people(team: Instance) -> None:
    """Promises over the day become promises of every interval, and padding adds people."""
    heads, padded = (frozen_heads(team, padded=more) for more in (False, True))
    assert {"phones", "counter", "office", "lead"} == set(heads)
    assert (set(heads["lead"].values()), set(padded["lead"].values())) == ({1}, {2})
    total, more = served_heads(team, heads), served_heads(team, padded)
    assert all(more[slot] >= count for slot, count in total.items())
    assert sum(more.values()) > 1.05 * sum(total.values())


def test_a_peer_that_fails_says_why(team: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter without the package is a message, not a traceback."""
    monkeypatch.setattr(adapter, "SCRIPT", INSTANCES / "nothing.py")
    answer = PEERS["pyworkforce"](team, 1, 0, 1)
    assert answer.schedule is None and answer.stop_reason == "failed"
    assert "nothing.py" in answer.message


def test_nights_are_beyond_pyworkforce() -> None:
    """Its days are apart from each other."""
    answer = PEERS["pyworkforce"](read(INSTANCES / "help-desk-nights.json"), 1, 0, 1)
    assert answer.schedule is None and "midnight" in answer.message


def test_the_plain_model_keeps_the_rules_that_it_knows() -> None:
    """In a tight week nobody works too many minutes or shifts, or rests too little."""
    instance = TeamPlan(people=8, days=7, variant="slack", interval_minutes=30).instance()
    answer = PEERS["day-shifts"](instance, 3, 0, 2)
    assert answer.schedule is not None, answer
    assert answer.message == ""
    broken = {violation.kind for violation in check(instance, answer.schedule).violations}
    assert broken <= {"coverage", "presence", "service_level", "skilled_share"}


def test_breaks_are_spread() -> None:
    """Whoever places breaks by hand does not send everybody to lunch at once."""
    data = _plain(staff=3).model_dump(mode="json", exclude_none=True)
    lunch = {"id": "lunch", "minutes": data["horizon"]["interval_minutes"]}
    template = data["templates"][0]
    template |= {"start": "07:00", "length": 480, "break_sets": [{"breaks": [lunch]}]}
    data |= {"templates": [template], "contracts": [{"id": "c", "pay": {"hourly_rate": 20}}]}
    skill = data["skills"][0]
    data["employees"] = [{"id": str(i), "contract": "c", "skills": {skill: 1.0}} for i in range(4)]
    data["horizon"]["days"] = 1
    data["floors"] = [{"kind": "coverage", "service": data["services"][0]["id"]}]
    instance = Instance.model_validate(data)
    option = options_on(instance, 0)[0]
    worked = [Worked(employee, option) for employee in instance.employees]
    schedule = schedule_of(instance, worked, frozen_heads(instance, padded=False))
    assert len({shift.breaks[0].start for shift in schedule.shifts}) == 4
    assert check(instance, schedule).ok
