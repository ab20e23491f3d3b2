"""The contract as a document: each clause with its grade, its source, and who breaks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from ..backends import SHIPPED
from ..contract import CAPABILITIES, Area
from ..verdicts.ledger import Deviation, shipped_ledger
from ..verdicts.model import Verdict


def contract_as_markdown(areas: Sequence[Area]) -> str:
    """Return the clauses of some areas as a page of Markdown."""
    deviations: dict[str, list[tuple[str, Deviation]]] = defaultdict(list)
    for backend in SHIPPED:
        for deviation in shipped_ledger(backend.module).deviations:
            deviations[deviation.clause].append((backend.module, deviation))
    environment = Environment(  # noqa: S701 - it is no HTML, and our own text
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["conditions"] = _conditions
    template = (files(__package__) / "contract.md.jinja").read_text("utf-8")
    return environment.from_string(template).render(
        areas=areas,
        capabilities=[*CAPABILITIES.values()],
        total=sum(len(area.clauses) for area in areas),
        deviations=deviations,
    )


def _conditions(deviation: Deviation) -> str:
    """Return under which conditions a deviation is known, and how it shows if it is no failure."""
    parts = [
        "" if deviation.verdict is Verdict.FAIL else deviation.verdict.value,
        ", ".join(deviation.start_methods),
        ", ".join(deviation.implementation),
        f"Python {deviation.python}" if deviation.python else "",
        f"version {deviation.version}" if deviation.version else "",
    ]
    said = "; ".join(filter(None, parts))
    return f" ({said})" if said else ""
