"""Objects that a child has inherited already, so that an example need not start one.

Shared objects reach a process only by inheritance, and starting one costs as much as a hundred
operations. So a check draws its objects from a finite table of descriptions; the first time, the
whole table is created and one child inherits it; from then on an example takes its object from
there, reset to its initial bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from ..actors.runtime import memory
from .actor import Actor
from .descriptions import Description
from .findings import Finding, OperationRaised, Refused
from .handles import Handle
from .history import Done, History, Part
from .names import Name
from .operations import Call, Operation, Start, reference_to
from .process_group import ProcessGroup

T = TypeVar("T")

_DONE = ("returned", None, None)


@dataclass
class _Heirs:
    """The family that inherited a batch of objects: a child, its sibling and its own child.

    The latter two are started when they are first needed.
    """

    group: ProcessGroup
    objects: tuple[Handle, ...]
    child: Actor

    @cached_property
    def sibling(self) -> Actor:
        return self._start(self.objects, self.group.creator)

    @cached_property
    def grandchild(self) -> Actor:
        return self._start(list(map(self.child, self.objects)), self.child)

    def _start(self, objects: Sequence[Handle], parent: Actor) -> Actor:
        with parent.history.paused():
            return self.group.start(objects, parent=parent, resident=True)[0]

    @property
    def actors(self) -> list[Actor]:
        """The actors that have been started, in the order in which they can exit: parents last."""
        later = [getattr(self, who) for who in ("grandchild", "sibling") if who in vars(self)]
        return [*later, self.child]

    def show_start(self, heir: Actor, *inherited: Handle) -> None:
        """Add the start of one of them to the history of the example that uses it.

        What it inherited for other examples is left out, and the reader is shown one object.
        """
        parent, history = heir.parent, heir.history
        assert parent is not None
        start = Start(heir.name, tuple(map(reference_to, inherited)), number=heir.number)
        shown = replace(start, inherited=start.inherited and start.inherited[:1])
        history.note(Done(replace(parent.operation(start), outcome=_DONE), aside=False))
        history.show(replace(parent.operation(shown), outcome=_DONE))


@dataclass(frozen=True)
class Shared:
    """An object in the creator and in children that inherited it.

    `raw` is the creator's handle of the ctypes object itself, `lock` that of the lock that was
    created for it, or None.
    """

    creator: Handle
    raw: Handle
    lock: Handle | None
    heirs: _Heirs

    @property
    def child(self) -> Handle:
        """The handle of the child."""
        return self.heirs.child(self.creator)

    def seen_by(self, who: str) -> Handle:
        """Return the handle of the creator, of the child, of its sibling or of its own child."""
        if who in ("sibling", "grandchild"):
            self.heirs.show_start(getattr(self.heirs, who), *self._inherited)
        return self._seen_by(who, self.creator)

    def lock_seen_by(self, who: str) -> Handle:
        """Return the handle of the lock that was passed to the wrapper, or of its default lock."""
        if self.lock is None:
            default: Handle = self._seen_by(who, self.creator).get_lock()
            return default
        return self._seen_by(who, self.lock)

    @property
    def _inherited(self) -> tuple[Handle, ...]:
        return (self.creator,) if self.lock is None else (self.creator, self.lock)

    def _seen_by(self, who: str, handle: Handle) -> Handle:
        if who == "creator":
            return handle
        heir: Actor = getattr(self.heirs, who)
        return heir(handle)


@dataclass(frozen=True)
class _Entry:
    object: Handle
    raw: Handle
    lock: Handle | None
    initial: bytes
    heirs: _Heirs
    made: Part


class Pool:
    """The inherited objects of one stage, in the process group that `group` returns."""

    def __init__(self, history: History, group: Callable[[], ProcessGroup]) -> None:
        self._history = history
        self._group = group
        self._entries: dict[Description, _Entry | Refused] = {}
        self._taken: set[Description] = set()
        self._in_batches = True
        self._casts: dict[object, tuple[Any, list[Actor], Part]] = {}
        self._casts_taken: set[object] = set()

    def take(self, wanted: Description, table: Sequence[Description] = ()) -> Shared:
        """Return an object with its initial bytes, creating all of `table` if it is not there.

        Must be called before the example does anything else: if a batch crashes an actor, the stage
        starts afresh. Raises Refused if the backend refuses to construct the object, and the
        finding if it cannot be passed to a child.
        """
        if wanted not in self._entries and self._in_batches and wanted in table:
            try:
                with self._history.paused():
                    self._create([one for one in table if one not in self._entries])
            except Finding:
                # One of them is the cause; from now on each is created alone, which shows which.
                self._group().end()
                self.forget()
                self._in_batches = False
        if wanted not in self._entries:
            self._create([wanted])
        entry = self._entries[wanted]
        if isinstance(entry, Refused):
            raise entry
        self._taken.add(wanted)
        self._show(wanted, entry)
        with self._history.paused():
            self._group().creator.call(memory.fill, entry.raw, entry.initial)
        return Shared(entry.object, entry.raw, entry.lock, entry.heirs)

    def take_together(
        self, wanted: Sequence[Description], table: Sequence[Description] = ()
    ) -> list[Shared]:
        """Return objects as `take` does, all of them inherited by the same children."""
        taken = [self.take(one, table) for one in wanted]
        if len({id(shared.heirs) for shared in taken}) > 1:
            # Examples of other checks have taken some of them, with other children.
            with self._history.paused():
                self._create(list(dict.fromkeys(wanted)))
            taken = [self.take(one) for one in wanted]
        return taken

    def cast(self, key: object, make: Callable[[], tuple[T, list[Actor]]]) -> T:
        """Return what `make` returned when it was first called for this key.

        `make` also returns the residents that it started, in the order in which they can exit. They
        stay for later examples, until there is a finding. Must be called before the example does
        anything else.
        """
        history = self._history
        if key not in self._casts:
            made, residents = make()
            self._casts[key] = made, residents, history.since()
        else:
            history.repeat(self._casts[key][2])
        self._casts_taken.add(key)
        cast: T = self._casts[key][0]
        return cast

    def _show(self, description: Description, entry: _Entry) -> None:
        """Add the creation of an object to the history of the example that takes it."""
        lock = description.lock
        keywords = {} if lock is True else {"lock": Name(f"{lock}()" if lock else str(lock))}
        function = self._group().target.backend_function(description.maker)
        call = Call(function, (description.type, *description.args), keywords)
        outcome = ("returned", reference_to(entry.object), None)
        self._history.show(Operation("creator", call, outcome=outcome))
        for step in entry.made.steps:
            self._history.note(step)
        locks = () if entry.lock is None else (entry.lock,)
        entry.heirs.show_start(entry.heirs.child, entry.object, *locks)

    def begin_example(self) -> None:
        """Forget what the last example took."""
        self._taken.clear()
        self._casts_taken.clear()

    def drop_taken(self) -> None:
        """Drop the objects that the example took; dismiss the children that have none left.

        Raises like `ProcessGroup.dismiss`.
        """
        dropped = [self._entries.pop(one) for one in self._taken if one in self._entries]
        self._taken.clear()
        used = {id(one.heirs) for one in self._entries.values() if isinstance(one, _Entry)}
        idle = {id(one.heirs): one.heirs for one in dropped if isinstance(one, _Entry)}
        leaving = [one for key, heirs in idle.items() if key not in used for one in heirs.actors]
        for key in self._casts_taken & set(self._casts):
            leaving += self._casts.pop(key)[1]
        for resident in leaving:
            self._group().dismiss(resident)

    def forget(self) -> None:
        """Drop all objects; the actors that held them are gone or about to go."""
        self._entries.clear()
        self._taken.clear()
        self._casts.clear()
        self._casts_taken.clear()

    def _create(self, descriptions: Sequence[Description]) -> None:
        group = self._group()
        creator = group.creator
        created: dict[Description, tuple[Handle, Handle, Handle | None, bytes, Part]] = {}
        for description in descriptions:
            mark = self._history.mark()
            try:
                lock = description.new_lock(creator)
                obj = description.create_under(lock, creator)
                raw = obj if description.is_raw else obj.get_obj()
                given = lock if isinstance(lock, Handle) else None
                initial = creator.call(memory.contents, raw)[1]
                created[description] = (obj, raw, given, initial, self._history.since(mark))
            except OperationRaised as raised:
                self._entries[description] = Refused(str(raised))
        if created:
            objects = [obj for obj, *_ in created.values()]
            objects += [lock for _, _, lock, *_ in created.values() if lock is not None]
            child, _ = group.start(objects, resident=True)
            heirs = _Heirs(group, tuple(objects), child)
            for description, (obj, raw, lock, initial, made) in created.items():
                self._entries[description] = _Entry(obj, raw, lock, initial, heirs, made)
