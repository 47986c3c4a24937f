"""One run in a process of its own, so that a crash or a lack of memory ends only that run.

``python -m scheduler.bench.job`` takes a job as JSON on standard input, and writes one JSON object
a line to standard output: first what is solved, then points of the course as they come, and at the
end the result.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from ..checking import check
from ..errors import InputError
from ..io.files import to_json, write_schedule
from ..io.text import write_text
from ..models.design import Design, DesignProblem
from ..models.instance import Instance
from ..models.result import Result, TracePoint
from ..models.schedule import ScheduleFile
from .digests import digest_of
from .peers import PEERS
from .source import Source


@dataclass(frozen=True, slots=True)
class Job:
    """What to solve, and how."""

    suite: str
    source: Source
    engine: str
    """An engine of ours, or a peer."""
    time_limit: float
    seed: int
    workers: int
    schedule: str | None = None
    """Where to write the schedule."""

    def to_json(self) -> str:
        """Give what the process reads."""
        return json.dumps({**asdict(self), "source": self.source.to_json()})

    @classmethod
    def of_json(cls, text: str) -> Job:
        """Take what `to_json` gave."""
        data = json.loads(text)
        return cls(**{**data, "source": Source.of_json(data["source"])})


class _Teller:
    """Writes events; from any thread."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def tell(self, **event: Any) -> None:
        """Write one line."""
        with self._lock:
            self._stream.write(json.dumps(event, default=str) + "\n")
            self._stream.flush()

    def point(self, point: TracePoint) -> None:
        """Write a point of the course."""
        self.tell(point=[point.seconds, point.cost, point.bound])


def perform(job: Job, teller: _Teller) -> dict[str, Any]:
    """Load and solve an instance, and say what came of it."""
    try:
        problem = job.source.load_any()
        teller.tell(about=_about(problem))
        if isinstance(problem, DesignProblem):
            return _by_designing(job, problem, teller)
        if job.engine in PEERS:
            return _by_peer(job, problem)
        return _by_us(job, problem, teller)
    except InputError as error:
        return {"status": "bad_input", "message": str(error).splitlines()[0]}


def _by_us(job: Job, instance: Instance, teller: _Teller) -> dict[str, Any]:
    from ..solving import solve

    result = solve(
        instance,
        time_limit=job.time_limit,
        seed=job.seed,
        workers=job.workers,
        engine=job.engine,  # type: ignore[arg-type]
        on_progress=lambda progress: teller.point(progress.point),
    )
    if job.schedule is not None and result.schedule is not None:
        write_schedule(result, Path(job.schedule))
    return _outcome(result)


def _by_designing(job: Job, problem: DesignProblem, teller: _Teller) -> dict[str, Any]:
    from ..designing.drafting import design

    found = design(
        problem,
        time_limit=job.time_limit,
        seed=job.seed,
        workers=job.workers,
        on_progress=lambda progress: teller.point(progress.point),
    )
    return _outcome(found)


def _outcome(result: Result | Design) -> dict[str, Any]:
    size = result.size if isinstance(result, Result) else None
    rejected = result.stop_reason == "rejected_by_checker" and result.report is not None
    times = [point.seconds for point in result.trace if point.cost is not None]
    found: dict[str, Any] = {
        "status": result.status,
        "stop_reason": result.stop_reason,
        "cost": result.objective,
        "bound": result.bound,
        "seconds": result.seconds,
        "first_seconds": times[0] if times and result.objective is not None else None,
        "variables": size.variables if size else None,
        "constraints": size.constraints if size else None,
        "trace": [[p.seconds, p.cost, p.bound] for p in result.trace],
    }
    if result.report is not None:
        found["violations"] = len(result.report.violations)
        if rejected:
            found |= {"status": "violations", "violating_cost": result.report.objective}
    return found


def _by_peer(job: Job, instance: Instance) -> dict[str, Any]:
    """Let a peer work, and judge what it hands back like anybody's schedule."""
    answer = PEERS[job.engine](instance, job.time_limit, job.seed, job.workers)
    found: dict[str, Any] = {
        "status": "unknown",
        "stop_reason": answer.stop_reason,
        "seconds": answer.seconds,
        "message": answer.message,
    }
    if answer.schedule is None:
        return found
    report = check(instance, answer.schedule)
    if job.schedule is not None:
        kept = ScheduleFile(instance=instance.name, shifts=answer.schedule.shifts)
        write_text(job.schedule, to_json(kept.model_dump(mode="json")))
    found["violations"] = len(report.violations)
    if report.ok:
        return found | {"status": "feasible", "cost": report.objective}
    kinds: dict[str, int] = {}
    for violation in report.violations:
        kinds[violation.kind] = kinds.get(violation.kind, 0) + 1
    broken = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    message = "; ".join(filter(None, (answer.message, f"broken: {broken}")))
    cost = report.objective
    return found | {"status": "violations", "violating_cost": cost, "message": message}


def _about(problem: Instance | DesignProblem) -> dict[str, Any]:
    """Say what is solved; it is known of runs that crash, too."""
    found: dict[str, Any] = {"digest": digest_of(problem)}
    if isinstance(problem, DesignProblem):
        return found | {"days": problem.days, "interval_minutes": problem.interval_minutes}
    horizon = problem.horizon
    size = {"days": horizon.days, "interval_minutes": horizon.interval_minutes}
    return found | {"people": len(problem.employees), **size}


def peak_mb() -> float | None:
    """Give the most memory that this process ever had, in megabytes; None where nobody knows.

    The system's account of a child process begins with the memory of its parent; this one does not.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return None if found is None else round(int(found[1]) / 1024, 1)


def main() -> None:
    """Perform the job on standard input."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as stream:
        os.dup2(2, 1)  # whatever a library prints goes to the errors
        teller = _Teller(stream)
        found = perform(Job.of_json(sys.stdin.read()), teller)
        teller.tell(result={**found, "peak_mb": peak_mb()})


if __name__ == "__main__":
    main()
