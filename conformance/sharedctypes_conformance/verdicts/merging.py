"""One report of several: of parts of a run, of other interpreters, backends or start methods.

What was judged is recognized by its names and versions, because an interpreter may lie elsewhere on
another machine, and another one at the same place. In the merged report each has one path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..contract import Registry
from .matrix import matrices
from .model import Found, Origin, Report, ReportError, Result, Subject

_METHODS = ("fork", "spawn", "forkserver")
# What has to be the same: a merged report says it once.
_COMMON = {"suite_version": "the suite's version", "profile": "the profile", "seed": "the seed"}


def merge(reports: Sequence[Report], registry: Registry) -> Report:
    """Return one report of several; raises ReportError where they do not fit together.

    A cell that several have is taken from the last of them.
    """
    first, *_ = reports
    for name, what in _COMMON.items():
        values = _once_each([str(getattr(report, name))] for report in reports)
        if len(values) > 1:
            raise ReportError(
                f"the reports cannot be merged, because {what} differs: {', '.join(values)}"
            )
    paths = _Paths()
    subjects: dict[tuple[str, str], Subject] = {}
    controls: dict[tuple[str, str], Subject] = {}
    cells: dict[tuple[str, ...], Result] = {}
    capabilities: dict[tuple[str, ...], Found] = {}
    origins: dict[tuple[str, ...], Origin] = {}
    for report in reports:
        places = {}
        for subject, known in (
            *((one, subjects) for one in report.subjects),
            *((one, controls) for one in report.controls),
        ):
            there = paths.of(subject)
            places[_key(subject)] = there
            moved = subject.interpreter.model_copy(update={"executable": there})
            known[subject.backend.module, there] = subject.model_copy(update={"interpreter": moved})
        for result in report.results:
            there = places.get((result.backend, result.interpreter), "")
            if not there:
                raise ReportError(
                    f"a report has a result of {result.backend} in {result.interpreter}, "
                    "which are not among its subjects"
                )
            moved_result = result.model_copy(update={"interpreter": there})
            cells[result.clause, *moved_result.cell] = moved_result
        for found in report.capabilities:
            here = {"interpreter": places[found.backend, found.interpreter]}
            key = (found.capability, found.backend, found.start_method, *here.values())
            capabilities[key] = found.model_copy(update=here)
        for origin in report.origins:
            here = {"interpreter": places[origin.backend, origin.interpreter]}
            key = (origin.what, origin.backend, origin.start_method, *here.values())
            origins[key] = origin.model_copy(update=here)
    order = [*subjects, *(key for key in controls if key not in subjects)]
    results = _sorted(cells.values(), order, registry)
    return Report(
        suite_version=first.suite_version,
        started=min(report.started for report in reports),
        seconds=round(sum(report.seconds for report in reports), 3),
        complete=all(report.complete for report in reports),
        profile=first.profile,
        seed=first.seed,
        subjects=tuple(subjects.values()),
        controls=tuple(one for key, one in controls.items() if key not in subjects),
        skipped=_once_each(report.skipped for report in reports),
        capabilities=tuple(capabilities.values()),
        origins=tuple(origins.values()),
        results=results,
        matrices=matrices(results, registry),
        left=_once_each(report.left for report in reports),
        problems=_once_each(report.problems for report in reports),
    )


class _Paths:
    """The path of each interpreter in the merged report."""

    def __init__(self) -> None:
        self._paths: dict[tuple[str, str], str] = {}

    def of(self, subject: Subject) -> str:
        """Return the path of the interpreter of a subject, the same for each of the same kind."""
        interpreter, backend = subject.interpreter, subject.backend
        title = f"{interpreter.title} on {interpreter.platform}"
        if interpreter.optimized:
            title += " -O"
        # Two releases of a backend need two interpreters: each is installed in one of its own.
        key = (f"{title}, {backend.version}", backend.module)
        if key not in self._paths:
            path = interpreter.executable
            taken = {used for (_, module), used in self._paths.items() if module == backend.module}
            self._paths[key] = f"{path} ({title}, {backend.title})" if path in taken else path
        return self._paths[key]


def _key(subject: Subject) -> tuple[str, str]:
    return subject.backend.module, subject.interpreter.executable


def _sorted(
    results: Iterable[Result], order: list[tuple[str, str]], registry: Registry
) -> tuple[Result, ...]:
    clauses = {clause: place for place, clause in enumerate(registry.clauses)}
    subjects = {key: place for place, key in enumerate(order)}

    def place(result: Result) -> tuple[int, int, int]:
        method = result.start_method
        return (
            subjects[result.backend, result.interpreter],
            _METHODS.index(method) if method in _METHODS else len(_METHODS),
            clauses[result.clause],
        )

    try:
        return tuple(sorted(results, key=place))
    except KeyError as unknown:
        raise ReportError(f"a report has a clause that this version has not: {unknown}") from None


def _once_each(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for group in groups for text in group))
