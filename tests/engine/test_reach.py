"""How much everybody can work: true of every schedule, and no shift is planned that is beyond."""

from __future__ import annotations

import numpy as np
import pytest
from random_instances import random_instance
from test_parts import layout_of, solved_exactly

from scheduler.engine.outcome import Limits
from scheduler.engine.parts.part_program import PartProgram
from scheduler.engine.parts.reach import Reach
from scheduler.engine.parts.rosters import Rosters


@pytest.mark.parametrize("seed", (0, 2, 3, 5, 8, 9, 10, 11))
def test_nobody_works_more_or_less_than_they_can(seed: int) -> None:
    """A limit that a schedule breaks would make bounds wrong, and one from nowhere is of no use."""
    schedule = solved_exactly(seed).schedule
    assert schedule is not None
    layout = layout_of(random_instance(seed))
    reach = Reach(layout, Rosters(layout, Limits()), Limits())
    horizon = layout.formulation.instance.horizon
    for person, block in enumerate(layout.formulation.employees):
        own = {
            (shift.template, horizon.minute_of(shift.start), horizon.minute_of(shift.end))
            for shift in schedule.shifts
            if shift.employee == block.employee.id and horizon.day_of(shift.day) >= 0
        }
        duties = [choice.duty for choice in block.choices]
        worked = [duty for duty in duties if (duty.template, duty.start, duty.end) in own]
        minutes = sum(duty.paid_minutes for duty in worked)
        assert len(worked) == len(own)
        assert len(own) <= reach.shifts[person] <= len(duties)
        assert reach.least[person] <= minutes <= reach.most[person]


@pytest.mark.parametrize("seed", range(4))
def test_a_shift_beyond_everybodys_hours_is_nobodys(seed: int) -> None:
    """Where only hours together are counted, four short shifts would make up for a long one."""
    layout = layout_of(random_instance(seed))
    people = len(layout.formulation.employees)
    for part in layout.parts:
        free = PartProgram(layout, part)
        if not len(free.minutes):
            continue
        limit = float(np.median(free.minutes))
        one = np.full(people, limit)
        one[free.people[0][-1]] = free.minutes.max()
        limited = PartProgram(layout, part, one)
        beyond = (limited.minutes > limit) & (limited.kind != 0)
        size = len(beyond)
        for now, before in (
            (limited.program, free.program),
            (limited.unfolding.program, free.unfolding.program),
        ):
            assert not now.high[:size][beyond].any()
            assert (now.high[:size] == before.high[:size])[~beyond].all()
