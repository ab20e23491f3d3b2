"""A reproducer of what a program leaves behind: `actors/scenarios/program_exit.py`, looked at."""

from __future__ import annotations

from .reading import NoReproducer, Run
from .rendering import program
from .sources import Sources

PROGRAM = "actors/scenarios/program_exit.py"

_BOUND = 60
# What is looked at, by what the name of the clause ends with.
_LEFT = {
    "processes": "processes",
    "names": "names of shared memory",
    "files": "temporary files",
    "stderr": "lines on stderr",
}


def script_of(clause: str, heading: str, run: Run, settings: dict[str, str]) -> str:
    """Return the reproducer of a program that left something; raises NoReproducer."""
    left = next((what for end, what in _LEFT.items() if clause.endswith(end)), "")
    ending, makers = run.arguments[2], run.arguments[3:]
    words = {"dropped", "kept", "exception", "killed", "child killed"}
    if not left or ending not in words or any(not maker.isidentifier() for maker in makers):
        raise NoReproducer(f"nothing is known of what {clause} leaves")
    sources = Sources({"MODULE", "METHOD", "SECONDS", "mp", "run", "left"})
    main = sources.need("scenarios.program_exit.main")
    return program(
        heading,
        {*sources.imports, "import json", "import time"},
        "leak.py.jinja",
        settings=settings,
        bound=_BOUND,
        uses_processes=True,
        uses_contexts=True,
        sources=sources.text,
        call=f"{main}(MODULE, METHOD, {', '.join(map(repr, (ending, *makers)))})",
        left=left,
        # A process that is killed may leave empty folders and sockets.
        contents="killed" in clause,
    )
