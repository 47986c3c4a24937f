"""The commented instance to start from."""

from __future__ import annotations

import shlex
from importlib.resources import files
from pathlib import Path

from ..errors import Fault, InputError
from ..io.text import write_text
from .outputs import STDOUT, Outputs


def write_starter(path: str, *, force: bool = False) -> str:
    """Write the starter, and tell what to do next; for ``-``, give the starter itself.

    Raises
    ------
    InputError
        If the file is there already and `force` is not given, or it cannot be written.
    """
    text = files("scheduler").joinpath("io", "starter.json").read_text(encoding="utf-8")
    if path == STDOUT:
        return text
    Outputs(schedule=path).prepare(STDOUT)
    if Path(path).exists() and not force:
        raise InputError(path, [Fault("", "there is such a file; give --force to overwrite it")])
    write_text(path, text)
    return f"wrote {path}; now try\n\n  scheduler solve {shlex.quote(path)} -o schedule.json\n"
