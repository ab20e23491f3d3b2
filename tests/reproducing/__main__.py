"""Runs the reproducers of all verdicts in reports that a clause does not hold, and prints a table.

    PYTHONPATH=tests python -m reproducing REPORT...

says of each whether it reproduces, and what it says of the reference implementation. Those of the
published record are run in the environments that `record` has made of the interpreters:

    PYTHONPATH=tests python -m reproducing --record .bootstrap/record reports/reproducers.md

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
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import liars
from sharedctypes_conformance import api
from sharedctypes_conformance.reproducers.reading import NoReproducer
from sharedctypes_conformance.reproducers.running import Outcome, tried
from sharedctypes_conformance.reproducers.script import story_of

RECORD = Path(__file__).parents[2] / "reports" / "record"


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
    """Return whether a verdict says that a clause does not hold, and was found by a check."""
    unsupported = result.verdict is api.Verdict.UNSUPPORTED and result.evidence is not None
    return result.verdict.is_finding or unsupported


@dataclass(frozen=True)
class Tested:
    """The outcome of a reproducer: on the backend it is about, and on the reference."""

    result: api.Result
    outcome: str
    control: str
    reason: str = ""

    @property
    def line(self) -> str:
        """A row of the table."""
        one = self.result
        outcome = f"{self.outcome}: {self.reason}" if self.reason else self.outcome
        cells = (one.clause, one.backend, one.start_method, one.word, outcome, self.control)
        return f"| {' | '.join(cells)} |"


HEADER = """\
| clause | backend | start method | verdict | reproducer | with the reference |
| --- | --- | --- | --- | --- | --- |"""

# There is none: it could not be written.
NONE = "none"


def tested(report: api.Report, python: str, result: api.Result) -> Tested:
    """Run the reproducer of a verdict."""
    try:
        attempt = tried(story_of(report, result), python)
    except NoReproducer as reason:
        return Tested(result, NONE, "", str(reason))
    return Tested(result, str(attempt.outcome), str(attempt.control or ""))


def all_of(report: api.Report, python: str, pool: ThreadPoolExecutor) -> list[Tested]:
    """Run the reproducers of a report; print a row for each when it is done."""
    rows = []
    for row in pool.map(partial(tested, report, python), filter(_is_told, report.results)):
        print(row.line, flush=True)
        rows.append(row)
    return rows


def page_of(rows: dict[str, list[Tested]]) -> str:
    """Return the page about the reproducers of the record, by the name of each report."""
    outcomes = [*map(str, Outcome), NONE]
    lines = [
        "# The reproducers of the record",
        "",
        "Made by `python -m reproducing --record`: for each verdict in [record](record) that a",
        "clause does not hold, the program that `reproduce` writes, run by the interpreter judged.",
        "",
        f"| interpreter | {' | '.join(outcomes)} |",
        f"| --- |{' --: |' * len(outcomes)}",
    ]
    for name, tests in rows.items():
        counts = Counter(test.outcome for test in tests)
        cells = [str(counts[outcome]) for outcome in outcomes]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    for name, tests in rows.items():
        others = [test.line for test in tests if test.outcome != Outcome.REPRODUCES]
        if others:
            lines += ["", f"## {name}: those that do not reproduce", "", HEADER, *others]
    return "\n".join(lines) + "\n"


def try_record(folder: Path, page: Path, pool: ThreadPoolExecutor) -> Counter[str]:
    """Run the reproducers of the record in environments, and write the page; return the counts."""
    rows: dict[str, list[Tested]] = {}
    for path in sorted(RECORD.glob("*.json.gz")):
        name = path.name.partition(".json")[0]
        python = folder / name / "bin" / "python"
        if not python.exists():
            sys.exit(f"there is no {python}; `sharedctypes-conformance record` makes it")
        rows[name] = all_of(api.read_report(path), str(python), pool)
        page.write_text(page_of(rows), "utf-8")
    return Counter(test.outcome for tests in rows.values() for test in tests)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--liars", type=int, default=0)
    parser.add_argument("--record", type=Path, help="environments of the interpreters")
    parser.add_argument("--jobs", type=int, default=1, help="reproducers at a time")
    given = parser.parse_args()
    if (given.liars or given.record) and len(given.paths) != 1:
        parser.error("--liars and --record take one path")
    print(HEADER)
    with ThreadPoolExecutor(given.jobs) as pool:
        if given.record:
            counts = try_record(given.record, given.paths[0], pool)
        else:
            if given.liars:
                given.paths[0].mkdir(exist_ok=True)
                reports = judged(given.liars, given.paths[0])
            else:
                reports = map(api.read_report, given.paths)
            counts = Counter(test.outcome for one in reports for test in all_of(one, "", pool))
    print(", ".join(f"{count} {what}" for what, count in counts.items()), file=sys.stderr)


if __name__ == "__main__":
    main()
