"""The backend's four makers, as the actors' module `makers` wants them, for several checks."""

from __future__ import annotations

from ..stage.handles import CType, Name
from ..stage.stage import Stage

MAKERS = "sharedctypes_actors.makers."


def makers_of(stage: Stage) -> list[Name]:
    """Return RawValue, RawArray, Value and Array of the backend, in this order."""
    return [
        Name(stage.name_in_backend(name)) for name in ("RawValue", "RawArray", "Value", "Array")
    ]


def code_of(kind: object) -> str:
    """Return what was given for a type as code."""
    return str(kind) if isinstance(kind, Name | CType) else ascii(kind)
