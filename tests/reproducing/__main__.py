"""Runs the reproducers of all verdicts in reports that a clause does not hold, and prints a table.

    PYTHONPATH=tests python -m reproducing REPORT...

says of each whether it reproduces, and what it says of the reference implementation.

    PYTHONPATH=tests python -m reproducing --liars 40 FOLDER

judges so many liars first, of all areas and with all verdicts, each with a clause that catches it.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import liars
from sharedctypes_conformance import api
from sharedctypes_conformance.reproducers.reading import NoReproducer
from sharedctypes_conformance.reproducers.running import Outcome, tried
from sharedctypes_conformance.reproducers.script import story_of


def lies() -> Iterator[tuple[str, str, str, str]]:
    """Yield liars, each with a clause that catches it, the verdict and a start method."""
    for module in pkgutil.walk_packages(liars.__path__, "liars."):
        if module.ispkg or ".honest" in module.name:
            continue
        liar = importlib.import_module(module.name)
        for clause, verdict in getattr(liar, "CAUGHT_BY", {}).items():
            method = getattr(liar, "START_METHODS", ("fork",))[0]
            yield module.name, clause, str(verdict), method


def chosen(number: int) -> list[tuple[str, str, str, str]]:
    """Return so many of them: the first of each area and verdict, then the second, and so on."""
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for lie in lies():
        kind = lie[1].partition(".")[0], lie[2]
        ranked.append((seen[kind], lie))
        seen[kind] += 1
    ranked.sort(key=lambda one: one[0])
    return [lie for _, lie in ranked[:number]]


def judged(number: int, folder: Path) -> Iterator[api.Report]:
    """Judge liars and yield the reports, which are written into a folder."""
    for name, clause, _, method in chosen(number):
        path = folder / f"{name}.{method}.json"
        if path.exists():
            yield api.read_report(path)
            continue
        report = api.run([name], clauses=[clause], start_methods=[method], profile="quick")
        path.write_text(report.text, "utf-8")
        yield report


def _is_told(result: api.Result) -> bool:
    return result.verdict.is_finding or result.verdict is api.Verdict.UNSUPPORTED


def row(report: api.Report, result: api.Result) -> tuple[str, ...]:
    """Return what the reproducer of a verdict says, as a row of the table."""
    where = (result.clause, result.backend, result.start_method, result.word)
    try:
        attempt = tried(story_of(report, result))
    except NoReproducer as reason:
        return (*where, f"none: {reason}", "")
    control = "" if attempt.control is None else str(attempt.control)
    return (*where, str(attempt.outcome), control)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--liars", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="reproducers at a time")
    given = parser.parse_args()
    if given.liars:
        (folder,) = given.paths
        folder.mkdir(exist_ok=True)
        reports = judged(given.liars, folder)
    else:
        reports = map(api.read_report, given.paths)
    counts: Counter[str] = Counter()
    print("| clause | backend | start method | verdict | reproducer | with the reference |")
    print("| --- | --- | --- | --- | --- | --- |")
    with ThreadPoolExecutor(given.jobs) as pool:
        for report in reports:
            found = [one for one in report.results if _is_told(one)]
            for cells in pool.map(partial(row, report), found):
                counts[cells[4] if cells[4] in [*Outcome] else "none"] += 1
                print(f"| {' | '.join(cells)} |", flush=True)
    print(", ".join(f"{count} {what}" for what, count in counts.items()), file=sys.stderr)


if __name__ == "__main__":
    main()
