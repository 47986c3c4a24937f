"""The page of a replay: verdicts, figures with bands, tables; and in a browser, nothing wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_report_browser import BROWSER, opened

from scheduler import Instance, Replay, Schedule, simulate
from scheduler.report.replay_exports import write_replay
from scheduler.report.replay_page import replay_html

MORNING = {"start": "08:00", "end": "12:00"}
ODD = "calls <script>alert(1)</script>"


@pytest.fixture(scope="module")
def replay() -> Replay:
    """Play two mornings of a line with an awkward name, with one person and a gap between."""
    days = ("2026-03-02", "2026-03-03")
    demand = {
        "kind": "arrivals",
        "handle_time_seconds": 200,
        "pattern": [{**MORNING, "arrivals": 5}],
    }
    level = {"kind": "service_level", "service": ODD, "target": 0.9, "within_seconds": 20}
    instance = Instance.model_validate(
        {
            "name": "a line",
            "horizon": {"start": days[0], "days": 2, "interval_minutes": 30},
            "skills": ["calls"],
            "services": [
                {"id": ODD, "skill": "calls", "opening_hours": [MORNING], "demand": demand}
            ],
            "floors": [{**level, "scope": "day"}],
            "templates": [{"id": "morning", "start": "08:00", "length": 240}],
            "contracts": [{"id": "c", "pay": {"hourly_rate": 20}}],
            "employees": [
                {"id": name, "contract": "c", "skills": {"calls": 1}} for name in ("Ada", "Bo")
            ],
        }
    )
    times = [{"start": f"{day}T08:00", "end": f"{day}T12:00"} for day in days]
    shifts = [
        {"employee": "Ada", "day": day, "template": "morning", **t, "work": [{"service": ODD, **t}]}
        for day, t in zip(days, times, strict=True)
    ]
    return simulate(
        instance, Schedule.model_validate({"shifts": shifts}), replications=20, workers=1
    )


def test_the_page_says_what_was_found(replay: Replay) -> None:
    """Verdict, promise and what was found stand in it, and names stay text."""
    page = replay_html(replay)
    body = page.partition("<body>")[2]
    for text in (
        "A hard floor does not hold in the replay",
        "at least 90.0 % within 20 s",
        "✗ not held",
        "Mon 2 Mar",
        "All intervals",
        "20 replications",
        "&lt;script&gt;alert(1)",
    ):
        assert text in body
    assert "<script>alert" not in body


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")
def test_the_figures_of_a_replay_are_drawn(replay: Replay, tmp_path: Path) -> None:
    """Every figure becomes an image, and the console stays empty."""
    (page,) = write_replay(replay, report=str(tmp_path / "page.html"), folder=None)
    document, console = opened(page)
    assert console == ""
    assert document.count('role="img"') == 4
    assert document.count('<svg class="main-svg"') >= 4
