"""The formulas give the figures of published tables, to the digits that these print."""

from __future__ import annotations

import pytest

from scheduler.queueing import Performance, erlang_b, performance, required_hundredths

LOADS_AT_ONE_PERCENT = {
    1: 0.0101, 2: 0.1526, 3: 0.4555, 4: 0.8694, 5: 1.3608, 6: 1.9090, 7: 2.5009, 8: 3.1276,
    9: 3.7825, 10: 4.4612, 15: 8.1080, 20: 12.031, 50: 37.901, 100: 84.064,
}  # fmt: skip
"""Erlang that so many lines carry at a loss of 1 %: a column of the usual tables of Erlang B.
Appendix A of D. Collins, "Carrier Grade Voice over IP", 2003, prints the same with one digit."""


@pytest.mark.parametrize(("lines", "load"), LOADS_AT_ONE_PERCENT.items())
def test_the_erlang_b_table(lines: int, load: float) -> None:
    """A hundredth of the calls is lost at the tabulated load, and not at its neighbours."""
    digit = 1e-3 if load > 10 else 1e-4
    below, above = erlang_b([load - 0.55 * digit, load + 0.55 * digit], lines)
    assert below < 0.01 < above


CLEVELAND = [
    (30, 24, 208.7), (31, 45, 74.7), (32, 61, 37.6), (33, 73, 21.3), (34, 82, 12.7),
    (35, 88, 7.8), (36, 92, 4.9), (37, 95, 3.1), (38, 97, 1.9), (39, 98, 1.2), (40, 99, 0.7),
]  # fmt: skip
"""People, level within 20 s in percent, mean wait: 250 calls in half an hour, 180 s of talk and
30 s of work after it. B. Cleveland, "Call Center Management on Fast Forward", on Erlang C."""


@pytest.mark.parametrize(("staff", "level", "wait"), CLEVELAND)
def test_the_erlang_c_table_of_a_call_centre(staff: int, level: float, wait: float) -> None:
    """Service level and mean wait by staff, as planners know them."""
    found = performance(500, staff, 210, within_seconds=20)
    assert 100 * float(found.service_level) == pytest.approx(level, abs=0.55)
    assert float(found.mean_wait_seconds) == pytest.approx(wait, abs=0.055)


@pytest.mark.parametrize(("staff", "level"), [(13, 0.796), (14, 0.888)])
def test_level_of_a_hundred_calls(staff: int, level: float) -> None:
    """100 calls of 180 s in half an hour, answered within 20 s: the common worked example."""
    found = performance(200, staff, 180, within_seconds=20)
    assert float(found.service_level) == pytest.approx(level, abs=5e-4)


def test_fourteen_people_for_a_hundred_calls() -> None:
    """The same example back from the promise: between 13 and 14 people, on a straight line."""
    need = required_hundredths("service_level", 0.8, [200.0], 180, within_seconds=20)
    assert need.tolist() == [1305]


def _fifty_agents(patience_seconds: float | None, share: float = 1.0) -> Performance:
    """48 calls a minute of one minute each."""
    return performance(48 * 60 * share, 50, 60, patience_seconds=patience_seconds)


def test_fifty_agents_with_and_without_abandonment() -> None:
    """A few who hang up change the picture: a table of Mandelbaum and Zeltyn.

    "The Palm/Erlang-A queue, with applications to call centers", 2005, also in Gans, Koole and
    Mandelbaum, 2003: 50 agents, 48 calls a minute, one minute of service, two of patience.
    """
    patient, impatient = _fifty_agents(None), _fifty_agents(120)
    assert float(patient.mean_wait_of_all_seconds) == pytest.approx(20.8, abs=0.05)
    assert float(patient.occupancy) == pytest.approx(0.96, abs=0.005)
    assert float(impatient.abandonment) == pytest.approx(0.031, abs=0.0005)
    assert float(impatient.mean_wait_of_all_seconds) == pytest.approx(3.7, abs=0.05)
    assert float(impatient.occupancy) == pytest.approx(0.93, abs=0.005)
    fewer = _fifty_agents(None, 1 - 0.031)
    assert float(fewer.mean_wait_of_all_seconds) == pytest.approx(8.8, abs=0.05)
    assert float(fewer.occupancy) == pytest.approx(0.93, abs=0.005)


def test_the_longest_waits_of_that_table() -> None:
    """Without abandonment its 90th percentile, 58.1 s, is where the level within it is 90 %."""
    below, above = (performance(2880, 50, 60, within_seconds=t) for t in (58.04, 58.16))
    assert below.service_level < 0.9 < above.service_level
