"""What is run: a suite, or instance files under names that tell them apart."""

import shutil
from pathlib import Path

import pytest

from scheduler import InputError
from scheduler.bench.choosing import chosen

INSTANCES = Path(__file__).parents[2] / "instances"
BAKERY = INSTANCES / "bakery.json"


def test_a_suite_is_a_suite() -> None:
    """By its name."""
    suite, found = chosen(["growth"])
    assert suite.name == "growth" and len(found) == 12


def test_files_are_a_suite_of_their_own() -> None:
    """Named by their stems, once each, with the usual limit and engine."""
    shop = INSTANCES / "shop-week.json"
    suite, found = chosen([str(BAKERY), str(shop), str(BAKERY)])
    assert (suite.name, suite.engines, suite.seeds) == ("files", ("auto",), (0,))
    assert [source.name for source in found] == ["bakery", "shop-week"]
    assert found[0].load().name == "bakery"


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    """Their rows must not be mixed up."""
    shutil.copy(BAKERY, tmp_path)
    names = [str(BAKERY), str(tmp_path / "bakery.json")]
    assert [source.name for source in chosen(names)[1]] == names


def test_files_of_other_formats(tmp_path: Path) -> None:
    """Also where several files in a folder are one instance, and where shifts are asked for."""
    suite, (source,) = chosen([str(tmp_path / "n005w4_1_6-2-9-1")], "inrc2")
    assert source.format == "inrc2" and suite.engines == ("auto",)
    path = tmp_path / "example.dzn"
    path.write_text("", encoding="utf-8")
    assert chosen([str(path)], "shift-design")[0].engines == ("design",)


@pytest.mark.parametrize(
    ("names", "given", "words"),
    [
        (["shiped"], None, "unknown suite; did you mean 'shipped'?"),
        (["none.json"], None, "there is no such file, and no such suite; known suites: curtois-24"),
        (["none", str(BAKERY)], None, "there is no such file"),
        (["shipped", "growth"], None, "expected one suite, or instance files"),
        ([str(BAKERY), "mine.toml"], None, "mine.toml: expected one suite"),
        (["shipped"], "inrc1", "without --from"),
        ([str(INSTANCES)], None, "this is a folder; name its files, such as"),
        ([str(BAKERY)], "curtois", "did you mean 'curtois-24'?"),
    ],
)
def test_what_cannot_be_run_is_named(names: list[str], given: str | None, words: str) -> None:
    """Before anything is run."""
    with pytest.raises(InputError) as caught:
        chosen(names, given)
    assert words in str(caught.value)
