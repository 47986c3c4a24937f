"""Suites as data: the shipped ones, one's own, and what is said where something is absent."""

from pathlib import Path

import pytest

from scheduler import InputError
from scheduler.bench.best_known import read_best_known
from scheduler.bench.known_of import known_of, table_of
from scheduler.bench.suite import load_suite, natural, sources, suite_names

BENCHMARKS = Path(__file__).parents[3] / "shared" / "benchmarks"
PUBLIC = ("curtois-24", "inrc1", "inrc2", "shift-design")


def test_the_shipped_suites_are_read() -> None:
    """Each has a title and instances of its own."""
    assert set(suite_names()) == {"shipped", "teams", "peers", "growth", *PUBLIC}
    for name in suite_names():
        suite, beside = load_suite(name)
        assert suite.name == name and suite.title
        if suite.place != "data":
            assert len(sources(suite, beside)) >= 5


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_suite_has_what_is_known(name: str) -> None:
    """The table of best known results calls the instances by the same names."""
    if not BENCHMARKS.is_dir():
        pytest.skip("the public sets are not here")
    suite, beside = load_suite(name)
    names = {source.name for source in sources(suite, beside, BENCHMARKS)}
    table = table_of(suite, beside, BENCHMARKS)
    assert table is not None
    assert len(set(read_best_known(table)) & names) > 0.7 * len(names)


@pytest.mark.parametrize("name", PUBLIC)
def test_an_absent_set_is_said_to_be_absent(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it was looked for, and how to say where it is."""
    monkeypatch.setenv("SERVICEFLOOR_BENCHMARKS", str(tmp_path / "nowhere"))
    with pytest.raises(InputError) as caught:
        sources(*load_suite(name))
    said = str(caught.value)
    assert str(tmp_path / "nowhere" / name) in said and "is absent" in said
    assert "--data DIR or SERVICEFLOOR_BENCHMARKS" in said


def test_an_unknown_suite_has_a_nearest_name() -> None:
    """And the list of all."""
    with pytest.raises(InputError, match=r"did you mean 'curtois-24'\?; known: curtois-24, growth"):
        load_suite("curtois24")


def _suite(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_suite_of_ones_own(tmp_path: Path) -> None:
    """Files lie beside it; numbers sort as numbers; teams are made."""
    for number in (10, 2):
        (tmp_path / f"day{number}.json").write_text("{}", encoding="utf-8")
    name = _suite(
        tmp_path,
        'title = "Mine"\nfiles = ["day*.json"]\n'
        'generated = [{ people = 10, days = 1, variant = "tight", seed = 4 }]\n',
    )
    suite, beside = load_suite(name)
    assert suite.name == "mine"
    found = sources(suite, beside)
    assert [source.name for source in found] == ["day2", "day10", "team-10x1-tight-s4"]
    assert found[2].load().name == "team-10x1-tight-s4"
    assert known_of(name) == ("", {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "broken TOML"),
        ('title = "x"\nfile = ["*"]', "file: unknown field; did you mean 'files'?"),
        ('title = "x"\nformat = "curtois"', "format: unknown format 'curtois'"),
        ('title = "x"', "the suite has no instances"),
        ('title = "x"\nfiles = ["*.json"]', "nothing in '"),
        ('title = "x"\nfolder = "sub"\nfiles = ["*"]', "the folder '"),
        (
            'title = "x"\ngenerated = [{ people = 10, days = 3, variant = "slack" }]',
            "expected one day or whole weeks, found 3 days",
        ),
    ],
)
def test_a_broken_suite_is_named(tmp_path: Path, text: str, words: str) -> None:
    """One line for each fault, with its place in the file."""
    with pytest.raises(InputError) as caught:
        sources(*load_suite(_suite(tmp_path, text)))
    assert words in str(caught.value)


def test_instances_of_one_name_are_refused(tmp_path: Path) -> None:
    """Rows of a run would be mixed up."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.json").write_text("{}", encoding="utf-8")
    name = _suite(tmp_path, 'title = "x"\nfiles = ["*/x.json"]')
    with pytest.raises(InputError, match="two instances are called 'x'"):
        sources(*load_suite(name))
    name = _suite(tmp_path, 'title = "x"\nfiles = ["*/x.json"]\nnamed_by = "path"')
    assert [s.name for s in sources(*load_suite(name))] == ["a/x.json", "b/x.json"]


def test_numbers_sort_as_numbers() -> None:
    """2 comes before 10."""
    assert sorted(["x10", "x2", "x2a"], key=natural) == ["x2", "x2a", "x10"]


def test_the_example_of_the_docs_is_a_suite(tmp_path: Path) -> None:
    """Whoever copies it from the page has a suite."""
    page = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "branch-1.json").write_text("{}", encoding="utf-8")
    found = sources(*load_suite(_suite(tmp_path, text)))
    assert [source.name for source in found] == ["branch-1", "team-45x14-tight-s7"]


def test_the_docs_list_every_suite() -> None:
    """A new suite has its line."""
    page = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in suite_names())
