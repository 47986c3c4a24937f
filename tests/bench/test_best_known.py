"""Tables of best known results: broken and impossible ones are refused, and they only improve."""

import csv
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from scheduler import InputError
from scheduler.bench.best_known import Found, Known, read_best_known, refuse_impossible
from scheduler.bench.improving import add_to_history, history_of, improved, write_best_known
from scheduler.bench.own import TEAMS

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "instances" / "suite"


def _table(folder: Path, text: str) -> Path:
    path = folder / "best.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_both_ways_of_naming_columns_are_read(tmp_path: Path) -> None:
    """Our tables and those of public sets say the same."""
    ours = _table(tmp_path, "instance,status,cost,bound,proved\na,feasible,10,8,no\n")
    found = read_best_known(ours)
    theirs = "instance,lower_bound,upper_bound,proven_optimal,source\na,8,10,no,somebody\n"
    assert read_best_known(_table(tmp_path, theirs)) == found
    assert found == {"a": Known(Decimal(10), Decimal(8), where="line 2")}


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("a,5,6,no", 2, "claims a cost of 5, below its own bound 6"),
        ("a,5,4,yes", 2, "cost 5 and bound 4 differ"),
        ("a,five,,no", 2, "cost: expected a number, found 'five'"),
        ("a,nan,,no", 2, "cost: expected a number, found 'nan'"),
        ("a,5,,no\na,6,,no", 3, "'a' stands in line 2 already"),
        (",5,,no", 2, "no instance"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, rows: str, line: int, words: str) -> None:
    """Each fault comes with its line."""
    with pytest.raises(InputError) as caught:
        read_best_known(_table(tmp_path, f"instance,cost,bound,proved\n{rows}\n"))
    (fault,) = caught.value.faults
    assert fault.path == f"line {line}" and words in fault.message


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """Whoever misspells a heading is told which one."""
    with pytest.raises(InputError, match=r"line 1: no column 'cost'; did you mean 'costs'\?"):
        read_best_known(_table(tmp_path, "instance,costs,bound\n"))


def test_what_was_proved_beats_what_is_claimed() -> None:
    """A cost below a proved bound, a bound above a checked cost, a schedule of the infeasible."""
    known = {
        "a": Known(cost=Decimal(5), where="line 2"),
        "b": Known(bound=Decimal(9), where="line 3"),
        "c": Known(infeasible=True, where="line 4"),
        "d": Known(Decimal(5), Decimal(5), where="line 5"),
    }
    bounds = {"a": Found(Decimal(6), "me"), "d": Found(Decimal(5), "me")}
    costs = {name: Found(Decimal(8), "me") for name in "bc"} | {"d": Found(Decimal(5), "me")}
    with pytest.raises(InputError) as caught:
        refuse_impossible("best.csv", known, bounds, costs)
    said = [str(fault) for fault in caught.value.faults]
    assert said[0] == "line 2: 'a' claims a cost of 5, below the bound 6 proved by me"
    assert said[1] == "line 3: 'b' claims a bound of 9, above the cost 8 found by me"
    assert said[2].startswith("line 4: 'c' claims that it is infeasible; me has a schedule")
    assert len(said) == 3


def test_only_what_is_better_is_taken_over() -> None:
    """A worse cost or bound never replaces a better one."""
    known = {"a": Known(Decimal(10), Decimal(8))}
    found = [
        ("a", Known(Decimal(11), Decimal(7)), "worse"),
        ("a", Known(Decimal(10), Decimal(8)), "same"),
        ("a", Known(Decimal(9), None), "cheaper"),
        ("b", Known(None, Decimal(3)), "new"),
    ]
    table, news = improved(known, found)
    assert table["a"] == Known(Decimal(9), Decimal(8))
    assert table["b"] == Known(None, Decimal(3))
    assert [(entry.by, entry.what) for entry in news] == [("cheaper", "cost"), ("new", "bound")]


def test_a_table_and_its_history_survive_writing(tmp_path: Path) -> None:
    """What is written is read again, and the history only grows."""
    path = tmp_path / "best.csv"
    known = {"a": Known(Decimal("9.50"), Decimal("9.50")), "b": Known(infeasible=True)}
    write_best_known(path, known)
    again = read_best_known(path)
    assert again["a"].is_proved and again["b"].is_proved
    assert again["a"].cost == Decimal("9.50") and again["b"].cost is None
    for by in ("first", "second"):
        _, news = improved({}, [("a", Known(Decimal(1)), by)])
        add_to_history(path, news)
    lines = history_of(path).read_text(encoding="utf-8").splitlines()
    assert lines == ["instance,what,value,by", "a,cost,1,first", "a,cost,1,second"]


def _history() -> list[dict[str, str]]:
    with history_of(SUITE / "best_known.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_suite_has_a_cost_for_every_team() -> None:
    """The planted schedule is one, so none is unknown; and no bound lies above its cost."""
    known = read_best_known(SUITE / "best_known.csv")
    assert set(known) == {plan.name for plan in TEAMS}
    assert all(entry.cost is not None for entry in known.values())


def test_every_entry_of_the_history_is_better_than_the_one_before() -> None:
    """Costs fall and bounds rise, and the table has the last of each."""
    last: dict[tuple[str, str], Decimal] = {}
    for entry in _history():
        key, value = (entry["instance"], entry["what"]), Decimal(entry["value"])
        if key in last:
            better = value < last[key] if entry["what"] == "cost" else value > last[key]
            assert better, entry
        last[key] = value
    for name, known in read_best_known(SUITE / "best_known.csv").items():
        assert known.cost == last.get((name, "cost"))
        assert known.bound == last.get((name, "bound"))


def test_nothing_gets_worse_than_what_is_committed() -> None:
    """Whoever edits the table by hand cannot take a good result away."""
    path = "instances/suite/best_known_history.csv"
    show = ["git", "-C", str(ROOT), "show", f"HEAD:{path}"]
    try:
        done = subprocess.run(show, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no git")
    if done.returncode:
        pytest.skip("the history is not committed here")
    committed = list(csv.DictReader(done.stdout.splitlines()))
    assert _history()[: len(committed)] == committed
