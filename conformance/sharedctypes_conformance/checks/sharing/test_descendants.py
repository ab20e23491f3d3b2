"""Area `sharing`: objects that a child passes on to its children, and many children that share."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from ...actors.runtime import memory
from ...stage.actor import Actor
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.makers import ONE_OF_EACH


def _raw(actor: Actor, number: int, objects: Sequence[Handle]) -> Handle:
    """Return an object as an actor sees it, without its wrapper."""
    raw: Handle = actor(objects[number])
    return raw if ONE_OF_EACH[number].is_raw else raw.get_obj()


def _write(writer: Actor, objects: Sequence[Handle], family: Sequence[Actor], mark: int) -> None:
    """Have one of a family write to each object; all of them have to read that."""
    for number, description in enumerate(ONE_OF_EACH):
        raw = _raw(writer, number, objects)
        size = len(writer.call(memory.contents, raw)[1])
        written = bytes([mark + number]) * size
        writer.call(memory.fill, raw, written)
        for reader in family:
            got = reader.call(memory.contents, _raw(reader, number, objects))[1]
            if got != written:
                raise NotKept(
                    f"{description} is {got.hex()} in {reader.name} "
                    f"after {writer.name} wrote {written.hex()}"
                )


@check("sharing.children-pass-objects-on", costly=True, order=st.permutations(list(range(5))))
def test_children_pass_objects_on(stage: Stage, order: list[int]) -> None:
    creator = stage.creator
    objects = [one.create_or_refuse(creator) for one in ONE_OF_EACH]
    child = stage.start(*objects)
    own = [one.create_or_refuse(child) for one in ONE_OF_EACH]
    given = [*map(child, objects), *own]
    grandchildren = [stage.start(*given, parent=child) for _ in range(2)]
    family = [creator, child, *grandchildren, stage.start(*objects)]
    for turn, who in enumerate(order):
        mark = 1 + turn * 2 * len(ONE_OF_EACH)
        _write(family[who], objects, family, mark)
        if family[who] in family[1:4]:
            _write(family[who], own, family[1:4], mark + len(ONE_OF_EACH))


# More than fit into a table of 32, which looks like enough; in the quick profile, into one of 8.
_MANY = 34


@check("sharing.many-processes-share-objects")
def test_many_processes_share_objects(stage: Stage) -> None:
    objects = [one.create_or_refuse(stage.creator) for one in ONE_OF_EACH]
    first, *others = children = [stage.start(*objects) for _ in range(stage.times(_MANY))]
    last = others[-1]
    for turn, writer in enumerate((last, first, stage.creator)):
        _write(writer, objects, [stage.creator, *children], 1 + turn * len(ONE_OF_EACH))
    for description, obj in zip(ONE_OF_EACH, objects, strict=True):
        if description.is_raw:
            continue
        first(obj).acquire()
        inside = [child.name for child in others if child(obj).acquire(False)]
        if inside:
            raise NotKept(
                f"{', '.join(inside)} held the lock of {description} together with {first.name}"
            )
        first(obj).release()
        if not last(obj).acquire(False):
            raise NotKept(
                f"{last.name} could not acquire the lock of {description}, which was free"
            )
        last(obj).release()
