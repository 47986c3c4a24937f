"""Several searches side by side: the best design of any, the best bound of any."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import IO, Self

from ..models.design import DesignProblem
from .search import News

Search = subprocess.Popen[str]
COMPLAINTS = 30
"""Lines of the errors of a search that are kept."""


class Race:
    """Searches in processes of their own; leaving the context ends them.

    Parameters
    ----------
    problem
        What to design.
    workers
        Searches: the first one works through the relaxation, the others go for the whole model at
        once, each with a seed of its own.
    seconds
        Time there is.
    seed
        Seed of the first search.
    """

    def __init__(self, problem: DesignProblem, workers: int, seconds: float, seed: int) -> None:
        self._news: queue.SimpleQueue[News | Search] = queue.SimpleQueue()  # or one that ended
        self._pipes = ExitStack()
        self._listeners: list[threading.Thread] = []
        self._complaints: deque[str] = deque(maxlen=COMPLAINTS)
        self._searches = [self._start(problem, seconds, seed, i) for i in range(workers)]
        self._running = workers

    def _start(self, problem: DesignProblem, seconds: float, seed: int, position: int) -> Search:
        search = subprocess.Popen(
            [sys.executable, "-m", "scheduler.designing.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for us alone
        )
        task = {
            "problem": problem.model_dump_json(),
            "seconds": seconds,
            "seed": (seed + position) % 2**31,
            "careful": position == 0,
        }
        assert search.stdin is not None and search.stdout is not None and search.stderr is not None
        for pipe in (search.stdin, search.stdout, search.stderr):
            self._pipes.enter_context(pipe)
        complaining = self._listen(self._complaints.extend, search.stderr)
        self._listen(lambda lines: self._hear_news(search, lines, complaining), search.stdout)
        try:
            search.stdin.write(json.dumps(task) + "\n")
            search.stdin.flush()
        except BrokenPipeError:
            pass  # it failed at once; `hear` says why
        return search

    def _listen(self, listener: Callable[[IO[str]], None], pipe: IO[str]) -> threading.Thread:
        self._listeners.append(threading.Thread(target=listener, args=(pipe,), daemon=True))
        self._listeners[-1].start()
        return self._listeners[-1]

    def _hear_news(self, search: Search, lines: IO[str], complaining: threading.Thread) -> None:
        """Pass news on, and in the end the search itself, once it has said all."""
        for line in lines:
            self._news.put(News.from_json(line))
        search.wait()
        complaining.join()
        self._news.put(search)

    def hear(self, seconds: float) -> list[News]:
        """Wait a while for news, and give all that there are.

        Raises
        ------
        RuntimeError
            If a search failed.
        """
        heard: list[News] = []
        try:
            news = self._news.get(timeout=seconds)
            while True:
                if isinstance(news, News):
                    heard.append(news)
                else:
                    self._running -= 1
                    self._refuse_failure(news)
                news = self._news.get_nowait()
        except queue.Empty:
            return heard

    @property
    def over(self) -> bool:
        """Tell whether every search has ended, and everything has been heard."""
        return self._running == 0

    def _refuse_failure(self, ended: Search) -> None:
        if ended.returncode:
            said = "".join(self._complaints).strip()
            raise RuntimeError(f"a search ended with code {ended.returncode}: {said}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for search in self._searches:
            search.kill()
        for search in self._searches:
            search.wait()
        for listener in self._listeners:
            listener.join()
        self._pipes.close()
