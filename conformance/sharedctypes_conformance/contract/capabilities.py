"""What a backend may lack as a whole, so that clauses that need it cannot be judged.

A capability is found by its plainest use (`stage.capabilities`), never guessed from a message. It
is lacking only if that use is refused: the name is not there, or the call raises. What is there and
works badly is a defect, of which clauses accuse the backend. `promised_by` is the clause that says
that there is such a thing: it is judged all the same, and fails unless the backend has declared
that it lacks this.
"""

from __future__ import annotations

from dataclasses import dataclass


def has_own_contexts(backend: str, contexts: str) -> bool:
    """Return whether the module of a backend's contexts is the backend or a package it is in.

    A backend that has none is used with those of `multiprocessing`. It lacks nothing, but cannot be
    blamed for them.
    """
    return f"{backend}.".startswith(f"{contexts}.")


@dataclass(frozen=True)
class Capability:
    """A capability: its name, and what a backend has that does not lack it."""

    name: str
    what: str
    promised_by: str = ""


# The six functions are capabilities under their own names.
PRESENCE = "module.has-all-six-functions"
FUNCTIONS = ("RawValue", "RawArray", "Value", "Array", "copy", "synchronized")

_ALL = (
    *(Capability(name, f"there is a function `{name}`", PRESENCE) for name in FUNCTIONS),
    Capability("start-method", "the contexts offer this start method"),
    Capability(
        "contexts",
        "a package with contexts of its own has them for start methods of the standard library",
    ),
    Capability("ctypes", "objects are ctypes objects at all", "seed.value-of-type-equals-ctypes"),
    Capability(
        "get_obj",
        "`get_obj` of a wrapper returns the object in it",
        "operations.wrapper-and-object-agree",
    ),
    Capability(
        "typecodes",
        "objects are made from typecodes, not from ctypes types alone",
        "seed.value-of-typecode-equals-type",
    ),
    # Not documented, so nothing promises them.
    Capability("wrapper-classes", "the module has the classes of its wrappers"),
    Capability(
        "locks",
        "wrappers have a lock, `get_lock`, `acquire` and `release`",
        "lock-argument.get-lock-returns-given-lock",
    ),
    Capability(
        "custom-locks",
        "locks of a user's own are accepted",
        "lock-argument.accepts-lock-like-objects",
    ),
    Capability(
        "children",
        "the contexts start processes under this start method",
        "seed.child-write-to-value-reaches-parent",
    ),
    Capability(
        "raw-inheritance",
        "raw objects can be arguments of a Process",
        "seed.parent-write-reaches-child",
    ),
    Capability(
        "wrapper-inheritance",
        "wrappers can be arguments of a Process",
        "seed.child-write-to-value-reaches-parent",
    ),
    Capability(
        "main-functions",
        "a Process can run a function of the program's main module",
        "array.introduction-example-prints-its-results",
    ),
    Capability("pools", "the contexts have a Pool", "sharing.pool-initargs-are-shared"),
    Capability(
        "executors",
        "ProcessPoolExecutor takes the contexts",
        "sharing.executor-initargs-are-shared",
    ),
    Capability("threads", "threads can be started"),
    Capability(
        "native-threads",
        "threads are the system's, and run while another one waits in a system call",
    ),
)

CAPABILITIES = {one.name: one for one in _ALL}
