"""Batches of operations that several threads and processes carry out on one object at once.

A batch is a *program* for each worker: a list of actions, each of them *alone* (one access through
the wrapper) or inside a block that holds the lock, with several accesses in it. What was read and
written is recorded with the times at which the action began and ended, and returned when all is
done. Inside a block a worker *pauses*: it goes on when another one waits for the lock. So two
actions are made to meet, and not left to meet by chance.
"""

from __future__ import annotations

import contextlib
import functools
import json
import time
from collections.abc import Iterator
from typing import Any, NamedTuple, Sequence, Tuple

from .. import patience
from ..runtime.records import record
from .board import AWAY, WAITING, Board
from .helpers import at_once, switching_every

# How, and the steps. How is "alone", or how a block acquires and holds the lock: "with wrapper",
# "nested lock". Steps are ("read", cell, how many), ("write", cell, values), ("add", cell, number),
# ("pause",), and ("hold", seconds).
Action = Tuple[str, Sequence[Tuple[Any, ...]]]


@record
class Done(NamedTuple):
    """An action: when it began, acquired the lock, was about to release it, and ended.

    The times are of the monotonic clock in nanoseconds; those in the middle are 0 for an action
    alone. Then what was read and written, each of it (whether it was written, first cell, values),
    and whether another worker was inside the block too.
    """

    began: int
    acquired: int
    releasing: int
    ended: int
    accesses: tuple[Any, ...]
    was_shared: bool


# While threads work, the interpreter switches between them as often as it can.
SWITCHING = 1e-5


class Cells:
    """The cells of an object: `layout` says what they are.

    ("value",) is one cell; ("fields", names) one for each field; ("items", width) takes `width`
    items for a cell, and so does ("raw", width) of a char array, whose whole is read by `raw`. A
    cell of several items has one value; if its items differ, it is read as the tuple of them.
    """

    def __init__(self, obj: Any, layout: Sequence[Any]) -> None:
        self._obj = obj
        self._kind = layout[0]
        self._layout: Any = layout[1] if len(layout) > 1 else None

    def read(self, first: int, count: int) -> tuple[Any, ...]:
        """Return what is in some cells, read in one access if it is one."""
        if self._kind == "value":
            return (self._obj.value,)
        if self._kind == "fields":
            return tuple([getattr(self._obj, name) for name in self._named(first, count)])
        items = self._items(first, count)
        width = self._layout
        return tuple([_all_one(items[at : at + width]) for at in range(0, count * width, width)])

    def write(self, first: int, values: Sequence[Any]) -> None:
        """Write values into some cells, in one access if it is one."""
        if self._kind == "value":
            self._obj.value = values[0]
        elif self._kind == "fields":
            for name, value in zip(self._named(first, len(values)), values):
                setattr(self._obj, name, value)
        elif self._kind == "raw":
            data = b"".join([bytes([value]) * self._layout for value in values])
            if len(data) == len(self._obj):
                self._obj.raw = data
            else:
                start = first * self._layout
                self._obj[start : start + len(data)] = data
        elif self._layout == 1 and len(values) == 1:
            self._obj[first] = values[0]
        else:
            start = first * self._layout
            items = [value for value in values for _ in range(self._layout)]
            self._obj[start : start + len(items)] = items

    def _named(self, first: int, count: int) -> Sequence[str]:
        names: Sequence[str] = self._layout[first : first + count]
        return names

    def _items(self, first: int, count: int) -> Any:
        width = self._layout
        if self._kind == "raw" and count * width == len(self._obj):
            return self._obj.raw
        if width == count == 1:
            return [self._obj[first]]
        return self._obj[first * width : (first + count) * width]


def _all_one(items: Any) -> Any:
    if items.count(items[0]) == len(items):
        return items[0]
    return tuple(sorted(set(items)))


def work(
    board: str,
    wrapper: Any,
    layout: Sequence[Any],
    through: str,
    programs: str,
    first: int,
    total: int,
) -> list[list[Done]]:
    """Carry out programs, given as JSON, with a thread for each; return the records of each.

    The workers are the `total` ones of a batch from number `first` on. Inside a block the accesses
    go `through` the "wrapper" or the "raw" object.
    """
    actions: list[list[Action]] = json.loads(programs)
    records: list[list[Done]] = [[] for _ in actions]

    def run(number: int) -> None:
        place = Board(board, first + number, total)
        try:
            worker = _Worker(place, wrapper, layout, through)
            place.meet()
            worker.carry_out(actions[number], records[number])
        finally:
            place.close()

    if len(actions) == 1:
        run(0)
    else:
        with switching_every(SWITCHING):
            at_once(*[functools.partial(run, number) for number in range(len(actions))])
    return records


class _Worker:
    def __init__(self, board: Board, wrapper: Any, layout: Sequence[Any], through: str) -> None:
        self._board = board
        self._wrapper = wrapper
        self._alone = Cells(wrapper, layout)
        self._inside = self._alone if through == "wrapper" else Cells(wrapper.get_obj(), layout)

    def carry_out(self, program: Sequence[Action], records: list[Done]) -> None:
        until = time.monotonic() + patience.BATCH
        now = time.monotonic_ns
        for how, steps in program:
            if time.monotonic() > until:
                return
            done: list[Any] = []
            acquired = releasing = 0
            shared = False
            self._board.stand(WAITING)
            began = now()
            if how == "alone":
                self._take(steps, self._alone, done)
            else:
                with self._held(how):
                    acquired = now()
                    shared = self._board.go_in()
                    self._take(steps, self._inside, done)
                    shared = shared or self._board.is_shared()
                    self._board.go_out()
                    releasing = now()
            ended = now()
            self._board.stand(AWAY)
            records.append(Done(began, acquired, releasing, ended, tuple(done), shared))

    def _take(self, steps: Sequence[Any], cells: Cells, done: list[Any]) -> None:
        for step in steps:
            what = step[0]
            if what == "read":
                done.append((False, step[1], cells.read(step[1], step[2])))
            elif what == "write":
                cells.write(step[1], step[2])
                done.append((True, step[1], tuple(step[2])))
            elif what == "add":
                (read,) = cells.read(step[1], 1)
                done.append((False, step[1], (read,)))
                self._pause()
                cells.write(step[1], (read + step[2],))
                done.append((True, step[1], (read + step[2],)))
            elif what == "pause":
                self._pause()
            else:
                time.sleep(step[1])

    def _pause(self) -> None:
        if self._board.wait_for_company():
            # Time for it to get from there into the acquire that blocks.
            time.sleep(2e-5)

    @contextlib.contextmanager
    def _held(self, how: str) -> Iterator[None]:
        """Hold the lock for a block, acquired by one of several calls."""
        lock = self._wrapper if how.endswith("wrapper") else self._wrapper.get_lock()
        if how.startswith("with"):
            with lock:
                yield
            return
        if how.startswith("try"):
            while not lock.acquire(False):
                time.sleep(1e-5)
        elif how.startswith("timed"):
            while not lock.acquire(True, 1e-4):
                pass
        else:
            lock.acquire()
        try:
            if how.startswith("nested"):
                lock.acquire()
                # While others wait, a release of the inner hold must not release the lock.
                self._pause()
                lock.release()
            yield
        finally:
            lock.release()
