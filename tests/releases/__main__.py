"""Judges past releases with known defects, and those that mended them; writes what was found.

    PYTHONPATH=tests python -m releases FOLDER

makes an environment for each release in a folder, where it is found the next time. What was found
is written to `reports/releases.md`. Releases for interpreters that are not here are left out, and
named. The exit status is 1 if a defect was not found, or found where it was mended.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import findpython

from sharedctypes_conformance import api
from sharedctypes_conformance.contract import PLACES

from .model import Pair, Release, pairs

PAGE = PLACES.root / "reports" / "releases.md"
HEAD = """\
# Past releases, and the defects that the suite finds in them

Each row is a defect that a release of a public backend had and a later one mended. The clause is
judged on both, in the profile quick. `tox -e releases` judges them again and writes this page.

| what went wrong | clause | start method | had it | verdict | mended | verdict |
| --- | --- | --- | --- | --- | --- | --- |
"""


class Absent(Exception):
    """The interpreter of a release is not here, or the release cannot be installed for it."""


def environment(release: Release, folder: Path) -> str:
    """Return the interpreter of an environment with a release; raises Absent."""
    major, minor = map(int, release.python.split("."))
    found = findpython.find(major, minor, implementation="cpython")
    if found is None:
        raise Absent(f"there is no Python {release.python} here")
    if not release.install:
        return str(found.executable)
    place = folder / "-".join((release.python, *release.install[:2]))
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        for command in (
            (found.executable, "-m", "venv", "--clear", place),
            (python, "-m", "pip", "install", "--quiet", "--no-deps", *release.install),
        ):
            done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
            if done.returncode:
                raise Absent(f"{release.title}: {done.stderr.strip()[-200:]}")
        (place / "complete").touch()
    return str(python)


def judged(pair: Pair, release: Release, folder: Path) -> api.Result:
    """Return what is found of a pair's clause in a release; raises Absent."""
    report = api.run(
        [pair.backend],
        clauses=[pair.clause],
        start_methods=[pair.start_method],
        pythons=[environment(release, folder)],
        profile="quick",
    )
    (result,) = report.results
    return result


def main() -> int:
    folder = Path(sys.argv[1])
    rows, wrong, absent = [], 0, []
    for pair in pairs():
        try:
            red, green = (judged(pair, release, folder) for release in (pair.red, pair.green))
        except Absent as reason:
            absent.append(f"Not judged: {pair.what}, {pair.red.title}: {reason}\n")
            continue
        wrong += not red.verdict.is_finding or green.verdict is not api.Verdict.PASS
        what = f"[{pair.what}]({pair.link})" if pair.link else pair.what
        where = f"`{pair.clause}` | {pair.start_method}"
        told = f"{pair.red.title} | {red.verdict} | {pair.green.title} | {green.verdict}"
        rows.append(f"| {what} | {where} | {told} |\n")
        print(rows[-1], end="", flush=True)
    print(*absent, sep="", end="")
    if not wrong and not absent:
        PAGE.write_text(HEAD + "".join(rows), "utf-8")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
