"""The page of a benchmark in a browser: every figure is drawn, and nothing goes wrong."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from report.test_report_browser import BROWSER, opened

from scheduler.bench.comparing import open_book
from scheduler.bench.page import runs_html
from scheduler.bench.runs import Run, RunFile
from scheduler.models.result import TracePoint

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")


def test_the_figures_are_drawn(tmp_path: Path) -> None:
    """Three profiles, the mean course and those of the instances; names stay text."""
    file = RunFile(tmp_path / "r.csv")
    file.open()
    run = Run("s", "<b>one</b>", "auto", 10.0, 0, "feasible", cost=Decimal(110), bound=Decimal(90))
    trace = (TracePoint(1, Decimal(150), Decimal(50)), TracePoint(3, Decimal(110), Decimal(90)))
    file.add(run, trace)
    file.add(replace(run, engine="exact", instance="two", cost=Decimal(100)), trace)
    file.add(replace(run, instance="two", status="crash", cost=None, bound=None), ())
    page = tmp_path / "page.html"
    page.write_text(runs_html(open_book([file.path])), encoding="utf-8")
    document, console = opened(page)
    assert console == ""
    assert document.count('role="img"') == 5
    assert document.count('<svg class="main-svg"') >= 5
    assert "<b>one</b>" not in document
