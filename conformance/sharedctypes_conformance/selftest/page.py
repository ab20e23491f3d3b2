"""The page of a selftest, in Markdown: detection, false alarms, and which clause caught what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .record import Selftest


def page(selftest: Selftest) -> str:
    """Return the text of the page."""
    return "\n".join(_lines(selftest)) + "\n"


def _lines(selftest: Selftest) -> Iterator[str]:
    yield "# The suite judged by itself"
    yield ""
    yield (
        f"Made by `sharedctypes-conformance selftest` {selftest.suite_version} on "
        f"{selftest.started}, with {selftest.interpreter}, {selftest.workers} workers on "
        f"{selftest.cores} cores, in {selftest.seconds:.0f} s."
    )
    yield ""
    yield "## Detection"
    yield ""
    yield (
        "A liar is a backend with one defect. It is caught if each clause that must catch it does, "
        "with the verdict that the liar names."
    )
    yield ""
    head = ("profile", "liars", "not judged here", "caught", "share", "median", "all")
    yield from _table(
        head,
        (
            (
                one.profile,
                one.liars,
                one.lacking,
                one.caught,
                f"{100 * one.caught / max(1, one.liars - one.lacking):.1f} %",
                f"{one.median:.2f} s",
                f"{one.seconds:.0f} s",
            )
            for one in selftest.detections
        ),
    )
    yield ""
    yield "A liar that one profile caught was not judged in the next. Median: of one worker until"
    yield "the first clause has caught a liar."
    for name in selftest.inapplicable:
        yield f"- not judged, because its clauses do not apply to this Python: `{name}`"
    for detection in selftest.detections:
        for name in detection.survivors:
            yield f"- not caught by {detection.profile}: `{name}`"
    yield ""
    yield "## False alarms"
    yield ""
    yield "Correct backends that differ from the standard library as the contract allows."
    yield ""
    yield from _table(
        ("backend", "start methods", "verdicts", "not judged", "undeserved"),
        (
            (
                f"`{one.backend}`",
                ", ".join(one.methods),
                one.verdicts,
                one.unjudged,
                len(one.undeserved),
            )
            for one in selftest.accusations
        ),
    )
    for accused in selftest.accusations:
        for one in accused.undeserved:
            yield (
                f"- `{one.backend}` ({one.start_method}, {one.profile}, seed {one.seed}): "
                f"{one.verdict} of `{one.clause}`: {one.message}"
            )
    yield ""
    yield "## Which clause caught which liar"
    yield ""
    yield from _table(("clause", "liar", "caught under", "not caught under"), _kills(selftest))


def _kills(selftest: Selftest) -> Iterator[tuple[object, ...]]:
    expected = {liar.name: liar.caught_by for liar in selftest.liars}
    cells: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for one in selftest.outcomes:
        if one.backend in expected:
            right = one.verdict == expected[one.backend][one.clause]
            where = cells.setdefault((one.clause, one.backend), ([], []))[0 if right else 1]
            where.append(f"{one.start_method} ({one.profile})")
    for (clause, liar), (caught, missed) in sorted(cells.items()):
        yield f"`{clause}`", f"`{liar}`", ", ".join(sorted(caught)), ", ".join(sorted(missed))


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    columns = list(head)
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
