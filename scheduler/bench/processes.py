"""Running a job in its own process: its limits, its memory, and how it may end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from ..engine.outcome import Interrupt
from ..models.result import TracePoint
from .job import Job

COMMAND = (sys.executable, "-m", "scheduler.bench.job")
POLL_SECONDS = 0.05
LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, and what it said."""

    result: dict[str, Any]
    """What was solved and its result, or a status of failure with its message."""
    trace: tuple[TracePoint, ...]
    peak_mb: float | None
    seconds: float


def run_process(job: Job, grace: float, interrupt: Interrupt) -> Ended | None:
    """Run a job to its end, or kill it.

    Parameters
    ----------
    grace
        Seconds beyond the job's own limit after which it is killed: a timeout.
    interrupt
        Once it is set the process is killed.

    Returns
    -------
    None if it was interrupted.
    """
    with tempfile.TemporaryFile("w+") as told, tempfile.TemporaryFile("w+") as errors:
        started = time.monotonic()
        process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=told,
            stderr=errors,
            text=True,
            start_new_session=True,  # Ctrl-C is for the runner, which knows what to do
        )
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:
            stream.write(job.to_json())
        try:
            code, peak, late = _wait(process, started + job.time_limit + grace, interrupt)
        finally:
            _kill(process)
        if interrupt.is_set():
            return None
        about, result, trace = _told(told)
        if result is None:
            status = "timeout" if late else "crash"
            message = f"killed after {time.monotonic() - started:.0f} s" if late else ""
            result = {"status": status, "message": message or _why(code, errors)}
        return Ended(about | result, trace, peak, time.monotonic() - started)


def _wait(
    process: subprocess.Popen[str], until: float, interrupt: Interrupt
) -> tuple[int, float | None, bool]:
    """Wait for the end; give exit code, peak memory in megabytes, and whether it came too late."""
    late = False
    while True:
        if hasattr(os, "wait4"):
            found, status, usage = os.wait4(process.pid, os.WNOHANG)
            if found:
                process.returncode = os.waitstatus_to_exitcode(status)
                unit = 1024**2 if sys.platform == "darwin" else 1024
                return process.returncode, usage.ru_maxrss / unit, late
        elif process.poll() is not None:
            return process.returncode, None, late
        if not late and (interrupt.is_set() or time.monotonic() > until):
            late = True
            process.kill()
        time.sleep(POLL_SECONDS)


def _kill(process: subprocess.Popen[str]) -> None:
    """End the process, and those that it started, if it still runs."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.returncode is None:
        process.kill()
        process.wait()


def _told(
    stream: IO[str],
) -> tuple[dict[str, Any], dict[str, Any] | None, tuple[TracePoint, ...]]:
    """Read what was solved, the result, if there is one, and the course: its own, or as told."""
    stream.seek(0)
    about: dict[str, Any] = {}
    result: dict[str, Any] | None = None
    points: list[list[Any]] = []
    for line in stream:
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            break  # it was killed while it wrote
        if "point" in event:
            points.append(event["point"])
        elif "about" in event:
            about = event["about"]
        else:
            result = event["result"]
    if result is not None:
        points = result.pop("trace", points)
    return about, result, tuple(_point(*point) for point in points)


def _point(seconds: float, cost: str | None, bound: str | None) -> TracePoint:
    known = (None if value is None else Decimal(value) for value in (cost, bound))
    return TracePoint(seconds, *known)


def _why(code: int, errors: IO[str]) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}"
    errors.seek(0)
    lines = [line.strip() for line in errors if line.strip()]
    return (lines[-1] if lines else f"exit code {code}")[:LONGEST_MESSAGE]
