"""A target: what the actors of a stage are started in, and what they are to use."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Target:
    """What a stage drives: a backend in an interpreter under a start method.

    Without a start method the stage has a creator only, which imports nothing yet. `names` are
    those of the six that the backend has, `contexts` the module of its contexts; `extra` maps
    modules that come with the suite to their folders, for an interpreter that does not have them;
    `options` are the interpreter's own, such as `-O`.
    """

    python: str
    backend: str
    method: str
    names: frozenset[str]
    contexts: str = "multiprocessing"
    extra: dict[str, Path] = field(default_factory=dict, hash=False, compare=False)
    options: tuple[str, ...] = ()
