"""Marks: what the page calls a result, in a letter, a word and a kind, and what each of them means.

A kind is what results are counted by. It says whether a clause holds, and if it does not, whether
that is known.
"""

from __future__ import annotations

from ...verdicts.model import Result, Standing, Verdict

# In the order in which they are shown; the text is that of the legend.
KINDS = {
    "pass": "the clause held in every example",
    "failing": "the clause does not hold, and no ledger of known deviations expects that",
    "known": "the clause does not hold, and a ledger of known deviations expects that",
    "gone": "the clause holds, and the ledger says that it does not: the ledger must be corrected",
    "inconclusive": "the clause could not be judged",
    "unsupported": "the backend lacks what the clause needs, or does not claim that it holds",
    "error": "a bug in the suite, not in the backend",
    "observed": "nothing was judged: what the backend does where backends may differ",
}

LETTERS = {
    Verdict.PASS: ("P", KINDS["pass"]),
    Verdict.FAIL: ("F", "the backend did something that the clause does not allow"),
    Verdict.CRASH: ("C", "a process died"),
    Verdict.HANG: ("H", "a call did not return"),
    Verdict.LEAK: ("L", "something was left behind: processes, files, memory, output on stderr"),
    Verdict.INCONCLUSIVE: ("?", KINDS["inconclusive"]),
    Verdict.UNSUPPORTED: ("U", KINDS["unsupported"]),
    Verdict.ERROR: ("E", KINDS["error"]),
    Verdict.OBSERVED: ("O", KINDS["observed"]),
}

SUFFIXES = {
    Standing.KNOWN: ("k", "a ledger of known deviations expects this"),
    Standing.GONE: ("g", "the ledger says that the clause does not hold, and it does"),
    Standing.OVERDUE: ("o", "known, and the day has passed by which it was to be looked at again"),
}


# The letter, the word and the kind of a cell that was not judged at all.
NO_RESULT = ("\N{EN DASH}", "no result", "none")


def kind_of(result: Result) -> str:
    """Return the kind of a result, one of KINDS."""
    if result.verdict.is_finding:
        return "failing" if result.standing is Standing.UNEXPECTED else "known"
    if result.verdict is Verdict.PASS and result.standing is Standing.GONE:
        return "gone"
    return result.verdict.value


def letter_of(result: Result) -> str:
    """Return the letter of a verdict, with one for its standing if that matters: `F`, `Fk`."""
    suffix, _ = SUFFIXES.get(result.standing, ("", ""))
    return LETTERS[result.verdict][0] + suffix
