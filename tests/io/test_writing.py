"""Files appear whole or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from scheduler import InputError
from scheduler.io.text import write_text

KILLED_WHILE_WRITING = """
import os, signal, sys
from scheduler.io import text
text.os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
text.write_text(sys.argv[1], "new " * 100_000)
"""


def test_a_kill_during_the_write_leaves_the_old_file(tmp_path: Path) -> None:
    """Power may fail at the worst moment: the schedule of yesterday is still there, whole."""
    path = tmp_path / "plan.json"
    path.write_text("old")
    done = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path)])
    assert done.returncode == -9
    assert path.read_text() == "old"


def test_a_failed_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk gives one clear error, the old file, and no litter."""
    path = tmp_path / "plan.json"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scheduler.io.text.os.fsync", full)
    with pytest.raises(InputError, match="no space left on device"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.json"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Writing through a link changes its target, as every editor does."""
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
