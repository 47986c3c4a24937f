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
WHILE_SCIP_SOLVES = """
import os, signal, threading
import numpy as np
import scipy.sparse
from scheduler.engine.linear import Linear, solve_whole
from scheduler.engine.outcome import Interrupt
from scheduler.terminal.signals import stopping_on_signals

draw, size, rows = np.random.default_rng(0), 300, 60
matrix = scipy.sparse.csr_array(draw.integers(1, 60, (rows, size)).astype(float))
most = matrix.sum(axis=1) / 2 - 0.5
cost = -draw.integers(20, 60, size).astype(float)
hard = Linear(matrix, np.full(rows, -np.inf), most, np.zeros(size), np.ones(size), cost)
interrupt = Interrupt()
threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
with stopping_on_signals(interrupt):
    solve_whole(hard, interrupt, 1.5, 1e-9)
print("heard" if interrupt.is_set() else "lost")
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


def test_scip_leaves_ctrl_c_to_the_caller() -> None:
    """A signal while whole people are told what to serve is no less a signal: it was lost there."""
    heard = subprocess.run(
        [sys.executable, "-c", WHILE_SCIP_SOLVES], capture_output=True, text=True, timeout=30
    )
    assert heard.stdout == "heard\n", heard.stderr
