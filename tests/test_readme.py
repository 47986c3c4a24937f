"""The README and the guides keep their word: their commands and examples run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """Code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_the_first_block_has_the_two_commands() -> None:
    """A newcomer finds one command that solves, and one that tests; CI runs the second one."""
    demo, tests = blocks(README, "sh")[0].strip().splitlines()
    assert "scheduler solve" in demo and "--report" in demo
    assert tests.endswith("pytest")


def test_the_links_lead_somewhere() -> None:
    """No link of the README or of the guides points at a file that is not there."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), (page, target)


def test_the_python_example_runs() -> None:
    """What the README shows of the API works as printed."""
    subprocess.run([sys.executable, "-c", blocks(README, "python")[0]], cwd=ROOT, check=True)


def test_the_rule_of_the_guide_works() -> None:
    """The rule that the guide builds, in a project of its own, binds solver and checker."""
    guide = (ROOT / "docs" / "add_a_rule.md").read_text(encoding="utf-8")
    use = """
import json
from scheduler import Instance, check, solve
data = json.load(open("instances/bakery.json"))
rule = {"kind": "max_template_run", "template": "early", "days": 1}
def drop(value):
    if isinstance(value, dict):
        return {k: drop(v) for k, v in value.items() if not k.startswith("//")}
    return [drop(v) for v in value] if isinstance(value, list) else value
data = drop(data)
free = solve(Instance.model_validate(data), time_limit=20, workers=2)
for contract in data["contracts"]:
    contract["rules"].append(rule)
bound = Instance.model_validate(data)
result = solve(bound, time_limit=20, workers=2)
assert result.status == "optimal" and result.objective >= free.objective
assert check(bound, result.schedule).ok
broken = [v for v in check(bound, free.schedule).violations if v.kind == "max_template_run"]
assert bool(broken) == (not check(bound, free.schedule).ok)
"""
    code = blocks(guide, "python")[0] + use
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.slow
def test_the_first_command_from_a_clean_clone(tmp_path: Path) -> None:
    """On a fresh machine, one command sets up, solves a shipped instance and writes its page."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    command = blocks(README, "sh")[0].strip().splitlines()[0]
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        ["bash", "-c", command], cwd=clone, env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "proved optimal" in done.stdout
    assert (clone / "report.html").stat().st_size > 100_000
