"""The control: the target interpreter's own standard library, judged in the same cells.

A finding alone says that a backend breaks a clause. What the standard library does in the same cell
says what to make of it: whether the backend stands alone, or whether it shares what is known of the
standard library, or whether the clause itself is to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .model import Control, Result, Standing, Verdict

WORDS = {
    Control.DIVERGES: "the standard library keeps this clause here: the backend diverges",
    Control.SHARED: "the standard library breaks this clause here too, as is known",
    Control.IN_DOUBT: (
        "the standard library breaks this clause here too, and nobody has said why: "
        "the clause is in doubt"
    ),
}


def with_control(results: Iterable[Result], control: str) -> Sequence[Result]:
    """Return results of which each finding says how it compares with the control's in its cell.

    `control` is the control's module, whose own results are left as they are.
    """
    results = list(results)
    cells = {_cell(result): result for result in results if result.backend == control}
    return [
        result
        if result.backend == control
        else result.model_copy(update={"control": _compare(result, cells.get(_cell(result)))})
        for result in results
    ]


def _cell(result: Result) -> tuple[str, str, str]:
    return result.clause, result.interpreter, result.start_method


def _compare(result: Result, control: Result | None) -> Control | None:
    if not result.verdict.is_finding or control is None:
        return None
    if control.verdict is Verdict.PASS:
        return Control.DIVERGES
    if control.verdict.is_finding:
        return Control.SHARED if control.standing is Standing.KNOWN else Control.IN_DOUBT
    # The control was not judged in this cell, and says nothing about it.
    return None
