"""A board that several processes can see, without anything of the backend under test.

It is a file in memory with a few bytes for each worker of a batch: that it has come, that it stands
at the door of a lock, how often it has been inside. Each byte has one writer.
"""

from __future__ import annotations

import mmap
import time

from .. import patience

# States of a worker at the door.
AWAY, WAITING, GONE = 0, 1, 2

# How often a worker looks for another one before it sleeps in between. On a machine that has other
# things to do, one that only looks keeps away what it looks for.
AT_FIRST = 20


def let_others_work(looks: int) -> None:
    """Wait a little before one looks again for what others do, the `looks`-th time."""
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

    # Rows of bytes, one for each worker: who has come, who stands where, who is inside, and how
    # often each has been, counted around.

    def meet(self) -> None:
        """Return when all workers have come, so that they begin together."""
        self._bytes[self._me] = 1
        until = time.monotonic() + patience.ALL_WORKERS
        while not all(self._bytes[: self._total]) and time.monotonic() < until:
            time.sleep(2e-5)

    def stand(self, where: int) -> None:
        """Say where this worker is: at the door, away from it, or gone for good."""
        self._bytes[self._total + self._me] = where

    def go_in(self) -> bool:
        """Say that this worker is inside now; return whether another one is as well."""
        self._bytes[2 * self._total + self._me] = 1
        return self.is_shared()

    def is_shared(self) -> bool:
        """Return whether another worker is inside."""
        return any(self._bytes[2 * self._total + other] for other in self._others)

    def go_out(self) -> None:
        """Say that this worker is no longer inside."""
        self._bytes[2 * self._total + self._me] = 0

    def wait_for_company(self) -> bool:
        """Return when another worker stands at the door, or will not come; say whether it does."""
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
        """Say that this worker has gone, and close the board."""
        self._bytes[self._me] = 1
        self.stand(GONE)
        self._bytes.close()
