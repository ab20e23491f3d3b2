"""The whole life of shared objects: which processes there are, what each has, who holds which lock.

A `World` is the state of a program after some of its steps. It says whether a step is possible now
(`allows`), and what follows from it (`carry_out`). It knows no backend and no bytes: what is in an
object's memory is the number of the step that wrote to it last.

What a process has are *names*, each for one way to reach a memory: a wrapper, a ctypes object, or a
view that is neither. A memory lives in a process as long as one of its names is there, and so long
it must hold what was written last, by whomever.

Whoever made an object may let go of it before others do. From then on the world is *strained*: the
documentation promises that the others can go on, in a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .locks import DEEPEST, LOCK, RLOCK

# What a step does. Those of `NEW` make a name, those of `MAKERS` a memory as well.
MAKERS = ("Value", "Array", "RawValue", "RawArray")
COPY, WRAP, VIEW = "copy", "synchronized", "view"
NEW = (*MAKERS, COPY, WRAP, VIEW)
REFUSE, WRITE, ASSIGN, DROP, COLLECT = "refuse", "write", "assign", "drop", "collect"
START, END, FORK = "start", "end", "fork"
ACQUIRE, TRY, RELEASE = "acquire", "try", "release"
FILE = "file"
KINDS = (
    *NEW,
    *(REFUSE, WRITE, ASSIGN, DROP, COLLECT, START, END, FORK, ACQUIRE, TRY, RELEASE, FILE),
)

# What kinds of steps have in common, for coverage.
GROUPS = {
    **dict.fromkeys((*MAKERS, COPY, WRAP), "make"),
    **dict.fromkeys((WRITE, ASSIGN), "write"),
    **dict.fromkeys((ACQUIRE, TRY, RELEASE), "lock"),
}
_BEFORE_AND_AFTER = (DROP, "write", "lock", FORK, VIEW)

# How a process ends.
RETURN, EXIT, KILL = "return", "os._exit(0)", "SIGKILL"

# How a `with` block is entered and left.
ENTER, LEAVE = "__enter__()", "__exit__()"

# What a name is: a wrapper, a ctypes object of its own, or a view, which cannot be passed on.
WRAPPER, RAW, PART = "wrapper", "raw", "part"

CREATOR = 0


class Step(NamedTuple):
    """One step: `number` is its place in the program, and that of the name that it makes, if any.

    `who` is the thread that does it: two times the number of its process, or one more for the
    second thread of that. `on` is a name, or the number of the child that starts or ends. `how`
    says which of the ways to do it: for what is made, its lock. `what` are the names that are
    passed on, or used by a fork. `made` says what is made, which does not matter here.
    """

    number: int
    kind: str
    who: int
    on: int = -1
    how: Hashable = ""
    what: tuple[int, ...] = ()
    made: Hashable = None

    @property
    def process(self) -> int:
        """The process that does it."""
        return self.who // 2

    def __str__(self) -> str:
        return f"{name_of_thread(self.who)}: {_as_code(self)}"


def name_of_thread(who: int) -> str:
    """Return what a thread is called."""
    process = f"child {who // 2}" if who > 1 else "creator"
    return f"thread 2 of {process}" if who % 2 else process


def _as_code(step: Step) -> str:
    on, names = f"o{step.on}", ", ".join(f"o{name}" for name in step.what)
    if step.kind in NEW:
        return f"o{step.number} = {_making(step)}"
    match step.kind:
        case "refuse":
            return f"{step.made} raises"
        case "write":
            return f"memmove({on}, ...)"
        case "assign":
            return f"{on}[:] = ..."
        case "drop":
            return f"del {on}{' ' * bool(step.how)}{step.how}"
        case "start":
            return f"start child {step.on} with ({names})"
        case "end":
            return f"child {step.on} ends by {step.how}"
        case "fork":
            made = "; ".join(map(str, step.made)) if isinstance(step.made, tuple) else step.made
            return f"os.fork() to write to ({names}) and make RawArrays of ({made})"
        case "acquire" | "release":
            return f"{on}.{step.how}"
        case "try":
            return f"{on}.acquire(False) is False"
        case "collect":
            return str(step.how)
    return "open a file, write to it"


def _making(step: Step) -> str:
    lock = f"o{step.how}.get_lock()" if isinstance(step.how, int) else f"{step.how}()"
    if step.kind in MAKERS:
        given = "" if step.how == "" else f", lock={lock}"
        given = ", lock=False" if step.how == NO_LOCK else given
        return f"{step.kind}({step.made}{given})"
    if step.kind == WRAP:
        return f"synchronized(o{step.on}{', ' * bool(step.how != '')}{lock * bool(step.how != '')})"
    if step.kind == COPY:
        return f"copy(o{step.on})"
    return str(step.how).replace("obj", f"o{step.on}").replace("it", f"o{step.on}")


class Name(NamedTuple):
    """A name: its memory, what it is, and its lock, -1 if it has none."""

    memory: int
    sort: str
    lock: int = -1


@dataclass(eq=False)
class Memory:
    """The memory of an object: the process that made it, and the step that wrote to it last."""

    maker: int
    version: int


@dataclass(eq=False)
class Lock:
    """A lock: the process that made it, who holds it and how often.

    `blocks` are the names whose `with` blocks have been entered. Nobody knows what becomes of a
    lock whose holder has ended: it is `lost`.
    """

    kind: str
    maker: int
    holder: int = -1
    depth: int = 0
    blocks: list[int] = field(default_factory=list)
    lost: bool = False

    def is_open_to(self, who: int) -> bool:
        """Return whether a thread can acquire it now."""
        own = self.kind == RLOCK and self.holder == who and self.depth < DEEPEST
        return not self.lost and (self.holder == -1 or own)

    def can_be_released(self, who: int, name: int, by_leaving: bool) -> bool:
        """Return whether a thread can release it: only what it has entered can be left."""
        if by_leaving:
            return self.holder == who and self.blocks[-1:] == [name]
        may = self.holder == who or self.kind == LOCK
        return self.depth > len(self.blocks) and may


@dataclass
class Process:
    """A process that has not ended: its parent, -1 if that has ended, and the names that it has."""

    parent: int
    names: set[int] = field(default_factory=set)


# What a maker or `synchronized` is given as the lock: by default an RLock is made.
NO_LOCK, DEFAULT, OWN_LOCK = "lock=False", "", "OwnLock"
LOCKS = {DEFAULT: RLOCK, LOCK: LOCK, RLOCK: RLOCK, OWN_LOCK: LOCK}


class World:
    """The state of a program: its processes, names, memories and locks, by their numbers."""

    def __init__(self) -> None:
        self.processes = {CREATOR: Process(parent=-1)}
        self.names: dict[int, Name] = {}
        self.memories: dict[int, Memory] = {}
        self.locks: dict[int, Lock] = {}
        self.is_strained = False

    # What there is.

    def lock_of(self, name: int) -> Lock | None:
        """Return the lock of a name, None if it has none."""
        return self.locks.get(self.names[name].lock)

    def memory_of(self, name: int) -> Memory:
        """Return the memory of a name."""
        return self.memories[self.names[name].memory]

    def memories_in(self, process: int) -> dict[int, int]:
        """Return the memories that a process can reach, each with what was written to it last."""
        found = {self.names[name].memory for name in self.processes[process].names}
        return {memory: self.memories[memory].version for memory in sorted(found)}

    def children_of(self, process: int) -> list[int]:
        """Return the children of a process that have not ended."""
        return [child for child, one in self.processes.items() if one.parent == process]

    def holds_locks(self, process: int) -> bool:
        """Return whether a thread of a process holds a lock."""
        return any(
            lock.holder >= 0 and lock.holder // 2 == process and not lock.lost
            for lock in self.locks.values()
        )

    # What is possible.

    def allows(self, step: Step) -> bool:
        """Return whether a step can be done now, in which nobody has to wait for anybody."""
        process = self.processes.get(step.process)
        if process is None or not all(name in process.names for name in step.what):
            return False
        if step.kind == START:
            sorts = {self.names[name].sort for name in step.what}
            return step.on not in self.processes and PART not in sorts
        if step.kind == END:
            return self._can_end(step)
        if step.kind in MAKERS:
            # One that has another one's lock.
            return not isinstance(step.how, int) or self._has_lock(process, step.how)
        if step.kind in (REFUSE, COLLECT, FORK, FILE):
            return True
        return step.on in process.names and self._allows_on(step)

    def _has_lock(self, process: Process, name: int) -> bool:
        return name in process.names and self.names[name].lock >= 0

    def _can_end(self, step: Step) -> bool:
        child = self.processes.get(step.on)
        # One that returns waits for its own children.
        waits = step.how == RETURN and bool(self.children_of(step.on))
        return child is not None and child.parent == step.process and not waits

    def _allows_on(self, step: Step) -> bool:
        name, lock = self.names[step.on], self.lock_of(step.on)
        if step.kind == WRAP:
            own = not isinstance(step.how, int)
            return name.sort == RAW and (
                own or self._has_lock(self.processes[step.process], int(str(step.how)))
            )
        if step.kind == COPY:
            return name.sort == RAW
        if step.kind == VIEW:
            return name.sort != PART and (step.how == "get_obj()") == (name.sort == WRAPPER)
        if step.kind == DROP:
            # Who holds a lock keeps what it can be released by.
            others = self.processes[step.process].names - {step.on}
            kept = any(self.names[other].lock == name.lock for other in others)
            is_held = lock is not None and lock.holder // 2 == step.process and not lock.lost
            return not is_held or (kept and lock is not None and step.on not in lock.blocks)
        if step.kind == WRITE:
            return True
        if lock is None or lock.lost:
            return False
        if step.kind == TRY:
            return not lock.is_open_to(step.who) and lock.holder != step.who
        if step.kind == RELEASE:
            return lock.can_be_released(step.who, step.on, step.how == LEAVE)
        return lock.is_open_to(step.who)

    # What follows.

    def carry_out(self, step: Step) -> None:
        """Do a step that is possible."""
        process = self.processes[step.process]
        self.is_strained |= self.would_strain(step)
        if step.kind in NEW:
            self._add(step, process)
        elif step.kind in (WRITE, ASSIGN):
            self.memory_of(step.on).version = step.number
        elif step.kind == FORK:
            for name in step.what:
                self.memory_of(name).version = step.number
        elif step.kind == DROP:
            process.names.remove(step.on)
        elif step.kind == START:
            self.processes[step.on] = Process(step.process, set(step.what))
        elif step.kind == END:
            self._end(step.on)
        elif step.kind in (ACQUIRE, RELEASE):
            lock = self.lock_of(step.on)
            assert lock is not None
            if step.kind == ACQUIRE:
                lock.holder, lock.depth = step.who, lock.depth + 1
                lock.blocks += [step.on] * (step.how == ENTER)
            else:
                lock.depth -= 1
                lock.holder = lock.holder if lock.depth else -1
                del lock.blocks[len(lock.blocks) - (step.how == LEAVE) :]

    def _add(self, step: Step, process: Process) -> None:
        number = step.number
        source = self.names.get(step.on)
        if step.kind in (*MAKERS, COPY):
            self.memories[number] = Memory(step.process, number)
            memory = number
        else:
            assert source is not None
            memory = source.memory
        sort = RAW
        lock = -1
        if step.kind in ("Value", "Array", WRAP) and step.how != NO_LOCK:
            sort = WRAPPER
            if isinstance(step.how, int):
                lock = self.names[step.how].lock
            else:
                lock = number
                self.locks[number] = Lock(LOCKS[str(step.how)], step.process)
        elif step.kind == VIEW and step.how != "get_obj()":
            sort = PART
        self.names[number] = Name(memory, sort, lock)
        process.names.add(number)

    def _end(self, number: int) -> None:
        for child in self.children_of(number):
            self.processes[child].parent = -1
        del self.processes[number]
        for lock in self.locks.values():
            lock.lost |= lock.holder >= 0 and lock.holder // 2 == number

    def would_strain(self, step: Step) -> bool:
        """Return whether a step lets go of what its process has made and others use."""
        if step.kind not in (DROP, END):
            return False
        leaving = step.process if step.kind == DROP else step.on
        names = self.processes[leaving].names
        kept = self._behind(names - {step.on}) if step.kind == DROP else set()
        used = {
            thing
            for number, process in self.processes.items()
            if number != leaving
            for thing in self._behind(process.names)
        }
        return any(thing.maker == leaving for thing in (self._behind(names) - kept) & used)

    def _behind(self, names: Iterable[int]) -> set[Memory | Lock]:
        """Return the memories and locks that some names stand for."""
        memories = {self.memory_of(name) for name in names}
        return memories | {lock for lock in map(self.lock_of, names) if lock}


def group_of(kind: str) -> str:
    """Return what a kind of step has in common with others."""
    return GROUPS.get(kind, kind)


def covered_by(last: str, kind: str, process: int) -> list[str]:
    """Return the names, for coverage, of a step of a process; `last` is its kind before, or ""."""
    where = "in a child" if process != CREATOR else "in the creator"
    names = [f"{group_of(kind)} {where}"]
    if last:
        names.append(f"{group_of(last)}, then {group_of(kind)} {where}")
    return [name for name in names if name in TO_COVER]


def _to_cover() -> Iterator[str]:
    for where in ("in the creator", "in a child"):
        for kind in KINDS:
            # Few programs have grandchildren that end.
            if (kind, where) != (END, "in a child"):
                yield f"{group_of(kind)} {where}"
        for kind in _BEFORE_AND_AFTER:
            yield f"make, then {kind} {where}"
            yield f"{kind}, then make {where}"


# Every kind of step, and those before and after which most mistakes of allocators show.
TO_COVER = frozenset(_to_cover())


def possible(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield those steps that are possible after the ones before, with the names that there are."""
    world = World()
    for step in steps:
        there = world.processes.get(step.process, Process(-1)).names
        step = step._replace(what=tuple(name for name in step.what if name in there))
        if world.allows(step):
            world.carry_out(step)
            yield step


def threads(process: int) -> tuple[int, int]:
    """Return the threads of a process."""
    return 2 * process, 2 * process + 1


def reached(world: World) -> Iterator[tuple[int, int]]:
    """Yield each process with each of its names."""
    for number, process in world.processes.items():
        for name in sorted(process.names):
            yield number, name
