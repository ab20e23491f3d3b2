"""The control: the target interpreter's own standard library, judged in the same cells.

A failure alone says that a backend breaks a clause. What the standard library does in the same cell
tells whether only this backend does, or whether it shares a known defect of the standard library,
or whether the clause itself may be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .model import Control, Result, Standing, Verdict

WORDS = {
    Control.DIVERGES: "the clause holds for the standard library here: the backend diverges",
    Control.SHARED: "the standard library breaks this clause here too: a known deviation",
    Control.IN_DOUBT: (
        "the standard library breaks this clause here too, and its ledger does not say why: "
        "the clause is in doubt"
    ),
}


def with_control(results: Iterable[Result], control: str) -> Sequence[Result]:
    """Return results in which each failure is compared with the control in the same cell.

    `control` is the module of the control, whose own results are returned unchanged.
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
    # The control was not judged in this cell.
    return None
