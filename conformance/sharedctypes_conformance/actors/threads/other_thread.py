"""Another thread of this process, which tries for locks when it is asked to.

A lock is acquired by a thread: whether it is held is seen from another one. To start a thread for
each look would take long, so there is one for the time of a block.
"""

from __future__ import annotations

import queue
import threading
from typing import Any

from .helpers import try_lock


class OtherThread:
    """The thread; it runs during a `with` block."""

    def __init__(self) -> None:
        self._asked: Any = queue.SimpleQueue()
        self._answers: Any = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._try_each, daemon=True)

    def __enter__(self) -> OtherThread:  # noqa: PYI034 - Self is not in Python 3.8
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._asked.put(None)
        self._thread.join()

    def _try_each(self) -> None:
        while True:
            lock = self._asked.get()
            if lock is None:
                return
            try:
                self._answers.put((try_lock(lock), None))
            except Exception as raised:  # whatever it is, it is for whoever asked
                self._answers.put((False, raised))

    def can_acquire(self, lock: Any) -> bool:
        """Return whether this thread can acquire a lock now; raises what the attempt raises."""
        self._asked.put(lock)
        acquired, raised = self._answers.get()
        if raised is not None:
            raise raised
        return bool(acquired)

    def state(self, lock: Any) -> str:
        """Return "free" or "held"."""
        return "free" if self.can_acquire(lock) else "held"
