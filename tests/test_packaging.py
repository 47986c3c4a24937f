"""The wheel: what is in it, and what is not."""

import configparser
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel from the files that the project lists, without the network."""
    pytest.importorskip("setuptools", "70.1", reason="builds wheels without further packages")
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*command, "-w", target, source], check=True)
    return zipfile.ZipFile(next(target.glob("*.whl")))


def test_the_only_importable_name_is_scheduler(wheel: zipfile.ZipFile) -> None:
    """Neither `models` nor `tests` may appear at the top of somebody's site-packages."""
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"scheduler"}


def test_the_wheel_is_complete(wheel: zipfile.ZipFile) -> None:
    """Every module and data file of the package is in the wheel, with the marker of types."""
    names = set(wheel.namelist())
    assert "scheduler/py.typed" in names
    files = [
        path for path in (ROOT / "scheduler").rglob("*") if path.suffix in {".py", ".json", ".toml"}
    ]
    missing = {str(path.relative_to(ROOT)) for path in files} - names
    assert not missing


def test_the_command_is_declared(wheel: zipfile.ZipFile) -> None:
    """Installing the wheel gives the command `scheduler`."""
    entry = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    scripts = configparser.ConfigParser()
    scripts.read_string(wheel.read(entry).decode())
    assert scripts["console_scripts"]["scheduler"] == "scheduler.cli:main"


def test_the_metadata_names_the_project(wheel: zipfile.ZipFile) -> None:
    """The distribution is called servicefloor, in the version of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    metadata = wheel.read(next(n for n in wheel.namelist() if n.endswith("/METADATA"))).decode()
    assert "Name: servicefloor" in metadata
    assert f"Version: {project['version']}" in metadata


def test_every_package_is_listed() -> None:
    """A new folder of the package must be listed in pyproject.toml, or the wheel lacks it."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "scheduler").rglob("__init__.py")
    }
    assert found <= set(listed)


def test_the_link_at_the_root_shows_the_models() -> None:
    """The nouns are in sight at the root, as a link."""
    assert (ROOT / "models").is_symlink()
    assert (ROOT / "models").resolve() == ROOT / "scheduler" / "models"
