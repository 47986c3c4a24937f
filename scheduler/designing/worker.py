"""A search in a process of its own: SCIP cannot be interrupted, but a process can be ended.

``python -m scheduler.designing.worker`` reads one line with the task, writes a line for each piece
of news, and ends when the search does, or when nobody listens any more.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from typing import IO, Any

from ..models.design import DesignProblem
from .search import News, Search


def main() -> None:
    """Search as the first line of standard input says."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever the solver prints is no news
    task = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    try:
        _search(task, out)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)  # the thread that waits for the caller's end holds standard input


def _search(task: dict[str, Any], out: IO[str]) -> None:
    problem = DesignProblem.model_validate_json(task["problem"])
    search = Search(problem, task["seconds"], task["seed"], lambda news: _write(out, news))
    if task["careful"]:
        search.carefully()
    else:
        search.boldly()


def _write(out: IO[str], news: News) -> None:
    try:
        out.write(news.to_json() + "\n")
        out.flush()
    except BrokenPipeError:
        os._exit(1)


def _end_with_the_caller() -> None:
    """Wait for the end of standard input: the caller is gone then."""
    while sys.stdin.buffer.readline():
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
