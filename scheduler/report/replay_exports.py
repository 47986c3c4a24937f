"""Files of a replay: tables, and the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..io.text import write_text

if TYPE_CHECKING:
    from ..simulation.replay import Replay


def write_replay(replay: Replay, *, report: str | None, folder: str | None) -> list[Path]:
    """Write the page and the tables that were asked for, each file whole or not at all.

    Parameters
    ----------
    report
        File of the page, if wanted.
    folder
        Where `replay_floors.csv`, `replay_intervals.csv` and `replay_days.csv` go, if wanted.

    Returns
    -------
    The files written.
    """
    written: list[Path] = []
    if folder is not None:
        frames = {
            "replay_floors.csv": replay.floors_frame(),
            "replay_intervals.csv": replay.to_frame("interval"),
            "replay_days.csv": replay.to_frame("day"),
        }
        for name, frame in frames.items():
            written.append(Path(folder) / name)
            write_text(written[-1], frame.to_csv(index=False, lineterminator="\n"))
    if report is not None:
        from .replay_page import replay_html

        written.append(Path(report))
        write_text(written[-1], replay_html(replay))
    return written
