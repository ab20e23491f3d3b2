"""Processes that hold trials: each gets one after the other, as a line of JSON, and answers so.

They are no pool of `multiprocessing`, which nothing that judges imports: it is a backend. A worker
ends when its input does, even if the process that started it was killed.
"""

from __future__ import annotations

import queue
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from pydantic import TypeAdapter

from .trials import Outcome, Trial, hold

_TRIAL = TypeAdapter(Trial)
_OUTCOMES = TypeAdapter(list[Outcome])


class WorkerError(Exception):
    """A worker has ended in the middle of a trial; the text says of which one."""


def hold_all(
    trials: Sequence[Trial],
    gallery: Path,
    workers: int,
    on_outcomes: Callable[[list[Outcome]], None],
) -> None:
    """Hold trials in so many processes; `on_outcomes` is called with those of each that ended.

    Raises WorkerError.
    """
    free: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()
    started = [_start(gallery) for _ in range(min(workers, len(trials)))]
    for worker in started:
        free.put(worker)

    def ask(trial: Trial) -> list[Outcome]:
        worker = free.get()
        try:
            return _ask(worker, trial)
        finally:
            free.put(worker)

    threads = ThreadPoolExecutor(max(1, len(started)))
    try:
        for future in as_completed([threads.submit(ask, trial) for trial in trials]):
            on_outcomes(future.result())
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in started:
            # One that is busy has to be ended; whatever it started ends with it.
            worker.terminate()
            worker.communicate()


def _start(gallery: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - this very module
        [sys.executable, "-m", __name__, str(gallery)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # Ctrl-C in a terminal is for the process that the user started.
        start_new_session=True,
    )


def _ask(worker: subprocess.Popen[str], trial: Trial) -> list[Outcome]:
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(_TRIAL.dump_json(trial).decode() + "\n")
    worker.stdin.flush()
    answer = worker.stdout.readline()
    if not answer:
        raise WorkerError(f"a worker ended while it judged {trial.backend} ({trial.start_method})")
    return _OUTCOMES.validate_json(answer)


def answer(gallery: Path) -> None:
    """Hold the trials on stdin, and print the outcomes of each."""
    for line in sys.stdin:
        outcomes = hold(_TRIAL.validate_json(line), gallery)
        print(_OUTCOMES.dump_json(outcomes).decode(), flush=True)


if __name__ == "__main__":
    answer(Path(sys.argv[1]))
