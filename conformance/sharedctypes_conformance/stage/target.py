"""A target: the interpreter in which the actors of a stage run, and the backend they use."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..contract import has_own_contexts
from .findings import Missing
from .names import Name


@dataclass(frozen=True)
class Target:
    """What a stage drives: a backend in an interpreter under a start method.

    Without a start method the stage has a creator only, which imports nothing yet. `names` are
    those of the six that the backend has, `contexts` the module of its contexts; `extra` maps
    modules that come with the suite to their folders, for an interpreter that does not have them;
    `options` are the interpreter's own, such as `-O`; `capabilities` what is known already about
    the backend's: for each by its name whether it is lacking, and what shows it.
    """

    python: str
    backend: str
    method: str
    names: frozenset[str]
    contexts: str = "multiprocessing"
    extra: dict[str, Path] = field(default_factory=dict, hash=False, compare=False)
    options: tuple[str, ...] = ()
    capabilities: dict[str, tuple[bool, str]] = field(
        default_factory=dict, hash=False, compare=False
    )

    @property
    def has_own_contexts(self) -> bool:
        """Whether the contexts, and so their locks, are of the package that the backend is in."""
        return has_own_contexts(self.backend, self.contexts)

    def require(self, *names: str) -> None:
        """Raise Missing unless the backend has each of these of its six names."""
        for name in names:
            if name not in self.names:
                raise Missing(f"{self.backend} has no {name!r}")

    def backend_function(self, name: str) -> Any:
        """Return a name for one of the backend's six functions; raises Missing if there is none.

        It is a `Name`: actors call it, or receive the function where it is an argument.
        """
        self.require(name)
        return Name(f"{self.backend}.{name}")
