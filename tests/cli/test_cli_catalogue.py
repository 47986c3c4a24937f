"""`schema`, `rules`, `new`, the help, and what the light commands do not load."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest

from scheduler import read, solve
from scheduler.cli import main
from scheduler.io.text import load_json
from scheduler.models.floor import Floor
from scheduler.models.rule import Rule
from scheduler.terminal.catalogue import entries
from scheduler.terminal.schema import instance_schema, schedule_schema

INSTANCES = sorted((Path(__file__).parents[2] / "instances").glob("*.json"))


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_every_instance_fits_the_schema(path: Path) -> None:
    """What the reader takes, an editor must not mark as wrong."""
    jsonschema.validate(json.loads(path.read_text()), instance_schema())


def test_the_schema_knows_remarks_and_refuses_strangers(run: Any, instance: Path) -> None:
    """Remarks are allowed everywhere; an unknown field is a fault, as for the reader."""
    schema = json.loads(run("schema").stdout)
    data = json.loads(instance.read_text())
    data["//note"] = data["employees"][0]["// "] = "a remark"
    jsonschema.validate(data, schema)
    data["nonsense"] = 1
    with pytest.raises(jsonschema.ValidationError, match="nonsense"):
        jsonschema.validate(data, schema)


def test_a_written_schedule_fits_the_schema(run: Any, instance: Path) -> None:
    """What we write is what we describe."""
    written = run("solve", instance, "-o", "-", "--workers", "1").stdout
    jsonschema.validate(json.loads(written), json.loads(run("schema", "schedule").stdout))
    assert schedule_schema()["title"] != instance_schema()["title"]
    assert run("schema", "nonsense").exit_code == 2


def test_rules_lists_every_kind(run: Any) -> None:
    """A kind that is not listed does not exist for a planner."""
    result = run("rules")
    assert result.exit_code == 0
    for kind in (*Rule.table, *Floor.table):
        assert f" {kind} " in result.stdout


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.kind)
def test_every_kind_is_explained(run: Any, entry: Any) -> None:
    """Meaning, mathematics, source, examples; fields and how it stands in a file."""
    assert entry.meaning.endswith(".")
    assert entry.mathematics
    assert entry.source
    assert entry.examples
    owner = Rule.table.get(entry.kind) or Floor.table[entry.kind]
    owner.model_validate(json.loads(entry.example))
    result = run("rules", entry.kind)
    assert result.exit_code == 0
    for field in entry.fields:
        assert field.name in result.stdout


def test_an_unknown_kind_gets_a_suggestion(run: Any) -> None:
    """A slip of the finger is answered with the nearest name."""
    result = run("rules", "min_resst")
    assert result.exit_code == 2
    assert "did you mean 'min_rest'?" in result.stderr


def test_new_writes_an_instance_that_solves_at_once(run: Any, tmp_path: Path) -> None:
    """The first file a planner sees is commented, valid, and proved optimal in seconds."""
    path = tmp_path / "my shop.json"
    result = run("new", path)
    assert result.exit_code == 0
    assert f"scheduler solve '{path}'" in result.stdout
    assert path.read_text().count('"//') >= 8
    jsonschema.validate(json.loads(path.read_text()), instance_schema())
    assert solve(read(path), time_limit=30, workers=1).status == "optimal"


def test_new_refuses_to_overwrite(run: Any, tmp_path: Path) -> None:
    """Work is not lost to a second `new`; --force is a decision."""
    path = tmp_path / "mine.json"
    path.write_text("{}")
    assert run("new", path).exit_code == 2
    assert path.read_text() == "{}"
    assert run("new", path, "--force").exit_code == 0
    assert load_json(path)["name"] == "my-shop"
    assert run("new", tmp_path / "none" / "mine.json").exit_code == 2
    assert json.loads(run("new", "-").stdout)["schema_version"] == 1


def test_every_command_and_option_has_help(run: Any) -> None:
    """The command line explains itself."""
    overview = run("--help").stdout
    for name, command in main.commands.items():
        assert name in overview
        assert command.help
        assert run(name, "--help").exit_code == 0
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help
    assert run("--version").stdout.startswith("scheduler, version ")
    assert run("nonsense").exit_code == 2


@pytest.mark.parametrize("command", ["--help", "check", "schema", "rules"])
def test_light_commands_load_no_solver(command: str, instance: Path) -> None:
    """What needs no solver and no table answers at once."""
    schedule = instance.with_name("empty.json")
    schedule.write_text('{"instance": "bakery", "shifts": []}')
    arguments = [command, *([str(instance), str(schedule)] if command == "check" else [])]
    code = (
        "import sys\n"
        "from scheduler.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        "print(*{'ortools', 'pandas', 'plotly'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout
    assert done.stderr.strip() == ""


def test_the_module_is_the_command() -> None:
    """`python -m scheduler` works where the script is not on the path."""
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", "--help"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Usage: scheduler ")
