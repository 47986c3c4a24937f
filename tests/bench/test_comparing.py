"""Comparisons: what is counted apart, what averages leave out, and two runs side by side."""

from decimal import Decimal
from pathlib import Path

import pytest

from scheduler import InputError
from scheduler.bench.comparing import Average, lines, open_book
from scheduler.bench.page import runs_html
from scheduler.bench.runs import Run, RunFile
from scheduler.bench.telling import duel, duel_score, instance_row, peer_rows, summary_row
from scheduler.models.result import TracePoint


def _run(instance: str, status: str, cost: int | None = None, **fields: object) -> Run:
    money = None if cost is None else Decimal(cost)
    bound = fields.pop("bound", None)
    proved = None if bound is None else Decimal(str(bound))
    about = {"engine": "auto", "seed": 0, **fields}
    return Run("mine", instance, time_limit=10.0, status=status, cost=money, bound=proved, **about)  # type: ignore[arg-type]


RUNS = (
    _run("a", "optimal", 100, bound=100, seconds=2.0, first_seconds=1.0),
    _run("b", "feasible", 120, bound=90, seconds=10.0, first_seconds=4.0),
    _run("c", "unknown", bound=50, seconds=10.0),
    _run("d", "infeasible", seconds=0.1),
    _run("e", "timeout", message="killed after 40 s"),
    _run("f", "crash", message="killed by SIGSEGV"),
    _run("g", "bad_input", message="empty"),
    _run("h", "violations", violations=3, violating_cost=Decimal(70), message="broken: x 3"),
)
KNOWN = "instance,cost,bound\na,100,100\nb,100,95\nc,80,60\n"


def _file(path: Path, *runs: Run) -> Path:
    file = RunFile(path)
    file.open()
    for run in runs:
        trace = [] if run.cost is None else [TracePoint(run.first_seconds or 1.0, run.cost, None)]
        file.add(run, tuple(trace))
    return path


@pytest.fixture
def known(tmp_path: Path) -> str:
    path = tmp_path / "known.csv"
    path.write_text(KNOWN, encoding="utf-8")
    return str(path)


def test_ends_are_counted_apart(tmp_path: Path, known: str) -> None:
    """Failures, timeouts, infeasible and broken ones are columns of their own."""
    book = open_book([_file(tmp_path / "r.csv", *RUNS)], known)
    (line,) = lines(book, lambda name, run: (name, run.suite, run.engine, "10"))
    cells = summary_row(line)
    assert cells[:12] == ("r", "mine", "auto", "10", "8", "2", "1", "1", "1", "1", "1", "2")
    assert line.own_gap == Average(pytest.approx((0 + 0.25) / 2), 2, 6)
    assert line.known_gap == Average(pytest.approx((0 + 20 / 120) / 2), 2, 6)
    assert cells[12] == "12.50% (6 left out)"


def test_integrals_use_the_best_known_cost(tmp_path: Path, known: str) -> None:
    """`a` waits a second, `b` four and is a sixth off for six; `c` finds nothing in ten."""
    book = open_book([_file(tmp_path / "r.csv", *RUNS[:3])], known)
    rows = {line.about: line for line in lines(book, lambda _, run: (run.instance,))}
    assert rows["a",].integral.value == pytest.approx(1)
    assert rows["b",].integral.value == pytest.approx(4 + 6 * 20 / 120)
    assert rows["c",].integral.value == 10
    assert "1 none found" in instance_row(rows["c",])[-1]


def test_seeds_are_summed_up_by_their_median(tmp_path: Path, known: str) -> None:
    """Three seeds are one line; a seed without a schedule is the worst of its gaps and costs."""
    runs = [_run("b", "feasible", cost, bound=99, seed=i) for i, cost in enumerate((132, 110))]
    book = open_book([_file(tmp_path / "r.csv", *runs, _run("b", "unknown", seed=2))], known)
    (line,) = lines(book, lambda _, run: (run.instance,))
    assert (line.cost, line.runs, line.solved) == (Decimal(132), 3, 2)
    assert (line.gap, line.to_best) == (pytest.approx(0.25), pytest.approx(32 / 132))
    assert line.own_gap == Average(pytest.approx((0.25 + 0.1) / 2), 2, 1)


def test_a_table_that_runs_contradict_is_refused(tmp_path: Path, known: str) -> None:
    """Either the claim or the proof is wrong, and nobody should go on with both."""
    path = _file(tmp_path / "r.csv", _run("b", "feasible", 130, bound=101, seed=2))
    with pytest.raises(InputError) as caught:
        open_book([path], known)
    assert str(caught.value) == (
        f"{known}: line 3: 'b' claims a cost of 100, below the bound 101 proved by r "
        "(auto, 10 s, seed 2)"
    )


def test_a_suite_without_a_table_is_compared_with_itself(tmp_path: Path) -> None:
    """The best of the runs stands in, and the page says that nothing else is known."""
    runs = [_run("b", "feasible", cost, seed=i) for i, cost in enumerate((130, 110))]
    book = open_book([_file(tmp_path / "r.csv", *runs)])
    assert book.best(("mine", "b")) == 110
    assert "--best-known" in book.absent[0]
    (line,) = lines(book, lambda _, run: (run.instance,))
    assert line.known_gap == Average(None, 0, 2)


def test_two_runs_side_by_side(tmp_path: Path, known: str) -> None:
    """Who is cheaper how often; what is on one side only is not compared."""
    one = _file(tmp_path / "one.csv", *RUNS[:3])
    other = _file(
        tmp_path / "two.csv", _run("a", "feasible", 110), _run("b", "feasible", 108), RUNS[7]
    )
    book = open_book([one, other], known)
    rows = duel(book)
    assert [row[0] for row in rows] == ["a", "b"]
    assert rows[1][3:6] == ("120.00", "108.00", "0.9000")
    assert duel_score(book) == (
        "of 2 in both: two cheaper 1, one cheaper 1, equal 0, without a cost on a side 0"
    )


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """`old/run.csv` and `new/run.csv` are two; the same file twice is one."""
    paths = []
    for folder, run in (("new", RUNS[1]), ("old", _run("b", "feasible", 130))):
        (tmp_path / folder).mkdir()
        paths.append(_file(tmp_path / folder / "run.csv", run))
    book = open_book(paths)
    assert book.files == (str(tmp_path / "new" / "run"), str(tmp_path / "old" / "run"))
    assert [row[3:5] for row in duel(book)] == [("120.00", "130.00")]
    assert open_book([paths[0], paths[0]]).files == ("run",)
    assert len(open_book([paths[0], paths[0]]).runs) == 1


def test_peers_are_told_with_what_the_checker_found(tmp_path: Path) -> None:
    """The cost of a broken schedule stands in brackets."""
    book = open_book([_file(tmp_path / "r.csv", RUNS[0], RUNS[7])])
    good, broken = peer_rows(book)
    assert good[3] == "100.00" and good[-1] == "nothing violated (optimal)"
    assert broken[3] == "(70.00)" and broken[-1] == "3 violations: broken: x 3"


def test_the_page_has_everything(tmp_path: Path, known: str) -> None:
    """Summary, three profiles, both kinds of courses, and every instance; nothing is loaded."""
    harmful = _run("<script>alert(1)</script>", "feasible", 90)
    one = _file(tmp_path / "one.csv", *RUNS, harmful)
    other = _file(tmp_path / "two.csv", _run("a", "feasible", 110))
    page = runs_html(open_book([one, other], known))
    for part in ("profile-ratio", "profile-proof", "profile-soon", "mean-course", "courses"):
        assert f'id="{part}"' in page
    assert "two, auto" not in page and ">two<" in page
    assert "<script>alert(1)" not in page
    assert "http://" not in page.split("</script>")[0].split("<script>")[0]


def test_a_page_without_any_schedule(tmp_path: Path) -> None:
    """It says so."""
    assert "No run has a schedule" in runs_html(open_book([_file(tmp_path / "r.csv", RUNS[2])]))


def test_the_page_says_what_its_mean_leaves_out(tmp_path: Path) -> None:
    """Runs of instances of which no cost is known are on no curve."""
    book = open_book([_file(tmp_path / "r.csv", *RUNS[:5])])
    assert "Left out: 3 runs of instances of which no cost is known." in runs_html(book)
