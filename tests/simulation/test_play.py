"""One replication at a time: who is served when, by whom, and what becomes of breaks and lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from settings import HOUR, always, array, played, queue, team, waits

from scheduler.simulation.customers import Crowd
from scheduler.simulation.measures import above_and_below
from scheduler.simulation.setting import Agent, Queue, Setting, Turn
from scheduler.simulation.tally import Questions, tally

CONSTANT = {"shape": "constant"}


def one_agent(turn: Turn, queue: Queue, slots: int = 8, **more: object) -> Setting:
    """Give a setting with one agent and one queue, in quarters of an hour."""
    return Setting(slots, 900.0, (queue,), (Agent("a", (1.0,), (1.0,), (turn,)),), **more)  # type: ignore[arg-type]


def test_the_same_seed_plays_the_same() -> None:
    """A replication is a function of setting, seed and number; another seed is another day."""
    setting = Setting(8, 900.0, (queue((30.0,) * 8, patience_seconds=60),), team(4, 2))
    one, again = played(setting, 7, 3).contacts, played(setting, 7, 3).contacts
    assert (one.arrived, one.handle) == (again.arrived, again.handle)
    assert str(one.begun) == str(again.begun)
    assert one.arrived != played(setting, 7, 4).contacts.arrived
    assert one.arrived != played(setting, 8, 3).contacts.arrived


def test_two_schedules_meet_the_same_customers() -> None:
    """Arrivals, handle times and patience do not depend on the agents; nor on other queues."""
    calls = queue((30.0,) * 8, patience_seconds=60)
    few = Setting(8, 900.0, (calls,), team(3, 2))
    many = Setting(8, 900.0, (calls, replace(calls, service="chat")), team(9, 2))
    one, other = Crowd(few, 0, 5, 2), Crowd(many, 0, 5, 2)
    assert (one.arrived == other.arrived).all()
    assert (one.habits().handle_seconds == other.habits().handle_seconds).all()
    assert (one.habits().patience_seconds == other.habits().patience_seconds).all()
    second = Crowd(many, 1, 5, 2)
    assert len(second.arrived) != len(other.arrived) or (second.arrived != other.arrived).any()


def test_everybody_has_a_fate() -> None:
    """Arrived = answered + given up + turned away + left over, in every slot; waits fit."""
    calls = queue((40.0,) * 8, patience_seconds=200, open_spans=((0.0, 5400.0),))
    setting = Setting(8, 900.0, (calls,), team(5, 1.5))
    counts = tally(setting, (Questions((20.0,)),), 1, 0).counts[0]
    parts = sum(counts[name] for name in ("answered", "abandoned", "turned_away", "left"))
    assert (counts["offered"] == parts).all()
    assert counts["abandoned"].sum() > 0
    assert counts["turned_away"].sum() > 0
    lost, _ = above_and_below(counts, "abandonment", 20.0)
    assert (lost == counts["abandoned"] + counts["turned_away"]).all()
    assert (counts["wait_all"] >= counts["wait_answered"]).all()
    assert (counts["in_time 20"] <= counts["answered"]).all()
    assert (counts["busy"] <= counts["staffed"] + 1e-6).all()


def test_littles_law() -> None:
    """People in line on average = arrivals per second × mean wait; likewise for those served."""
    setting = Setting(200, HOUR, (queue((60.0,) * 200, patience_seconds=300),), team(3, 200))
    found = played(setting)
    arrived, begun, ended = (
        array(found.contacts.arrived),
        array(found.contacts.begun),
        array(found.contacts.ended),
    )
    gone = np.where(np.isnan(begun), array(found.contacts.deadline), begun)
    moments = np.random.default_rng(0).uniform(10 * HOUR, 190 * HOUR, 20_000)
    line = np.searchsorted(np.sort(arrived), moments) - np.searchsorted(np.sort(gone), moments)
    rate, wait = len(arrived) / (200 * HOUR), (gone - arrived).mean()
    assert line.mean() == pytest.approx(rate * wait, rel=0.05)
    served = ~np.isnan(begun)
    busy = np.searchsorted(np.sort(begun[served]), moments)
    busy = busy - np.searchsorted(np.sort(ended[served]), moments)
    mean = (ended - begun)[served].mean()
    assert busy.mean() == pytest.approx(served.sum() / (200 * HOUR) * mean, rel=0.05)
    assert busy.max() <= 3


def test_first_come_first_served() -> None:
    """Among those who are answered nobody overtakes."""
    found = played(Setting(8, 900.0, (queue((40.0,) * 8, patience_seconds=100),), team(5, 3)))
    begun = array(found.contacts.begun)
    answered = begun[~np.isnan(begun)]
    assert len(answered) > 100
    assert (np.diff(answered) >= 0).all()


def test_a_break_waits_for_the_contact_and_is_as_long() -> None:
    """Who is busy when a break begins ends the contact; then nobody disturbs for ten minutes."""
    turn = Turn(0, 0.0, 7200.0, ((1800.0, 600.0),), ((0.0, 7200.0, 0),))
    calls = queue((20.0,) * 8, 240, **CONSTANT)
    found = played(one_agent(turn, calls))
    begun = array(found.contacts.begun)
    begun, ended = (
        begun[~np.isnan(begun)],
        array(found.contacts.ended)[~np.isnan(array(found.contacts.ended))],
    )
    before = ended[begun < 1800].max()
    assert 1800 < before < 1800 + 240
    assert begun[begun >= 1800].min() == pytest.approx(before + 600)
    assert found.late_break_seconds == pytest.approx(before - 1800)
    assert found.breaks == 1


def test_breaks_in_a_row_are_all_taken() -> None:
    """A break that is due while another one lasts follows it at once."""
    breaks = ((600.0, 600.0), (1300.0, 300.0))
    turn = Turn(0, 0.0, 7200.0, breaks, ((0.0, 7200.0, 0),))
    found = played(one_agent(turn, queue((20.0,) * 8, 400, **CONSTANT)))
    begun, ended = array(found.contacts.begun), array(found.contacts.ended)
    first = np.nanmax(ended[begun < 600])
    assert first > 700
    assert np.nanmin(begun[begun >= 600]) == pytest.approx(first + 600 + 300)
    assert found.breaks == 2


def test_the_end_of_a_shift_waits_too() -> None:
    """The last contact is ended, as overtime; nobody is taken after the shift."""
    turn = Turn(0, 0.0, 3600.0, (), ((0.0, 3600.0, 0),))
    found = played(one_agent(turn, queue((20.0,) * 8, 240, **CONSTANT)))
    begun, ended = array(found.contacts.begun), array(found.contacts.ended)
    assert np.nanmax(begun) < 3600 < np.nanmax(ended)
    assert found.overtime_seconds == pytest.approx(np.nanmax(ended) - 3600)


def test_a_line_is_served_after_closing_by_who_was_there() -> None:
    """Who served to the end sees the line off, if the shift goes on; else it is turned away."""
    calls = queue((20.0,) * 4 + (0.0,) * 4, 240, open_spans=((0.0, 3600.0),), **CONSTANT)
    stays = Turn(0, 0.0, 7200.0, (), ((0.0, 3600.0, 0),))
    found = played(one_agent(stays, calls))
    assert np.nanmax(array(found.contacts.begun)) > 3600
    late = array(found.contacts.begun) > 3600
    assert np.isnan(array(found.contacts.turned_away)[late]).all()
    goes = played(one_agent(replace(stays, end=3600.0), calls))
    assert np.nanmax(array(goes.contacts.begun)) < 3600
    away = array(goes.contacts.turned_away)
    assert (away[~np.isnan(away)] == 3600).all()
    assert (~np.isnan(away)).sum() > 0


def test_priorities_come_first_with_skills_routing() -> None:
    """Of two waiting customers the one of the higher priority is taken, however late they came."""
    low = queue((30.0,) * 8, 200)
    high = replace(low, service="urgent", priority=5)
    agents = tuple(always(2, 0, 1, name=f"a{i}") for i in range(10))
    setting = Setting(8, 900.0, (low, high), agents, routing="skills")
    found = played(setting)
    wait, whose = waits(found), array(found.contacts.queue)
    assert np.nanmean(wait[whose == 1]) < np.nanmean(wait[whose == 0]) / 4
    equal = played(replace(setting, queues=(low, replace(high, priority=0))))
    assert np.nanmean(waits(equal)[whose == 1]) > np.nanmean(wait[whose == 1])


def test_planned_routing_keeps_to_the_plan() -> None:
    """Nobody takes what they are not planned for, though they could; with skills they do."""
    calls = queue((10.0,) * 8, 200)
    setting = Setting(
        8, 900.0, (calls, replace(calls, service="chat")), (always(2, 0, 1), always(2, 0, 1))
    )
    found = played(setting)
    assert np.isnan(array(found.contacts.begun)[array(found.contacts.queue) == 1]).all()
    free = played(replace(setting, routing="skills"))
    assert not np.isnan(array(free.contacts.begun)[array(free.contacts.queue) == 1]).all()


def test_the_plan_is_followed_through_the_day() -> None:
    """From one service to another at the planned time, once the contact in hand is over."""
    calls = queue((20.0,) * 8, 100)
    both = (calls, replace(calls, service="chat"))
    turn = Turn(0, 0.0, 7200.0, (), ((0.0, 3600.0, 0), (3600.0, 7200.0, 1)))
    found = played(Setting(8, 900.0, both, (Agent("a", (1.0, 1.0), (1.0, 1.0), (turn,)),)))
    begun, whose = array(found.contacts.begun), array(found.contacts.queue)
    assert np.nanmax(begun[whose == 0]) < 3600 <= np.nanmin(begun[whose == 1])


def test_deferrable_work_fills_the_time_that_is_left() -> None:
    """With skills, calls go before e-mails of the same priority; e-mails outlast everything."""
    calls = queue((8.0,) * 8, 200)
    mails = replace(calls, service="mails", deferrable=True, backlog=5)
    agents = (always(2, 0, 1), always(2, 0, 1), always(2, 0, 1))
    found = played(Setting(8, 900.0, (calls, mails), agents, routing="skills"))
    whose, wait = array(found.contacts.queue), waits(found)
    assert found.contacts.arrived.count(0.0) == 5
    assert np.nanmean(wait[whose == 0]) < np.nanmean(wait[whose == 1])
    mail = array(found.contacts.begun)[whose == 1]
    taken = mail[~np.isnan(mail)]
    assert (np.diff(taken) >= 0).all(), "the oldest first"


def test_no_shows_stay_away_for_the_day() -> None:
    """With certainty nobody comes; with a third, a third of the days; the history always came."""
    turns = tuple(Turn(d, d * 86400.0, d * 86400 + 3600.0, (), ()) for d in range(-1, 30))
    turns = tuple(replace(t, work=((t.start, t.end, 0),)) for t in turns)
    agents = tuple(Agent(f"a{i}", (1.0,), (1.0,), turns) for i in range(20))
    setting = Setting(30 * 24, HOUR, (queue((0.0,) * 720),), agents, days=30, no_show=1.0)
    there = {start for _, start, _ in played(setting).stretches}
    assert there == {-86400.0}
    some = played(replace(setting, no_show=1 / 3)).stretches
    share = sum(1 for _, start, _ in some if start >= 0) / (20 * 30)
    assert share == pytest.approx(2 / 3, abs=0.07)
    assert sum(1 for _, start, _ in some if start < 0) == 20


def test_shrinkage_takes_its_share_of_the_time() -> None:
    """Of the planned time, a fifth is away: in whole intervals, each on its own luck."""
    calls = queue((0.0,) * 400, shrinkage=0.2)
    setting = Setting(400, 900.0, (calls,), team(20, 100))
    staffed = tally(setting, (Questions(),), 0, 0).counts[0]["staffed"]
    assert staffed.sum() / (20 * 100 * HOUR) == pytest.approx(0.8, abs=0.01)
    assert set(np.unique(np.round(staffed % 900, 6))) <= {0.0, 900.0}


def test_unresolved_contacts_come_back() -> None:
    """Each contact begets repeat_share · (1 − resolved) others: in all 1 / (1 − 0.3) as many."""
    calls = queue((30.0,) * 400, 100, repeat_share=0.5)
    agents = tuple(replace(agent, resolves=(0.4,)) for agent in team(8, 110))
    setting = Setting(400, 900.0, (calls,), agents, repeat_seconds=600.0)
    found = played(setting)
    first = len(Crowd(setting, 0, 0, 0).arrived)
    assert len(found.contacts.arrived) / first == pytest.approx(1 / 0.7, rel=0.03)
    answered = (~np.isnan(array(found.contacts.begun))).sum()
    assert found.contacts.settled == [answered]
    assert found.contacts.resolved[0] / answered == pytest.approx(0.4, abs=0.02)


def test_who_comes_back_comes_when_it_is_open() -> None:
    """Nobody returns to a closed line: they wait for the next opening."""
    spans = ((0.0, 3600.0), (7200.0, 10800.0))
    rates = (20.0,) * 4 + (0.0,) * 4 + (20.0,) * 4
    calls = queue(rates, 60, repeat_share=0.9, open_spans=spans)
    agents = tuple(replace(agent, resolves=(0.0,)) for agent in team(6, 3))
    arrived = array(played(Setting(12, 900.0, (calls,), agents)).contacts.arrived)
    assert not ((arrived >= 3600) & (arrived < 7200)).any()
    assert (arrived == 7200).sum() > 3


def test_slower_people_take_longer() -> None:
    """Handle time ÷ proficiency."""
    calls = queue((10.0,) * 8, 200, **CONSTANT)
    found = played(Setting(8, 900.0, (calls,), (always(3, 0, pace=0.5),)))
    lasting = array(found.contacts.ended) - array(found.contacts.begun)
    assert lasting[~np.isnan(lasting)] == pytest.approx(400)


def test_chats_are_held_together_and_slow_each_other_down() -> None:
    """Two at once take 1.5 handle times each; a third customer waits."""
    chats = queue((0.0,) * 8, 300, factors=(1.0, 1.5), backlog=3, deferrable=True, **CONSTANT)
    found = played(Setting(8, 900.0, (chats,), (always(2, 0),)))
    assert found.contacts.begun == [0.0, 0.0, 450.0]
    assert found.contacts.ended == [450.0, 450.0, 750.0]


def test_a_chat_that_comes_later_slows_down_what_is_left() -> None:
    """Alone at full pace, together at two thirds, then alone again: worked out from the times."""
    chats = queue((4.0,) * 8, 300, factors=(1.0, 1.5), **CONSTANT)
    setting = Setting(8, 900.0, (chats,), (always(3, 0),))
    for replication in range(50):
        found = played(setting, 0, replication)
        first, second, third = sorted(found.contacts.arrived)[:3]
        ends = second + 1.5 * (300 - (second - first))
        then = ends + 300 - (ends - second) / 1.5
        if second < first + 300 and third > then:
            assert sorted(found.contacts.ended)[:2] == pytest.approx([ends, then])
            return
    pytest.fail("no replication has two chats that overlap, and no third")


def test_whoever_is_planned_for_it_comes_first() -> None:
    """Of two who are free and able, the one whose plan it is takes the contact."""
    calls = queue((0.0,) * 8, 10, **CONSTANT)
    chats = replace(calls, service="chat", arrivals=(5.0,) * 8)
    turn = Turn(0, 0.0, 7200.0, (), ((0.0, 7200.0, 0),))
    other = replace(turn, work=((0.0, 7200.0, 1),))
    slow = Agent("a", (1.0, 0.5), (1.0, 1.0), (turn,))
    quick = Agent("b", (1.0, 1.0), (1.0, 1.0), (other,))
    found = played(Setting(8, 900.0, (calls, chats), (slow, quick), routing="skills"))
    lasting = array(found.contacts.ended) - array(found.contacts.begun)
    alone = np.diff(array(found.contacts.arrived), prepend=-100) > 30
    assert alone.sum() > 10
    assert lasting[alone] == pytest.approx(10)


def test_chats_go_to_who_holds_fewest() -> None:
    """Of two agents with room for two each, both have one before one has two."""
    chats = queue((0.0,) * 8, 300, factors=(1.0, 1.5), backlog=2, deferrable=True, **CONSTANT)
    found = played(Setting(8, 900.0, (chats,), (always(2, 0), always(2, 0, name="b"))))
    assert found.contacts.ended == [300.0, 300.0]


@pytest.mark.parametrize(
    ("shape", "variation"),
    [("exponential", 1.0), ("lognormal", 0.6), ("gamma", 1.7), ("constant", 0.0)],
)
def test_handle_times_have_their_mean_and_spread(shape: str, variation: float) -> None:
    """Whatever the shape, the mean is the handle time; the variation is that of the demand."""
    calls = queue((100_000.0,), 240, shape=shape, variation=variation or 1.0)
    times = Crowd(Setting(1, HOUR, (calls,), ()), 0, 1, 0).habits().handle_seconds
    assert times.mean() == pytest.approx(240, rel=0.02)
    assert times.std() / times.mean() == pytest.approx(variation, rel=0.05, abs=1e-9)


def test_arrivals_follow_the_rates() -> None:
    """Each slot's count is Poisson with its own mean, and times lie evenly in it."""
    rates = (0.0, 50.0, 200.0, 0.0)
    setting = Setting(4, 900.0, (queue(rates),), ())
    counts = np.array(
        [
            np.bincount((Crowd(setting, 0, 3, r).arrived // 900).astype(int), minlength=4)
            for r in range(400)
        ]
    )
    assert counts.mean(axis=0) == pytest.approx(rates, rel=0.03)
    assert counts.var(axis=0) == pytest.approx(rates, rel=0.25)
    inside = Crowd(setting, 0, 3, 0).arrived % 900
    assert inside.mean() == pytest.approx(450, rel=0.1)


def test_nobody_to_serve() -> None:
    """Without agents the patient are left over, and the others give up; nothing breaks."""
    counts = tally(
        Setting(4, 900.0, (queue((10.0,) * 4),), ()), (Questions((20.0,)),), 0, 0
    ).counts[0]
    assert counts["left"].sum() == counts["offered"].sum() > 0
    calls = queue((10.0,) * 4, patience_seconds=60)
    counts = tally(Setting(4, 900.0, (calls,), ()), (Questions((20.0,)),), 0, 0).counts[0]
    assert counts["abandoned"].sum() == counts["offered"].sum() > 0


def test_unplanned_people_serve_nobody_by_plan() -> None:
    """Who is on duty without a service stands aside under planned routing, not under skills."""
    turn = Turn(0, 0.0, 7200.0, (), ())
    setting = one_agent(turn, queue((5.0,) * 8))
    assert np.isnan(array(played(setting).contacts.begun)).all()
    assert not np.isnan(array(played(replace(setting, routing="skills")).contacts.begun)).all()
