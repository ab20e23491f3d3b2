"""A board that several processes share, without anything of the backend under test.

It is a mapped file with a few bytes for each worker of a batch: whether it has arrived, whether it
waits for the lock, whether it is inside a block, and how many turns it has had. Each byte has one
writer.
"""

from __future__ import annotations

import mmap
import time

from .. import patience

# What a worker is doing: neither waiting for the lock nor gone, waiting, or gone for good.
AWAY, WAITING, GONE = 0, 1, 2

# How often a worker looks for another one before it sleeps in between. On a busy machine one that
# never sleeps takes the processor from the one that it looks for.
AT_FIRST = 20


def let_others_work(looks: int) -> None:
    """Yield the processor before looking again for what others do, the `looks`-th time."""
    if looks > AT_FIRST:
        time.sleep(1e-6)


class Board:
    """The board of a batch of `total` workers, as worker `me` sees it."""

    def __init__(self, path: str, me: int, total: int) -> None:
        with open(path, "r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), 0)
        self._me = me
        self._others = [worker for worker in range(total) if worker != me]
        self._total = total

    # Rows of bytes, one for each worker: whether it has arrived, what it is doing, whether it is
    # inside, and its turns, modulo 256.

    def meet(self) -> None:
        """Return when all workers have arrived, so that they begin together."""
        self._bytes[self._me] = 1
        until = time.monotonic() + patience.ALL_WORKERS
        while not all(self._bytes[: self._total]) and time.monotonic() < until:
            time.sleep(2e-5)

    def stand(self, where: int) -> None:
        """Note that this worker is WAITING for the lock, AWAY from it, or GONE."""
        self._bytes[self._total + self._me] = where

    def go_in(self) -> bool:
        """Note that this worker is inside now; return whether another one is as well."""
        self._bytes[2 * self._total + self._me] = 1
        return self.is_shared()

    def is_shared(self) -> bool:
        """Return whether another worker is inside."""
        return any(self._bytes[2 * self._total + other] for other in self._others)

    def go_out(self) -> None:
        """Note that this worker is no longer inside."""
        self._bytes[2 * self._total + self._me] = 0

    def wait_for_company(self) -> bool:
        """Wait for another worker to wait for the lock; return whether one does."""
        until = time.monotonic() + patience.COMPANY
        looks = 0
        while looks < 2 or time.monotonic() < until:
            looks += 1
            where = [self._bytes[self._total + other] for other in self._others]
            if WAITING in where:
                return True
            if where.count(GONE) == len(where):
                return False
            let_others_work(looks)
        return False

    def take_turn(self) -> None:
        """Count one more turn of this worker."""
        place = 3 * self._total + self._me
        self._bytes[place] = (self._bytes[place] + 1) % 256

    def turns_of_others(self) -> list[int]:
        """Return the turns of the other workers."""
        return [self._bytes[3 * self._total + other] for other in self._others]

    def is_last(self) -> bool:
        """Return whether all others have gone."""
        return all(self._bytes[self._total + other] == GONE for other in self._others)

    def close(self) -> None:
        """Note that this worker has gone, and close the board."""
        self._bytes[self._me] = 1
        self.stand(GONE)
        self._bytes.close()
