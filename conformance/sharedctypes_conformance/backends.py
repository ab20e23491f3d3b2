"""Which backends are known by name: those that ship with the suite, and registered ones.

Any importable module with the six names can be judged. Known backends have a description, and the
reference implementation is made importable in interpreters that do not have it installed. Packages
register under the entry-point group `sharedctypes_conformance.backends`, `name = "package.module"`.
Any module may have a ledger next to it, registered or not. Both are read as data, because the suite
does not import backends.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

GROUP = "sharedctypes_conformance.backends"
LEDGER = "sharedctypes-conformance.toml"
REFERENCE = "sharedctypes_reference"
# What it needs: older ones import it, and it does not work there.
OLDEST_FOR_REFERENCE = (3, 10)
# The name that the package `foreign` has in the target interpreter.
FOREIGN = "sharedctypes_foreign"
STANDARD_LIBRARY = "multiprocessing.sharedctypes"


@dataclass(frozen=True)
class KnownBackend:
    """The module of a backend, with a line that describes it.

    `name` is what it is called on the command line, if not by its module; `package` what has to be
    installed for it, if not the package of the module.
    """

    module: str
    what: str
    name: str = ""
    package: str = ""

    @property
    def called(self) -> str:
        """What it is called on the command line."""
        return self.name or self.module

    @property
    def needs(self) -> str:
        """The package that has to be installed for it."""
        return self.package or self.module.partition(".")[0]


SHIPPED = (
    KnownBackend(REFERENCE, "the reference implementation, part of this project"),
    KnownBackend(STANDARD_LIBRARY, "the target interpreter's standard library"),
    KnownBackend(
        "multiprocess.sharedctypes", "multiprocess, the standard library's code with dill"
    ),
    KnownBackend("billiard.sharedctypes", "billiard, the fork that Celery uses"),
    KnownBackend("torch.multiprocessing", "what PyTorch hands on of multiprocessing"),
    KnownBackend(
        f"{FOREIGN}.loky_contexts",
        "the standard library's objects in the processes of loky",
        "loky",
        "loky",
    ),
    KnownBackend(
        f"{FOREIGN}.geventmp",
        "the standard library, patched by gevent and geventmp",
        "geventmp",
        "geventmp",
    ),
    KnownBackend(
        f"{FOREIGN}.manager",
        "Value and Array of a SyncManager, which are proxies",
        "syncmanager",
        "multiprocessing",
    ),
    KnownBackend(
        f"{FOREIGN}.dummy",
        "multiprocessing.dummy, whose processes are threads",
        "dummy",
        "multiprocessing",
    ),
)


def known_backends() -> list[KnownBackend]:
    """Return the backends that the suite knows itself, and those that packages have registered."""
    registered = [
        KnownBackend(
            point.value,
            f"registered as {point.name}",
        )
        for point in entry_points(group=GROUP)
    ]
    return [*SHIPPED, *registered]


def module_of(name: str) -> str:
    """Return the module of a backend that was named on the command line."""
    names = {one.name: one.module for one in SHIPPED if one.name}
    names |= {point.name: point.value for point in entry_points(group=GROUP)}
    return names.get(name, name)


def ledger_beside(file: str | None) -> Path | None:
    """Return the ledger next to the file of a backend's module, None if there is none.

    In a folder into which packages are installed it could belong to any of them.
    """
    if file is None or Path(file).parent.name in ("site-packages", "dist-packages"):
        return None
    path = Path(file).parent / LEDGER
    return path if path.is_file() else None


def import_paths_of(module: str) -> dict[str, Path]:
    """Return which packages of ours an interpreter needs for a backend, with their folders."""
    if module.partition(".")[0] == FOREIGN:
        return {FOREIGN: Path(__file__).parent / "foreign"}
    if module != REFERENCE:
        return {}
    spec = find_spec(REFERENCE)
    if spec is None or spec.origin is None:
        return {}
    return {REFERENCE: Path(spec.origin).parent}
