"""Ctrl-C and SIGTERM: the first asks the solve to stop and keep its best, the second aborts."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from . import exits

if TYPE_CHECKING:
    from types import FrameType

    from ..engine.outcome import Interrupt


@contextmanager
def stopping_on_signals(interrupt: Interrupt) -> Iterator[None]:
    """Set `interrupt` on the first signal, and leave the process on the second."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if interrupt.is_set():
            raise KeyboardInterrupt
        interrupt.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        # The solver's threads do not end by themselves, so nobody waits for them.
        sys.stdout.flush()
        os._exit(exits.ABORTED)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
