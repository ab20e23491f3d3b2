"""How an object is put into what a child is passed, and referred to there."""

from __future__ import annotations

from .reading import NoReproducer
from .sources import Sources

_CONTAINERS = {
    "a list": ("[{}]", "{}[0]"),
    "a tuple": ("({},)", "{}[0]"),
    "a dict": ("{{0: {}}}", "{}[0]"),
    "lists of dicts": ('[(0, {{"object": {}}})]', '{}[0][1]["object"]'),
    "a partial among the arguments": ("functools.partial(list, [{}])", "{}()[0]"),
    "a deque": ("collections.deque([{}])", "{}[0]"),
}

_CLASSES = {
    "a dataclass": "runtime.containers.Record",
    "an attribute": "runtime.containers.Plain",
    "an attribute in __slots__": "runtime.containers.Slotted",
}


def held_in(container: str, sources: Sources) -> tuple[str, str]:
    """Return two formats: the container with an object, and the object in a container.

    Raises NoReproducer if there is no such container.
    """
    if container in _CLASSES:
        return f"{sources.need(_CLASSES[container])}([{{}}])", "{}.objects[0]"
    if container not in _CONTAINERS:
        raise NoReproducer(f"its evidence passes an object in {container!r}")
    return _CONTAINERS[container]
