"""A report without the names of the machine on which it was made."""

from __future__ import annotations

import json
from pathlib import Path

from ..contract import PLACES
from ..verdicts.model import Report
from .environments import Environment


def anonymous(report: Report, environment: Environment) -> Report:
    """Return a report in which folders are called by what they are.

    The interpreter is called by its name, so that a command that judges again what it names can be
    run elsewhere.
    """
    text = json.dumps(report.model_dump(mode="json"), ensure_ascii=False)
    implementation, _, version = environment.name.partition("-")
    command = f"{'python' if implementation == 'cpython' else implementation}{version}"
    for path, name in (
        (environment.python, command),
        (environment.python.parent.parent, environment.name),
        (environment.base, command),
        (PLACES.package, "sharedctypes_conformance"),
        (PLACES.root, "checkout"),
        (Path.home(), "~"),
    ):
        text = text.replace(json.dumps(str(path), ensure_ascii=False)[1:-1], name)
    return Report.model_validate_json(text)
