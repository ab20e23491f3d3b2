"""From a cell and a check to a result: the judgement, compared with the ledger.

The recorder adds the comparison with the control, once both have been judged.
"""

from __future__ import annotations

import time
import traceback

from ..checks.kit.check import Check
from ..contract import load_registry
from ..selection import Cell, Selection
from ..stage import cpu, machine
from ..stage.capabilities import lacking
from ..stage.findings import MachineFault
from ..stage.stage import Stage
from ..verdicts.model import Evidence, Result, Verdict
from .judge import Judgement, judge
from .search import Part


def judge_cell(selection: Selection, cell: Cell, stage: Stage, check: Check) -> Result:
    """Judge a check in a cell, on its stage.

    An exception that is not a finding is a bug in the suite: the verdict is `error`, and the
    evidence is its traceback.
    """
    began, before = time.perf_counter(), cpu.taken()
    try:
        judgement = _judge_on_machine(selection, cell, stage, check)
    except Exception as problem:
        where = Evidence(output=traceback.format_exc())
        judgement = Judgement(Verdict.ERROR, f"{type(problem).__name__}: {problem}", where)
        stage.reset()
    took = cpu.taken().since(before)
    clause, subject = load_registry().clause(check.clause), cell.subject
    lacks = judgement.lacks
    if not lacks and (judgement.verdict.is_finding or judgement.verdict is Verdict.INCONCLUSIVE):
        lacks = tuple(lacking(stage.target, clause.promises))
    assessment = selection.ledgers[cell.probed.module].assess(
        judgement.verdict, clause.id, subject.interpreter, subject.backend, cell.start_method, lacks
    )
    message = judgement.message
    if judgement.verdict.is_finding and assessment.verdict is not judgement.verdict:
        # `unsupported` must not hide what the backend did.
        message = f"{judgement.verdict}: {message}"
    return Result(
        clause=clause.id,
        grade=clause.grade.value,
        backend=cell.probed.module,
        interpreter=cell.probed.python,
        start_method=cell.start_method,
        verdict=assessment.verdict,
        standing=assessment.standing,
        message=message,
        reason=assessment.reason,
        evidence=judgement.evidence,
        observed=judgement.observed,
        covered=judgement.covered,
        follows_from=judgement.follows_from,
        cause=judgement.cause,
        lacks=lacks,
        means=judgement.means.by,
        instead_of=judgement.means.instead_of,
        profile=selection.profile,
        seed=selection.seed,
        examples=judgement.examples,
        seconds=round(time.perf_counter() - began, 4),
        cpu_of_suite=took.suite,
        cpu_of_target=took.target,
    )


def _judge_on_machine(selection: Selection, cell: Cell, stage: Stage, check: Check) -> Judgement:
    """Judge a check, unless the machine lacks what every check needs.

    A backend may have filled the shared memory in an earlier check, which must not be held against
    it in this one; and what crashes while there is none left may be anything.
    """
    try:
        machine.require()
        choices = selection.choices(check.clause, cell)
        part = Part(*selection.part_of(check.clause, cell))
        judgement = judge(stage, check, selection.profile, selection.seed, choices, part)
        if judgement.verdict is Verdict.CRASH:
            machine.require()
    except MachineFault as problem:
        return Judgement(
            Verdict.INCONCLUSIVE, f"the machine allows nothing to be judged: {problem}"
        )
    return judgement
