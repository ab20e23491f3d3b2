"""A verdict in words: what was done, what happened, and what should have happened."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence

from pydantic import JsonValue

from ..contract import load_registry
from ..verdicts.control import WORDS
from ..verdicts.model import Result, Standing


def explain_failure(result: Result) -> str:
    """Return what a clause says, and all that is known about one result, as plain text."""
    clause = load_registry().clause(result.clause)
    heading, *rest = explain_result(result).splitlines()
    source = f"  source:    {clause.section}" + (f': "{clause.quote}"' if clause.quote else "")
    return "\n".join([heading, f"  contract:  {clause.says}", source, *rest])


def explain_result(result: Result) -> str:
    """Return all that is known about one result, as plain text of several lines."""
    lines = [
        f"{result.word}: {result.clause} ({result.grade}), {result.backend}, "
        f"{result.start_method}, {result.interpreter}",
        f"  observed:  {_observed(result)}",
    ]
    if result.reason:
        lines.append(f"  ledger:    {result.reason}")
    if result.covered:
        least = min(result.covered, key=result.covered.__getitem__)
        lines.append(
            f"  covered:   {len(result.covered)} kinds of step, the rarest "
            f"{result.covered[least]} times: {least}"
        )
    if result.control:
        lines.append(f"  control:   {WORDS[result.control]}")
    if result.means:
        lines.append(f"  means:     {means_of(result)}")
    evidence = result.evidence
    if evidence is not None:
        if evidence.example:
            lines.append(f"  example:   {evidence.example}")
        if evidence.tries:
            lines.append(f"  recurred:  {evidence.recurred} of {evidence.tries} in fresh processes")
        if evidence.history:
            lines += ["  history:", *_last(evidence.history, 40)]
        if evidence.source:
            lines += ["  source of the program:", *_last(evidence.source.splitlines(), 400)]
        if evidence.output:
            lines += ["  output and stacks:", *_last(evidence.output.splitlines(), 40)]
    lines.append(f"  repeat:    {command_of(result)}")
    return "\n".join(lines)


def _last(lines: Sequence[str], most: int) -> list[str]:
    """Return the last lines, indented, and how many there were before them."""
    left_out = len(lines) - most
    first = [f"    ... {left_out} lines before these are in the report"] if left_out > 0 else []
    return [*first, *(f"    {line}" for line in lines[-most:])]


def in_short(result: Result) -> str:
    """Return in one sentence why a result is neither a plain pass nor a new failure."""
    if result.standing is Standing.KNOWN:
        return f"known deviation: {result.reason}"
    if result.standing is Standing.GONE:
        return f"{result.clause} holds, but {result.reason}"
    reason = f" [{result.reason}]" if result.reason else ""
    return f"{result.verdict}: {result.message}{reason}"


def _observed(result: Result) -> str:
    if result.message or result.observed is not None:
        return result.message or in_lines(result.observed, indent=13)
    return f"the clause held in {result.examples} examples"


def means_of(result: Result) -> str:
    """Return the means by which a clause was judged."""
    return result.means + (f", instead of {result.instead_of}" if result.instead_of else "")


def in_lines(observed: JsonValue, indent: int = 0) -> str:
    """Return recorded data as text: a line for each key, bare words without quotes."""
    if isinstance(observed, dict):
        lines = (f"{key}: {in_lines(value, indent)}" for key, value in observed.items())
        return ("\n" + " " * indent).join(lines)
    if isinstance(observed, list):
        return ", ".join(map(in_lines, observed)) or "none"
    return observed if isinstance(observed, str) else json.dumps(observed)


def command_of(result: Result) -> str:
    """Return the command that judges the same clause with the same examples again.

    A report may come from a stranger, and the command is to be pasted into a shell.
    """
    words = ["sharedctypes-conformance", "run", "--backend", result.backend]
    if result.interpreter != sys.executable:
        words += ["--python", result.interpreter]
    words += ["--start-method", result.start_method, "--clause", result.clause]
    words += ["--profile", result.profile] * (result.profile != "default")
    words += ["--seed", str(result.seed)] * (result.seed != 0)
    return shlex.join(words)


def clauses_in_words(number: int) -> str:
    """Return a number of clauses, as `1 clause`."""
    return f"{number} {'clause' if number == 1 else 'clauses'}"
