"""Calls pyworkforce; runs in an interpreter of its own, and knows nothing of the rest.

Takes a problem as JSON on standard input: coverage by shift, heads by day and period, people,
hours, and shifts that nobody may follow with another. Gives shifts by person and day.
"""

import contextlib
import json
import sys
import time
from typing import Any


def solve(problem: dict[str, Any]) -> dict[str, Any]:
    """Count shifts day by day, then name who works them."""
    from pyworkforce.rostering import MinHoursRoster  # type: ignore[import-untyped]
    from pyworkforce.scheduling import MinRequiredResources  # type: ignore[import-untyped]

    started = time.perf_counter()
    people = len(problem["people"])
    counts = MinRequiredResources(
        num_days=len(problem["heads"]),
        periods=len(problem["heads"][0]),
        shifts_coverage=problem["coverage"],
        required_resources=problem["heads"],
        max_period_concurrency=people,
        max_shift_concurrency=people,
        cost_dict=problem["cost"],
        max_search_time=problem["seconds"] / 2,
        num_search_workers=problem["workers"],
    ).solve()
    if counts["status"] not in ("OPTIMAL", "FEASIBLE"):
        return {"stop": f"shift counts {counts['status'].lower()}", "shifts": None}
    required = {shift: [0] * len(problem["heads"]) for shift in problem["coverage"]}
    for entry in counts["resources_shifts"]:
        required[entry["shift"]][entry["day"]] = entry["resources"]
    used = [shift for shift, days in required.items() if any(days)]
    left = problem["seconds"] - (time.perf_counter() - started)
    roster = MinHoursRoster(
        num_days=len(problem["heads"]),
        resources=problem["people"],
        shifts=used,
        shifts_hours=[problem["cost"][shift] for shift in used],
        min_working_hours=0,
        max_resting=len(problem["heads"]),
        non_sequential_shifts=[
            {"origin": origin, "destination": destination}
            for origin, destination in problem["not_after"]
            if origin in used and destination in used
        ],
        banned_shifts=[
            {"resource": person, "shift": shift, "day": day}
            for person, shift, day in problem["banned"]
            if shift in used
        ],
        required_resources={shift: required[shift] for shift in used},
        max_search_time=max(left, 0.1),
        num_search_workers=problem["workers"],
    ).solve()
    if roster["status"] not in ("OPTIMAL", "FEASIBLE"):
        return {"stop": f"roster {roster['status'].lower()}", "shifts": None}
    shifts = [(e["resource"], e["day"], e["shift"]) for e in roster["resource_shifts"]]
    return {"stop": f"roster {roster['status'].lower()}", "shifts": shifts}


def main() -> None:
    """Solve the problem on standard input; nothing but the answer goes to standard output."""
    with contextlib.redirect_stdout(sys.stderr):
        answer = solve(json.load(sys.stdin))
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
