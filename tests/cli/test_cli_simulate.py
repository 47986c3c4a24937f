"""`scheduler simulate`: verdicts, tables, files and bad input."""

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.io.text import write_text

STEP = 30


def small(**changes: Any) -> dict[str, Any]:
    """Two people, a morning of calls, a promise over the day."""
    return {
        "name": "small line",
        "horizon": {"start": "2026-03-02", "days": 2, "interval_minutes": STEP},
        "skills": ["calls", "desk"],
        "services": [
            {
                "id": "calls",
                "skill": "calls",
                "opening_hours": [{"start": "08:00", "end": "12:00"}],
                "demand": {
                    "kind": "arrivals",
                    "handle_time_seconds": 200,
                    "patience_seconds": 300,
                    "pattern": [{"start": "08:00", "end": "12:00", "arrivals": 6}],
                },
            }
        ],
        "floors": [
            {
                "kind": "service_level",
                "service": "calls",
                "target": 0.6,
                "within_seconds": 20,
                "scope": "day",
            }
        ],
        "templates": [{"id": "morning", "start": "08:00", "length": 240}],
        "contracts": [{"id": "c", "pay": {"hourly_rate": 20}}],
        "employees": [
            {"id": "Ada", "contract": "c", "skills": {"calls": 1.0}},
            {"id": "Bo", "contract": "c", "skills": {"calls": 1.0}},
        ],
        **changes,
    }


def shifts(*names: str, service: str = "calls") -> dict[str, Any]:
    """Give a schedule in which everybody named works both mornings."""
    return {
        "instance": "small line",
        "shifts": [
            {
                "employee": name,
                "day": f"2026-03-0{day}",
                "template": "morning",
                "start": f"2026-03-0{day}T08:00",
                "end": f"2026-03-0{day}T12:00",
                "work": [
                    {
                        "service": service,
                        "start": f"2026-03-0{day}T08:00",
                        "end": f"2026-03-0{day}T12:00",
                    }
                ],
            }
            for day in (2, 3)
            for name in names
        ],
    }


@pytest.fixture
def files(tmp_path: Path) -> Any:
    """Write an instance and a schedule."""

    def write(instance: dict[str, Any], schedule: dict[str, Any]) -> tuple[Path, Path]:
        paths = tmp_path / "instance.json", tmp_path / "schedule.json"
        for path, data in zip(paths, (instance, schedule), strict=True):
            write_text(path, json.dumps(data))
        return paths

    return write


def test_a_floor_that_holds_is_exit_0(run: Any, files: Any) -> None:
    """Verdict, promise, interval, formula and fates are told, day by day."""
    result = run("simulate", *files(small(), shifts("Ada", "Bo")), "--workers", 1)
    assert result.exit_code == 0, result.stderr
    for word in (
        "every hard floor on customers holds",
        "held in 2 of 2 days",
        "at least 60.0 % within 20 s",
        "100 replications",
        "Mon 2 Mar",
        "Tue 3 Mar",
        "Occupancy",
        "abandoned",
    ):
        assert word in result.stdout
    assert "\x1b" not in result.stdout


def test_a_floor_that_does_not_hold_is_exit_5(run: Any, files: Any) -> None:
    """One person alone cannot keep it, and the days are listed with what was met."""
    paths = files(small(), shifts("Ada"))
    result = run("simulate", *paths, "--replications", 30, "--workers", 1)
    assert result.exit_code == 5
    assert "a hard floor does not hold" in result.stdout
    assert "Where it is not held: Service level · calls" in result.stdout


def test_a_weighted_floor_has_its_price(run: Any, files: Any) -> None:
    """A broken promise that may be broken at a price is shown, and no reason for exit code 5."""
    floor = {**small()["floors"][0], "weight": 10}
    paths = files(small(floors=[floor]), shifts("Ada"))
    result = run("simulate", *paths, "--replications", 30, "--workers", 1)
    assert result.exit_code == 0
    assert "(weighted)" in result.stdout
    assert "not held in 2" in " ".join(result.stdout.split())


def test_one_replication_tells_nothing(run: Any, files: Any) -> None:
    """Without a confidence interval there is no verdict, and dashes instead of numbers."""
    paths = files(small(), shifts("Ada", "Bo"))
    result = run("simulate", *paths, "--replications", 1)
    assert result.exit_code == 0
    assert "cannot be told yet" in result.stdout


def test_a_response_holds_at_a_share(run: Any, files: Any) -> None:
    """Nothing is done in time by certainty: from which share on a response holds is an option."""
    floor = {"kind": "response", "service": "calls", "within_minutes": 60}
    paths = files(small(floors=[floor]), shifts("Ada"))
    few = ("--replications", 40, "--workers", 1)
    lenient = run("simulate", *paths, *few, "--response-share", 0.2)
    strict = run("simulate", *paths, *few, "--response-share", 1.0)
    assert (lenient.exit_code, strict.exit_code) == (0, 5)
    assert "at least 20.0 %" in lenient.stdout and "at least 100.0 %" in strict.stdout


def test_who_comes_back_comes_later(run: Any, files: Any) -> None:
    """The mean time until unresolved contacts return is an option; beyond the day they are lost."""
    service = {
        **small()["services"][0],
        "resolution": [{"share": 0.2}],
        "repeat_share": 0.9,
    }
    paths = files(small(services=[service]), shifts("Ada", "Bo"))
    offered = []
    for minutes in (1, 100_000):
        options = ("--repeat-minutes", minutes, "--replications", 20, "--workers", 1, "--json")
        result = run("simulate", *paths, *options)
        course = next(c for c in json.loads(result.stdout)["courses"] if c["scope"] == "horizon")
        offered.append(course["offered"])
    assert offered[0] > 1.5 * offered[1]


def test_json_tables_and_page(run: Any, files: Any, tmp_path: Path) -> None:
    """Programs get everything; files are written whole, with a row for each floor and period."""
    paths = files(small(), shifts("Ada", "Bo"))
    page, folder = tmp_path / "replay.html", tmp_path / "tables"
    options = ("--replications", 20, "--workers", 1, "--report", page, "--csv", folder)
    result = run("simulate", *paths, "--json", *options)
    told = json.loads(result.stdout)
    assert told["outcome"] == "held"
    assert {floor["when"] for floor in told["floors"]} == {"2026-03-02", "2026-03-03"}
    horizon = [course for course in told["courses"] if course["scope"] == "horizon"]
    assert horizon[0]["simulated"]["service_level"]["low"] > 0.6
    floors = (folder / "replay_floors.csv").read_text().splitlines()
    assert floors[0].startswith("service,kind,scope,when,measure,promised,simulated")
    assert len(floors) == 3
    assert len((folder / "replay_intervals.csv").read_text().splitlines()) == 1 + 16
    assert len((folder / "replay_days.csv").read_text().splitlines()) == 1 + 2
    text = page.read_text()
    assert "every hard floor" in text.lower()
    assert "replay-0-service_level" in text


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--no-show", "1.5", "not in the range"),
        ("--no-show", "-0.1", "not in the range"),
        ("--no-show", "nan", "expected a number"),
        ("--confidence", "1", "not in the range"),
        ("--confidence", "0", "not in the range"),
        ("--replications", "0", "not in the range"),
        ("--seed", "-1", "not in the range"),
        ("--workers", "0", "not in the range"),
        ("--routing", "random", "'planned', 'skills'"),
    ],
)
def test_options_out_of_range(run: Any, files: Any, option: str, value: str, said: str) -> None:
    """Each is named with what was expected."""
    result = run("simulate", *files(small(), shifts("Ada")), option, value)
    assert result.exit_code == 2
    assert said in result.stderr
    assert option in result.stderr


def _late(schedule: dict[str, Any]) -> None:
    for shift in schedule["shifts"]:
        shift["day"] = "2026-04-02"


def _twice(schedule: dict[str, Any]) -> None:
    schedule["shifts"] += schedule["shifts"]


def _outside(schedule: dict[str, Any]) -> None:
    schedule["shifts"][0]["work"][0]["end"] = "2026-03-02T13:00"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_late, "shifts[0].day: 2026-04-02 lies outside the horizon"),
        (_twice, "shifts[2]: another shift of 'Ada' lies in the same time"),
        (_outside, "shifts[0].work[0]: lies outside the shift"),
    ],
)
def test_a_schedule_that_makes_no_sense(run: Any, files: Any, change: Any, said: str) -> None:
    """Each fault is one line with its place, and nothing is played."""
    schedule = shifts("Ada")
    change(schedule)
    instance, plan = files(small(), schedule)
    result = run("simulate", instance, plan)
    assert result.exit_code == 2
    assert f"error: {plan}: {said}" in result.stderr
    assert result.stdout == ""


def test_a_schedule_of_another_instance(run: Any, files: Any) -> None:
    """People and services that are not there are named, with the nearest that are."""
    result = run("simulate", *files(small(), shifts("Adam", service="call")))
    assert result.exit_code == 2
    assert "shifts[0].employee: unknown employee 'Adam'; did you mean 'Ada'?" in result.stderr
    result = run("simulate", *files(small(), shifts("Ada", service="call")))
    assert "unknown service 'call'; did you mean 'calls'?" in result.stderr


def test_work_without_the_skill(run: Any, files: Any) -> None:
    """Nobody serves what they cannot."""
    people = [{"id": "Ada", "contract": "c", "skills": {"desk": 1.0}}, small()["employees"][1]]
    result = run("simulate", *files(small(employees=people), shifts("Ada")))
    assert result.exit_code == 2
    assert "shifts[0].work[0].service: 'Ada' lacks the skill 'calls'" in result.stderr


def test_nothing_to_play(run: Any, files: Any) -> None:
    """Where demand is a number of people there are no customers."""
    service = {**small()["services"][0]}
    service["demand"] = {
        "kind": "staff",
        "pattern": [{"start": "08:00", "end": "12:00", "staff": 1}],
    }
    floors = [{"kind": "coverage", "service": "calls"}]
    result = run("simulate", *files(small(services=[service], floors=floors), shifts("Ada")))
    assert result.exit_code == 2
    assert "services: no service has arrivals" in result.stderr


def test_one_of_two_files_can_come_from_a_pipe(run: Any, files: Any) -> None:
    """`-` is standard input, for one of the two."""
    instance, schedule = files(small(), shifts("Ada", "Bo"))
    few = ("--replications", 5, "--workers", 1)
    assert run("simulate", "-", schedule, *few, stdin=instance.read_text()).exit_code == 0
    assert run("simulate", "-", "-", stdin="").exit_code == 2


VERIFY = ("--verify-by-simulation", "--replications", 40, "--workers", 1, "--time-limit", 30)


def test_solve_can_verify(run: Any, files: Any, tmp_path: Path) -> None:
    """The rounds are told, and what is written holds in a replay."""
    flexible = [{"id": "any", "start": "08:00", "length": {"min_minutes": 180, "max_minutes": 240}}]
    instance, _ = files(small(templates=flexible), shifts())
    plan = tmp_path / "plan.json"
    result = run("solve", instance, *VERIFY, "-o", plan)
    assert result.exit_code == 0, result.stderr
    assert "Round 1: cost" in result.stdout
    assert "every hard access floor holds" in " ".join(result.stdout.split())
    assert run("simulate", instance, plan, "--workers", 1, "--seed", 5).exit_code == 0


def test_solve_that_cannot_verify_is_exit_4(run: Any, files: Any, tmp_path: Path) -> None:
    """No schedule is written; the reason is told, and the bound of the instance."""
    floor = {**small()["floors"][0], "target": 0.87}
    instance, _ = files(small(floors=[floor]), shifts())
    plan = tmp_path / "plan.json"
    result = run("solve", instance, *VERIFY, "--confidence", 0.9999, "-o", plan)
    assert result.exit_code == 4
    told = " ".join(result.stderr.split())
    assert "no schedule found whose floors hold in a replay" in told
    assert "Round 1: cost" in told
    assert not plan.exists()


def test_options_of_a_replay_are_for_replays(run: Any, files: Any) -> None:
    """A confidence without a replay would mean nothing; the order of options does not matter."""
    instance, _ = files(small(), shifts())
    result = run("solve", instance, "--confidence", 0.9)
    assert result.exit_code == 2
    assert "is for --verify-by-simulation" in result.stderr
    found = run("solve", instance, "--confidence", 0.9, *VERIFY)
    assert found.exit_code == 0
