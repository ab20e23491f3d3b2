"""A selftest: each liar is judged by its clauses, each correct backend by all.

A liar that one profile catches is not judged in the next, which has more examples.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from ..contract import Grade, load_registry
from ..gallery import HONEST, Liar, read_gallery
from .record import Machine, Selftest, is_caught
from .trials import Outcome, Trial
from .workers import hold_all

# Most of the time a worker waits for what a backend does, so there are more than cores.
WORKERS_PER_CORE = 2

# Run in a process of its own: no backend is imported here.
_MACHINES = """
import json, liars.honest as honest
print(json.dumps([
    {
        "name": "honest." + name,
        "breaks": {one: sorted(honest.breaks(name, one)) for one in honest.start_methods(name)},
        "unjudged": sorted(honest.unjudged(name)),
    }
    for name in honest.MACHINES
]))
"""


class SelftestError(Exception):
    """A selftest cannot be made; the text says why."""


class Backends(NamedTuple):
    """What a selftest judges."""

    liars: list[Liar]
    machines: list[Machine]


def choose(gallery: Path, names: Collection[str]) -> Backends:
    """Return the backends of a gallery, or those that are named.

    Raises SelftestError or GalleryError.
    """
    liars, machines = read_gallery(gallery), _machines(gallery)
    unknown = set(names) - {one.name for one in liars} - {one.name for one in machines}
    if unknown:
        raise SelftestError(f"there is no backend {min(unknown)!r} in {str(gallery)!r}")
    return Backends(
        [one for one in liars if not names or one.name in names],
        [one for one in machines if not names or one.name in names],
    )


def selftest(
    backends: Backends,
    gallery: Path,
    profiles: Sequence[str],
    verdicts: int,
    workers: int | None,
    on_total: Callable[[int], None],
    on_outcomes: Callable[[list[Outcome]], None],
) -> Selftest:
    """Judge backends of a gallery: liars in some profiles, and correct ones for `verdicts` each.

    `on_total` is called with the number of trials, `on_outcomes` with the outcomes of each.
    """
    cores = len(os.sched_getaffinity(0))
    count = workers or WORKERS_PER_CORE * cores
    started, began = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    outcomes: list[Outcome] = []

    def note(found: list[Outcome]) -> None:
        outcomes.extend(found)
        on_outcomes(found)

    trials, missed = list(_of_machines(backends.machines, verdicts)), backends.liars
    total = 0
    for profile in profiles:
        trials += _of_liars(missed, profile)
        total += len(trials)
        on_total(total)
        hold_all(trials, gallery, count, note)
        trials, missed = [], [one for one in missed if not is_caught(one, outcomes, profile)]
    return Selftest(
        suite_version=__version__,
        interpreter=f"{platform.python_implementation()} {platform.python_version()}",
        cores=cores,
        workers=count,
        started=started,
        seconds=round(time.monotonic() - began, 1),
        liars=tuple(backends.liars),
        machines=tuple(backends.machines),
        outcomes=tuple(sorted(outcomes, key=_place)),
    )


def _place(one: Outcome) -> tuple[str, ...]:
    return one.backend, one.clause, one.start_method, one.profile, f"{one.seed:9}"


def _machines(gallery: Path) -> list[Machine]:
    said = subprocess.run(  # noqa: S603 - this interpreter, and a module of the checkout
        [sys.executable, "-c", _MACHINES],
        env={**os.environ, "PYTHONPATH": str(gallery.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        last = said.stderr.strip().rpartition("\n")[2]
        raise SelftestError(f"cannot read the backends of {str(gallery / HONEST)!r}: {last}")
    return [Machine.model_validate(one) for one in json.loads(said.stdout)]


def _of_liars(liars: Sequence[Liar], profile: str) -> Iterator[Trial]:
    for liar in liars:
        for method in liar.start_methods:
            yield Trial(liar.name, method, profile, 0, tuple(liar.caught_by))


def _of_machines(machines: Sequence[Machine], verdicts: int) -> Iterator[Trial]:
    """Yield trials of one area each: shorter ones keep all workers busy until the end.

    What is only observed is left out: nothing can be undeserved there.
    A machine is judged under one start method after the other, and by one seed after the other,
    until there are enough verdicts, but at least once. Not all begin with the same method.
    """
    areas = [
        [clause.id for clause in area.clauses if clause.grade is not Grade.INFO]
        for area in load_registry().areas.values()
    ]
    clauses = sum(map(len, areas))
    for place, machine in enumerate(machines):
        methods = list(machine.breaks)
        for turn in range(max(1, -(-verdicts // clauses))):
            seed, method = divmod(turn, len(methods))
            for names in areas:
                start_method = methods[(place + method) % len(methods)]
                yield Trial(machine.name, start_method, "quick", seed, tuple(names))
