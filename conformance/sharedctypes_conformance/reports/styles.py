"""The colors of verdicts in a terminal."""

from __future__ import annotations

from ..verdicts.model import Result, Standing, Verdict

STYLES = {
    Standing.EXPECTED: "green",
    Standing.KNOWN: "yellow",
    Standing.UNEXPECTED: "bold red",
    Standing.GONE: "bold magenta",
    Standing.OVERDUE: "bold magenta",
}

# Verdicts that are neither good nor bad.
OPEN = (Verdict.INCONCLUSIVE, Verdict.UNSUPPORTED)
OPEN_STYLE = "cyan"


def style_of_result(result: Result) -> str:
    """Return the color of a verdict."""
    return OPEN_STYLE if result.verdict in OPEN else STYLES[result.standing]
