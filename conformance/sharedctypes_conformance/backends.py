"""Which backends are known by name: those that ship with the suite, and registered ones.

Any importable module with the six names can be judged; being known adds a description, and for the
reference implementation the way into interpreters that do not have it installed. Packages register
under the entry-point group `sharedctypes_conformance.backends`, `name = "package.module"`, and may
have a ledger beside that module. Both are read, and nothing is loaded, because the suite does not
import backends.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

GROUP = "sharedctypes_conformance.backends"
LEDGER = "sharedctypes-conformance.toml"
REFERENCE = "sharedctypes_reference"
STANDARD_LIBRARY = "multiprocessing.sharedctypes"


@dataclass(frozen=True)
class KnownBackend:
    """A backend by its module, with a line that says what it is."""

    module: str
    what: str


SHIPPED = (
    KnownBackend(REFERENCE, "the reference implementation, part of this project"),
    KnownBackend(STANDARD_LIBRARY, "the target interpreter's standard library"),
    KnownBackend(
        "multiprocess.sharedctypes", "multiprocess, the standard library's code with dill"
    ),
    KnownBackend("billiard.sharedctypes", "billiard, the fork that Celery uses"),
)


def known_backends() -> list[KnownBackend]:
    """Return the shipped backends and the registered ones, which are named by their packages."""
    registered = [
        KnownBackend(
            point.value,
            f"registered as {point.name}"
            + (", with a ledger" if registered_ledger(point.value) else ""),
        )
        for point in entry_points(group=GROUP)
    ]
    return [*SHIPPED, *registered]


def module_of(name: str) -> str:
    """Return the module that a backend's name on the command line stands for."""
    registered = {point.name: point.value for point in entry_points(group=GROUP)}
    return registered.get(name, name)


def registered_ledger(module: str) -> Path | None:
    """Return the ledger in the package of a registered backend's module, None if there is none."""
    if module not in {point.value for point in entry_points(group=GROUP)}:
        return None
    package, *inner = module.split(".")
    # Only the outermost package can be found without importing anything.
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder, *inner[:-1], LEDGER)
        if path.is_file():
            return path
    return None


def import_paths_of(module: str) -> dict[str, Path]:
    """Return which packages of ours an interpreter needs for a backend, with their folders."""
    if module != REFERENCE:
        return {}
    spec = find_spec(REFERENCE)
    if spec is None or spec.origin is None:
        return {}
    return {REFERENCE: Path(spec.origin).parent}
