"""Runs every reproducer on the backends of some interpreters, and records what it said.

    PYTHONPATH=tests python -m defects.record PYTHON...

What was recorded for other versions of a backend or an interpreter is kept.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from .model import FOLDER, LEDGERS, defects
from .running import Installed, installed, run

FILE = FOLDER / "runs.json"


def recorded() -> list[dict[str, Any]]:
    """Return what is recorded: for each backend of an interpreter, what each reproducer said."""
    rows: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []
    return rows


def installed_of(row: dict[str, Any]) -> Installed:
    """Return the backend and the interpreter of a recorded row."""
    return Installed(**row["installed"])


def _record(python: str, module: str, names: list[str]) -> None:
    found = installed(python, module)
    if found is None:
        print(f"{module} is not installed for {python}, or does not work")
        return
    chosen = [defect for defect in defects() if not names or defect.name in names]
    said: dict[str, Any] = {}
    for one in run(python, module, chosen, at_a_time=2):
        entry = {"shown": one.shown, "output": one.output.strip()}
        said.setdefault(one.defect.name, {})[one.start_method] = entry
    rows = recorded()
    before = next((row for row in rows if installed_of(row) == found), None)
    if before is not None:
        rows.remove(before)
        said = {**before["said"], **said}
    said = {defect.name: said[defect.name] for defect in defects() if defect.name in said}
    rows.append({"installed": vars(found), "said": said})
    rows.sort(key=lambda row: _order(installed_of(row)))
    FILE.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _order(one: Installed) -> tuple[Any, ...]:
    numbers = tuple(int(part) for part in one.python.split(".") if part.isdigit())
    return LEDGERS.index(one.module), one.implementation, numbers, one.version or ""


if __name__ == "__main__":
    pythons = [word for word in sys.argv[1:] if "/" in word]
    for python in pythons:
        for module in LEDGERS:
            _record(python, module, [word for word in sys.argv[1:] if "/" not in word])
