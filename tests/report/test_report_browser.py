"""The page in a browser: figures are drawn, and nothing goes wrong."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scheduler import Result
from scheduler.report.exports import write_report

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")


def opened(page: Path) -> tuple[str, str]:
    """Open a page, and give the document after its scripts have run, and the console."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000")
    profile = f"--user-data-dir={page.parent / 'profile'}"
    done = subprocess.run(
        [str(BROWSER), *options, profile, "--enable-logging=stderr", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout, "\n".join(re.findall(r".*CONSOLE.*", done.stderr))


def test_the_figures_are_drawn(solved: Result, tmp_path: Path) -> None:
    """Every figure becomes an image, names stay text, and the console stays empty."""
    document, console = opened(write_report(solved, tmp_path / "page.html"))
    assert console == ""
    figures = document.count('role="img"')
    assert figures == 4
    assert document.count('<svg class="main-svg"') >= figures
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in document
    assert "<script>alert" not in document
    assert document.count('class="point"') > len(solved.to_frame())


def test_a_page_without_a_schedule_opens(infeasible: Result, tmp_path: Path) -> None:
    """What is known is drawn there too."""
    document, console = opened(write_report(infeasible, tmp_path / "page.html"))
    assert console == ""
    assert '<svg class="main-svg"' in document


def test_the_console_would_tell(tmp_path: Path) -> None:
    """The two tests above can fail: an error on a page does arrive here."""
    page = tmp_path / "page.html"
    page.write_text("<script>nonsense()</script>")
    assert "nonsense is not defined" in opened(page)[1]
