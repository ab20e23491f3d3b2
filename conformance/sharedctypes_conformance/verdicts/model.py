"""The report model: results, and the report that consists of them.

A cell is clause x backend x interpreter x start method. Its result is a verdict, with a standing
that compares it with the ledger. A report is the record of a run, complete or not.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, JsonValue, field_validator

from ..contract import has_own_contexts
from .writing import write_whole

# The name of a report to which results are still added, see `folder.py`.
JOURNAL = "report.jsonl"

# Incremented when a reader of older reports would misread a newer one.
FORMAT = 1


class ReportError(Exception):
    """A file is not a report, or one of another format; the text says which."""


class Verdict(StrEnum):
    """The verdict on a cell; `observed` is for INFO clauses, which are not judged."""

    PASS = "pass"
    FAIL = "fail"
    CRASH = "crash"
    HANG = "hang"
    LEAK = "leak"
    UNSUPPORTED = "unsupported"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"
    OBSERVED = "observed"

    @property
    def is_finding(self) -> bool:
        """Whether this says that a clause does not hold."""
        return self in (Verdict.FAIL, Verdict.CRASH, Verdict.HANG, Verdict.LEAK)


class Standing(StrEnum):
    """How a verdict compares with the ledger of known deviations.

    `gone` is a known deviation that has been fixed: the ledger must be corrected. `overdue` is one
    that is still there after the day by which the ledger says that it is looked at again.
    """

    EXPECTED = "expected"
    KNOWN = "known"
    UNEXPECTED = "unexpected"
    GONE = "gone"
    OVERDUE = "overdue"


class Control(StrEnum):
    """How a failure compares with what the standard library does in the same cell."""

    DIVERGES = "diverges"
    SHARED = "shared"
    IN_DOUBT = "in doubt"


class Claim(StrEnum):
    """How what a backend says that it lacks compares with what was found.

    `overclaimed` is what it lacks and does not say so, `understated` what it has and says it lacks.
    """

    CONFIRMED = "confirmed"
    OVERCLAIMED = "overclaimed"
    UNDERSTATED = "understated"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Interpreter(_Record):
    """A target interpreter, as it describes itself."""

    executable: str
    implementation: str
    version: str
    python: str
    free_threaded: bool
    optimized: bool
    platform: str

    @property
    def title(self) -> str:
        """A short name, as `cpython 3.14.0t`."""
        return f"{self.implementation} {self.version}{'t' if self.free_threaded else ''}"


class Backend(_Record):
    """A backend in one interpreter; `contexts` is the module whose contexts start its children."""

    module: str
    file: str | None
    version: str | None
    names: tuple[str, ...]
    contexts: str
    start_methods: tuple[str, ...]

    @property
    def title(self) -> str:
        """The module's name, with its version where one is known."""
        return f"{self.module} {self.version}" if self.version else self.module

    @property
    def has_own_contexts(self) -> bool:
        """Whether it is in a package with contexts of its own."""
        return has_own_contexts(self.module, self.contexts)


class Moment(_Record):
    """One operation in a picture of how a lock was used.

    `began` and `ended` are nanoseconds since the first one began, `ended` None if it did not end.
    `effect` is how much deeper its actor holds the lock afterwards. If `is_judged`, it is what the
    verdict is about.
    """

    actor: str
    began: int
    ended: int | None
    code: str
    effect: int = 0
    is_judged: bool = False


class Evidence(_Record):
    """What supports a verdict.

    `example` is the smallest failing input; `history` what each actor did, one line of code per
    operation; `recurred` how many of `tries` repetitions in fresh processes failed in the same way.
    `choices` are the example as hypothesis stores it, in base64, "" where it cannot be drawn alone.
    `moments` are the last operations on the lock that the verdict is about, if several actors used
    it.
    `source` is that of the program of the suite that was run last, "" if none was. `steps` are what
    was done and its outcomes, as data from which a program is written that does
    it again; `seen` and `wanted` the outcome that one operation had and should have, "" where the
    finding is about more than that, and `after` how many operations came after it.
    """

    example: str = ""
    history: tuple[str, ...] = ()
    output: str = ""
    recurred: int = 0
    tries: int = 0
    choices: str = ""
    moments: tuple[Moment, ...] = ()
    source: str = ""
    steps: tuple[JsonValue, ...] = ()
    seen: str = ""
    wanted: str = ""
    after: int = 0


class Result(_Record):
    """The verdict of one cell; `interpreter` is the executable asked for.

    `observed` is what was recorded for an INFO clause: plain data. `control` is set if the standard
    library was judged in the same cell. `covered` counts what the examples covered, if the check
    says what they must cover. `follows_from` is the clause that judges why this one could not be
    judged, "" if none does. `cause` is what the backend raised, returned or did not lock, if that
    is known: failures with the same cause probably show the same defect. `lacks` are the
    capabilities that the clause needs and the backend does not have, and `reason` says then why it
    was declared. `profile` and `seed` determine the examples that were drawn. `means` is "spies",
    "waiting" or "stress" if the check says which it used, and `instead_of` the better one that the
    backend did not allow. `cpu_of_suite` and `cpu_of_target` are the seconds of CPU that the suite
    took, and the processes that it started, None where the system does not tell.
    """

    clause: str
    grade: str
    backend: str
    interpreter: str
    start_method: str
    verdict: Verdict
    standing: Standing
    message: str = ""
    reason: str = ""
    evidence: Evidence | None = None
    observed: JsonValue = None
    covered: dict[str, int] = {}
    control: Control | None = None
    follows_from: str = ""
    cause: str = ""
    lacks: tuple[str, ...] = ()
    means: str = ""
    instead_of: str = ""
    profile: str = "default"
    seed: int = 0
    examples: int = 0
    seconds: float = 0.0
    cpu_of_suite: float = 0.0
    cpu_of_target: float | None = None

    @property
    def cell(self) -> tuple[str, str, str]:
        """The backend, the interpreter and the start method."""
        return self.backend, self.interpreter, self.start_method

    @property
    def is_surprise(self) -> bool:
        """Whether somebody has to look: at the backend, or at a line of the ledger."""
        return self.standing in (Standing.UNEXPECTED, Standing.GONE, Standing.OVERDUE)

    @property
    def is_undeclared(self) -> bool:
        """Whether the backend lacks what the clause needs, and has not said so."""
        return self.verdict is Verdict.UNSUPPORTED and bool(self.lacks) and not self.reason

    @property
    def word(self) -> str:
        """The verdict, with its standing if that matters: `fail, known`."""
        if self.standing in (Standing.KNOWN, Standing.GONE, Standing.OVERDUE):
            return f"{self.verdict}, {self.standing}"
        return self.verdict.value


class Subject(_Record):
    """What was judged: one backend in one interpreter."""

    interpreter: Interpreter
    backend: Backend


class Found(_Record):
    """Whether one capability was found in one cell, with what shows that it is lacking.

    `declared` is why the backend says that it lacks it, "" if it does not. Where it is not lacking,
    the evidence says why that may not be certain.
    """

    capability: str
    backend: str
    interpreter: str
    start_method: str
    is_lacking: bool
    evidence: str = ""
    declared: str = ""

    @property
    def claim(self) -> Claim:
        """How it compares with what the backend says."""
        if self.is_lacking is bool(self.declared):
            return Claim.CONFIRMED
        return Claim.OVERCLAIMED if self.is_lacking else Claim.UNDERSTATED


class Origin(_Record):
    """Of which module one thing under test is: in the process that made it, and in a child.

    `child` is "" if it is in none. A thing that is not of the backend's own package is handed on.
    """

    what: str
    backend: str
    interpreter: str
    start_method: str
    parent: str
    child: str

    @property
    def is_handed_on(self) -> bool:
        """Whether it is of another package, here or there."""
        own = self.backend.partition(".")[0]
        return any(
            module.partition(".")[0] != own or "," in module
            for module in filter(None, (self.parent, self.child))
        )


class Matrix(_Record):
    """The results of the clauses of an area that have a row and a column, for one subject.

    `rows` has a text for each column: "pass", or the other verdicts, each with its start methods
    unless it is the same under all.
    """

    area: str
    title: str
    backend: str
    interpreter: str
    columns: tuple[str, ...]
    rows: dict[str, dict[str, str]]

    @property
    def passes(self) -> bool:
        """Whether all its clauses passed."""
        return all(text == Verdict.PASS for row in self.rows.values() for text in row.values())


class Report(_Record):
    """The record of a run.

    `controls` were judged only for comparison; their failures do not count. `skipped` says which
    backends could not be judged in which of all interpreters. `capabilities` are those that were
    tried, because clauses need them; `origins` say whose the things under test are. `matrices` show
    some of the results as tables. `left` are names of shared memory that were made during the run
    and are there at its end, with no process that holds them. `problems` are errors of the suite
    outside of any cell; the run is not `complete` if there are any, or if it was interrupted.
    """

    format: int = FORMAT
    suite_version: str
    started: str
    seconds: float
    complete: bool
    profile: str
    seed: int
    subjects: tuple[Subject, ...]
    controls: tuple[Subject, ...] = ()
    skipped: tuple[str, ...] = ()
    capabilities: tuple[Found, ...] = ()
    origins: tuple[Origin, ...] = ()
    results: tuple[Result, ...]
    matrices: tuple[Matrix, ...] = ()
    left: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @field_validator("format")
    @classmethod
    def _is_ours(cls, number: int) -> int:
        if number != FORMAT:
            raise ValueError(f"this version reads format {FORMAT}, not {number}")
        return number

    @property
    def judged(self) -> tuple[Result, ...]:
        """The results except those of the controls."""
        controls = {subject.backend.module for subject in self.controls}
        return tuple(result for result in self.results if result.backend not in controls)

    @property
    def exit_status(self) -> int:
        """0: all as expected; 1: a clause does not hold, or a ledger is out of date; 2: our error.

        3: none of these, but a MUST clause is open. A report that is not complete says 1 if it says
        enough, otherwise 2.
        """
        if self.problems or any(result.verdict is Verdict.ERROR for result in self.results):
            return 2
        if any(result.is_surprise for result in self.judged) or self.understated:
            return 1
        if not self.complete or not self.results:
            return 2
        return 3 if self.open else 0

    @property
    def understated(self) -> tuple[Found, ...]:
        """What the backends have and say that they lack."""
        return tuple(one for one in self.capabilities if one.claim is Claim.UNDERSTATED)

    @property
    def open(self) -> tuple[Result, ...]:
        """The MUST clauses that could not be judged, except for a clause that does not hold.

        Among them are those that need what the backend lacks, unless it has declared that.
        """
        failing = {
            (result.clause, *result.cell)
            for result in self.results
            if result.verdict.is_finding
            or (result.verdict is Verdict.UNSUPPORTED and not result.is_undeclared)
        }
        return tuple(
            result
            for result in self.judged
            if (result.verdict is Verdict.INCONCLUSIVE or result.is_undeclared)
            and result.grade == "MUST"
            and (result.follows_from, *result.cell) not in failing
        )

    @property
    def text(self) -> str:
        """The report as it is written."""
        return json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"

    def write(self, folder: Path) -> Path:
        """Write `report.json` into a folder, all of it or nothing; raises OSError."""
        path = folder / "report.json"
        write_whole(path, self.text)
        return path
