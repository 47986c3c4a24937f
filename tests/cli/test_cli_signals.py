"""Ctrl-C and SIGTERM: the best schedule so far is kept."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TELL_WHEN_FOUND = """
import sys
from scheduler.cli import main
from scheduler.terminal.progress import ProgressLine

def update(self, progress):
    if progress.point.cost is not None:
        print("found", file=sys.stderr, flush=True)

ProgressLine.update = update
main()
"""
NEVER_STOP = """
import sys, time
from scheduler import solving
from scheduler.cli import main

def solve(*_, **__):
    print("found", file=sys.stderr, flush=True)
    time.sleep(60)

solving.solve = solve
main()
"""


@pytest.fixture
def long(bakery: dict[str, Any], tmp_path: Path) -> Path:
    """Make a bakery that gets a schedule at once and a proof not for a long time."""
    bakery["horizon"]["days"] = 7
    bakery["floors"][0]["weight"] = 35
    one = bakery["employees"][0]
    bakery["employees"] = [
        {**one, "id": f"P{i}", "skills": {"counter": 0.8 + i / 100}} for i in range(12)
    ]
    path = tmp_path / "long.json"
    path.write_text(json.dumps(bakery))
    return path


def start(driver: str, instance: Path, output: Path) -> subprocess.Popen[str]:
    """Start a solve, and wait until there is a schedule to lose."""
    command = [sys.executable, "-c", driver, "solve", str(instance), "-o", str(output)]
    process = subprocess.Popen(
        [*command, "--time-limit", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "found\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_keeps_the_best(long: Path, number: signal.Signals) -> None:
    """Stopping a solve loses nothing: exit 0, with a file that says it was interrupted."""
    output = long.with_name("schedule.json")
    process = start(TELL_WHEN_FOUND, long, output)
    process.send_signal(number)
    stdout, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    written = json.loads(output.read_text())
    assert written["stop_reason"] == "interrupted"
    assert "interrupted" in stdout


def test_the_second_signal_aborts_at_once(long: Path) -> None:
    """Who presses Ctrl-C twice wants out, and leaves the old file as it was."""
    output = long.with_name("schedule.json")
    output.write_text("yesterday")
    process = start(NEVER_STOP, long, output)
    process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=5)
    assert process.returncode == 130
    assert output.read_text() == "yesterday"
