"""Imports point one way: the house stays as it was planned."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import scheduler

HOUSE = Path(scheduler.__file__).parent
FILES = sorted(path.relative_to(HOUSE) for path in HOUSE.rglob("*.py"))
MAY_IMPORT = {
    "models": {"models"},
    "queueing": {"queueing"},
    "rules": {"rules", "models"},
    "floors": {"floors", "models", "queueing"},
    "formulation": {"formulation", "models"},
    "engine": {"engine", "formulation", "models"},
    "grammar": {"models"},
    "checking": {"grammar", "models"},
    "designing": {"designing", "models", "engine", "errors"},
    "io": {"io", "models", "errors"},
    "report": {"report", "models", "checking", "grammar", "io", "simulation"},
    "simulation": {
        *("simulation", "models", "floors", "queueing", "grammar", "checking", "errors"),
        *("engine", "solving"),
    },
}
EXCEPTIONS = {
    (Path("models/result.py"), "report"),
    (Path("simulation/replay.py"), "report"),
}
"""`Result.to_frame` and `Replay.to_frame` load pandas, and the report with it, when called."""
HEAVY = {
    "ortools": {"formulation", "engine", "designing", "bench"},
    "pandas": {"report", "bench"},
    "plotly": {"report", "bench"},
    "click": {"cli", "cli_bench", "cli_studies"},
    "pyworkforce": {"bench"},
    "highspy": set(),
}


def imports(path: Path) -> Iterator[str]:
    """Full names of what a file imports when it runs, wherever the statement stands."""
    waiting: list[ast.AST] = [ast.parse((HOUSE / path).read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ("scheduler", *path.parent.parts)
            parents = above[: len(above) - node.level + 1] if node.level else ()
            full = ".".join([*parents, *([node.module] if node.module else [])])
            yield from (f"{full}.{alias.name}" for alias in node.names)


def room(path: Path) -> str:
    """Give the part of the house that a file belongs to."""
    return path.parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_point_one_way(path: Path) -> None:
    """Rules know no solver, models know nothing of ours, engines know no command line."""
    for name in imports(path):
        top, *inside = name.split(".")
        assert top != "models", "the link at the root is for readers"
        if room(path) in HEAVY.get(top, {room(path)}):
            assert top != "scheduler" or may_know(path, inside[0]), f"{path} imports {name}"
        else:
            pytest.fail(f"{path} imports {name}")


def may_know(path: Path, target: str) -> bool:
    """Tell whether a part of the house may know another."""
    allowed = MAY_IMPORT.get(room(path))
    return allowed is None or target in allowed or (path, target) in EXCEPTIONS


@pytest.mark.parametrize("heavy", ["ortools", "pandas", "plotly", "click", "rich"])
def test_the_package_loads_nothing_heavy(heavy: str) -> None:
    """`import scheduler` stays quick: solver and tables are loaded when first used."""
    code = f"import sys, scheduler; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_public_name_is_there() -> None:
    """What `__all__` promises can be imported, the lazy names too, and is documented."""
    for name in scheduler.__all__:
        assert getattr(scheduler, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        scheduler.nonsense  # noqa: B018
    assert set(dir(scheduler)) >= set(scheduler.__all__)
