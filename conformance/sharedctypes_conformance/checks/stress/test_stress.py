"""Area `stress`: one object, used by several processes and threads at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from ...stage.descriptions import Description
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import objects
from ..kit.check import check
from ..kit.contention import Action, Trial, under_stress

_SEED = st.integers(0, 999)
_LOCKS: tuple[str | bool, ...] = (True, "Lock", "RLock")
_RECURSIVE: tuple[str | bool, ...] = (True, "RLock")
_PAUSE = ("pause",)
_BLOCKS = ("with wrapper", "with lock", "acquire lock")


@dataclass(frozen=True)
class _Turn:
    """One action of one worker, as it is drawn."""

    random: Random
    worker: int
    place: int

    @property
    def number(self) -> int:
        """A number that is written at this turn and at no other."""
        return (self.worker + 1) * 1000 + self.place

    def block(self, *steps: tuple[object, ...]) -> Action:
        """Return several steps under the lock."""
        return (self.random.choice(_BLOCKS), steps)

    def one_of(self, count: int) -> int:
        """Return a number below `count`."""
        return self.random.randrange(count)


_Kind = Callable[[_Turn], Action]


def _several(length: int, *kinds: Action | _Kind) -> Callable[[Random, int], list[Action]]:
    """Return programs of actions of several kinds in any order, each kind as often as another."""

    def program(random: Random, worker: int) -> list[Action]:
        chosen = [kinds[place % len(kinds)] for place in range(length)]
        random.shuffle(chosen)
        return [
            kind(_Turn(random, worker, place)) if callable(kind) else kind
            for place, kind in enumerate(chosen)
        ]

    return program


def _alone(*step: object) -> Action:
    return ("alone", (step,))


# A value.

_VALUES = [
    Trial(
        Description("Value", "i", (0,), lock),
        ("value",),
        (0,),
        _several(
            30,
            _alone("read", 0, 1),
            lambda turn: _alone("write", 0, (turn.number,)),
            lambda turn: turn.block(("add", 0, 1)),
        ),
    )
    for lock in _LOCKS
]


# An array.

_ITEMS = [
    Trial(
        Description("Array", "i", (3,), lock),
        ("items", 1),
        (0, 0, 0),
        _several(
            42,
            lambda turn: _alone("read", turn.one_of(3), 1),
            _alone("read", 0, 3),
            lambda turn: _alone("write", turn.one_of(3), (turn.number,)),
            lambda turn: _alone("write", 1, (turn.number,) * 2),
            lambda turn: turn.block(("add", turn.one_of(3), 1)),
            lambda turn: turn.block(("add", turn.one_of(3), 1)),
            lambda turn: turn.block(("read", 0, 1), _PAUSE, ("write", 2, (turn.number,))),
        ),
    )
    for lock in _LOCKS
]


# Many items at once. Each half of the object is a cell: one worker reads both in one access while
# another writes them in two, and the other way round.


def _halves(number: Callable[[_Turn], int]) -> Callable[[Random, int], list[Action]]:
    def write_one_by_one(turn: _Turn) -> Action:
        value = number(turn)
        return turn.block(("write", 0, (value,)), _PAUSE, ("write", 1, (value,)))

    return _several(
        30,
        _alone("read", 0, 2),
        lambda turn: _alone("write", 0, (number(turn),) * 2),
        lambda turn: turn.block(("read", 0, 1), _PAUSE, ("read", 1, 1)),
        write_one_by_one,
    )


# So many items that it takes a while to copy them.
_MANY = 2000

_SLICES = [
    Trial(
        Description("Array", code, (_MANY,), lock),
        ("items", _MANY // 2),
        (0, 0),
        _halves(lambda turn: turn.number),
    )
    for code, lock in (("l", True), ("i", "Lock"), ("i", "RLock"))
]


_STRINGS = [
    Trial(
        Description("Array", "c", (size,), lock),
        ("raw", size // 2),
        (0, 0),
        _halves(lambda turn: turn.worker * 60 + turn.place + 1),
    )
    for size, lock in ((1 << 12, True), (1 << 11, "Lock"), (1 << 12, "RLock"))
]


# A structure.


def _write_fields(turn: _Turn) -> Action:
    x, y = turn.number + 0.25, turn.number + 0.75
    return turn.block(("write", 0, (x,)), _PAUSE, ("write", 1, (y,)))


_STRUCTURES = [
    Trial(
        Description("Value", CType(objects.POINT), (), lock),
        ("fields", ("x", "y")),
        (0.0, 0.0),
        _several(
            24,
            _write_fields,
            lambda turn: turn.block(("read", 0, 1), _PAUSE, ("read", 1, 1)),
            lambda turn: _alone("read", turn.one_of(2), 1),
        ),
    )
    for lock in _LOCKS
]


# Transactions.


def _write_twice(turn: _Turn) -> Action:
    return turn.block(("write", 0, (-turn.number,)), _PAUSE, ("write", 0, (turn.number,)))


_TRANSACTIONS = [
    Trial(
        Description("Value", "l", (0,), lock),
        ("value",),
        (0,),
        _several(
            30,
            _write_twice,
            _alone("read", 0, 1),
            lambda turn: turn.block(("read", 0, 1), _PAUSE, ("read", 0, 1)),
            lambda turn: _alone("write", 0, (turn.number + 500,)),
        ),
    )
    for lock in _LOCKS
]


_ACCOUNTS, _EACH = 4, 100


def _transfer(turn: _Turn) -> Action:
    giver, taker = turn.random.sample(range(_ACCOUNTS), 2)
    return turn.block(("add", giver, -7), ("add", taker, 7))


_TRANSFERS = [
    Trial(
        Description("Array", "h", ((_EACH,) * _ACCOUNTS,), lock),
        ("items", 1),
        (_EACH,) * _ACCOUNTS,
        _several(
            16,
            _transfer,
            _transfer,
            lambda turn: turn.block(("read", 0, 2), _PAUSE, ("read", 2, 2), ("read", 0, 4)),
        ),
        total=_EACH * _ACCOUNTS,
    )
    for lock in _LOCKS
]


# Locks.


def _increments(*modes: str) -> Callable[[Random, int], list[Action]]:
    def program(random: Random, _worker: int) -> list[Action]:
        chosen = list(modes) * (48 // len(modes))
        random.shuffle(chosen)
        return [(how, (("add", 0, 1),)) for how in chosen]

    return program


_ACQUIRE_MODES = (
    "acquire wrapper",
    "acquire lock",
    "try wrapper",
    "try lock",
    "timed wrapper",
    "timed lock",
    "with wrapper",
    "with lock",
)


def _counted(lock: str | bool, *modes: str) -> Trial:
    counter = Description("Value", "l", (0,), lock)
    return Trial(counter, ("value",), (0,), _increments(*modes))


_ALL_MODES = [
    *(_counted(lock, *_ACQUIRE_MODES) for lock in _LOCKS),
    Trial(
        Description("Array", "i", (3,), "RLock"),
        ("items", 1),
        (0, 0, 0),
        _increments(*_ACQUIRE_MODES),
    ),
    Trial(
        Description("Value", CType(objects.POINT)),
        ("fields", ("x", "y")),
        (0.0, 0.0),
        _increments(*_ACQUIRE_MODES),
    ),
]

_NESTED = [_counted(lock, "nested wrapper", "nested lock", "with lock") for lock in _RECURSIVE]


@check("stress.values-are-linearizable", _VALUES, costly=True, seed=_SEED)
@check("stress.items-are-linearizable", _ITEMS, costly=True, seed=_SEED)
@check("stress.slices-are-never-torn", _SLICES, costly=True, seed=_SEED)
@check("stress.strings-are-never-torn", _STRINGS, costly=True, seed=_SEED)
@check("stress.structures-are-atomic-under-lock", _STRUCTURES, costly=True, seed=_SEED)
@check("stress.locked-assignments-are-atomic", _TRANSACTIONS, costly=True, seed=_SEED)
@check("stress.locked-transfers-preserve-sum", _TRANSFERS, costly=True, seed=_SEED)
@check("stress.every-way-to-acquire-excludes", _ALL_MODES, costly=True, seed=_SEED)
@check("stress.inner-release-admits-nobody", _NESTED, costly=True, seed=_SEED)
def test_under_stress(stage: Stage, trials: list[Trial], seed: int) -> None:
    under_stress(stage, trials, seed)
