"""Queues at their limits: hardly any load, a patience without end or none, and very large loads."""

from __future__ import annotations

from dataclasses import asdict, fields

import numpy as np
import pytest

from scheduler.queueing import Performance, erlang_b, erlang_c, performance

LOADS = np.array([0.01, 0.3, 2.0, 17.0, 140.0, 2_000.0])
SHARES = (
    "delay_probability",
    "service_level",
    "service_level_of_answered",
    "service_level_without_short_abandons",
    "abandonment",
    "occupancy",
)
ALL = tuple(field.name for field in fields(Performance))


@pytest.mark.parametrize("patience", [None, 0.0, 90.0])
def test_hardly_any_load(patience: float | None) -> None:
    """Load → 0: everybody is answered at once, as with no load at all."""
    tiny = performance(1e-9, [1, 2, 50], 200, patience_seconds=patience, within_seconds=20)
    none = performance(0, [1, 2, 50], 200, patience_seconds=patience, within_seconds=20)
    for measure, value in asdict(none).items():
        assert getattr(tiny, measure) == pytest.approx(value, abs=1e-7), measure


def test_a_patience_without_end_is_erlang_c() -> None:
    """Patience → ∞: every measure of Erlang A goes to the one of Erlang C."""
    staff = np.floor(LOADS + 0.8 * LOADS**0.5) + 1
    endless = performance(LOADS * 18, staff, 200, within_seconds=20)
    long = performance(LOADS * 18, staff, 200, patience_seconds=1e13, within_seconds=20)
    for measure in ALL:
        expected = getattr(endless, measure)
        assert getattr(long, measure) == pytest.approx(expected, rel=1e-6, abs=1e-9), measure
    assert endless.delay_probability == pytest.approx(erlang_c(LOADS, staff), rel=1e-12)


def test_overload_with_great_patience_keeps_the_agents_busy() -> None:
    """Patience → ∞ above the load of all staff: what is not served hangs up in the end."""
    found = performance(20 * 18, 16, 200, patience_seconds=1e9, within_seconds=20)
    assert float(found.abandonment) == pytest.approx(4 / 20, rel=1e-6)
    assert float(found.occupancy) == pytest.approx(1, rel=1e-6)
    assert float(found.service_level) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("patience", [1e-9, 0.0])
def test_no_patience_is_erlang_b(patience: float) -> None:
    """Patience → 0: who finds all agents busy is lost, and nobody waits."""
    staff = np.maximum(1, np.round(LOADS + np.array([1, -1, 0, 1, -1, 2]) * LOADS**0.5))
    found = performance(LOADS * 18, staff, 200, patience_seconds=patience, within_seconds=20)
    loss = erlang_b(LOADS, staff)
    assert found.abandonment == pytest.approx(loss, rel=1e-4)
    assert found.delay_probability == pytest.approx(loss, rel=1e-4)
    assert found.service_level == pytest.approx(1 - loss, rel=1e-6)
    assert found.mean_wait_of_all_seconds == pytest.approx(np.zeros(6), abs=1e-6)
    assert found.occupancy == pytest.approx(LOADS * (1 - loss) / staff, rel=1e-6)


@pytest.mark.parametrize("patience", [None, 0.0, 0.01, 30.0, 3_600.0, 1e7])
@pytest.mark.parametrize("times", [200.0, [200.0, 260.0], [200.0, 200.0, 200.0]])
def test_from_a_hundredth_to_ten_thousand_erlang(
    patience: float | None, times: float | list[float]
) -> None:
    """Every measure is a number, every share between 0 and 1, whatever the staff."""
    load = np.geomspace(0.01, 10_000, 13)[:, None]
    spare = np.array([-1e9, -30, -3, -1, -0.1, 0, 0.1, 1, 3, 30])[None, :]
    staff = np.maximum(0, np.round(load + spare * load**0.5))
    unit = times if isinstance(times, float) else times[-1] / len(times)
    found = performance(
        load * 3600 / unit, staff, times, patience_seconds=patience, within_seconds=20
    )
    for share in SHARES:
        values = getattr(found, share)
        assert ((values >= 0) & (values <= 1)).all(), share
    endless = (staff <= load) if patience is None else np.zeros(staff.shape, dtype=bool)
    for wait in (found.mean_wait_seconds, found.mean_wait_of_all_seconds):
        served = (staff > 0) & ~endless
        assert (np.isfinite(wait[served]) & (wait[served] >= 0)).all()
    assert np.isinf(found.mean_wait_of_all_seconds[endless]).all()


def test_nobody_there() -> None:
    """Without staff all are lost, or wait for ever; without customers all is well."""
    lost = performance(10, 0, 200, patience_seconds=60)
    assert (float(lost.abandonment), float(lost.service_level)) == (1, 0)
    assert float(lost.mean_wait_of_all_seconds) == 60
    forever = performance(10, 0, 200)
    assert (float(forever.abandonment), float(forever.service_level)) == (0, 0)
    assert np.isinf(forever.mean_wait_of_all_seconds)
    idle = performance(0, 0, 200)
    assert (float(idle.service_level), float(idle.occupancy)) == (1, 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"staff": 2.5}, "staff: expected whole numbers"),
        ({"staff": -1}, "staff: expected numbers of at least 0"),
        ({"arrivals_per_hour": float("nan")}, "arrivals_per_hour: expected numbers"),
        ({"handle_times_seconds": 0.0}, "handle_times_seconds: expected a number above 0"),
        ({"handle_times_seconds": []}, "handle_times_seconds: expected a number, or one for each"),
        ({"patience_seconds": -1.0}, "patience_seconds: expected numbers of at least 0"),
        ({"within_seconds": float("inf")}, "within_seconds: expected numbers"),
    ],
)
def test_what_is_no_queue_is_refused(change: dict[str, object], message: str) -> None:
    """A wrong argument is named, with what was found; nothing is computed from it."""
    given = {"arrivals_per_hour": 10.0, "staff": 2, "handle_times_seconds": 200.0, **change}
    with pytest.raises(ValueError, match=message):
        performance(**given)  # type: ignore[arg-type]
