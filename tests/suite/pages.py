"""Reports to make pages of: one with a result of every kind, and one that does not mean well."""

import json
from html.parser import HTMLParser
from typing import Any

from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.verdicts.difference import Comparison, compare
from sharedctypes_conformance.verdicts.matrix import matrices
from sharedctypes_conformance.verdicts.model import (
    Control,
    Evidence,
    Matrix,
    Moment,
    Report,
    Result,
    Standing,
    Subject,
    Verdict,
)

from .subjects import METHODS, subject

LINK = "https://example.org/issues/1"
EVIL = (
    '</script><script>pwned = 1</script><img src=x onerror="pwned = 1"><!--<script>'
    "'\"{{ 7 * 7 }}&lt;\x00\x1b[31m\u202e\u2028\ud800 __proto__ javascript:pwned"
)


def report(*results: Result, subjects: tuple[Subject, ...] = (subject(),)) -> Report:
    return Report(
        suite_version="0.1.0",
        started="2026-01-01T00:00:00+00:00",
        seconds=1.0,
        complete=True,
        profile="quick",
        seed=0,
        subjects=subjects,
        results=results,
        matrices=matrices(
            (one for one in results if one.clause in load_registry().clauses), load_registry()
        ),
    )


def result(
    clause: str,
    verdict: Verdict = Verdict.PASS,
    standing: Standing = Standing.EXPECTED,
    method: str = "fork",
    **more: Any,
) -> Result:
    return Result.model_validate(
        {
            "clause": clause,
            "grade": "MUST",
            "backend": "some.backend",
            "interpreter": "/py",
            "start_method": method,
            "verdict": verdict,
            "standing": standing,
            **more,
        }
    )


def evidence(word: str) -> Evidence:
    return Evidence(
        example=f"the example of {word}",
        history=(f"creator: what {word} did", "child_1: more"),
        output=f"the stacks of {word}\n  line 2",
        recurred=2,
        tries=2,
        moments=(
            Moment(actor="creator", began=0, ended=9, code="lock_1.acquire()  # True", effect=1),
            Moment(actor="child 1", began=10, ended=90, code="lock_2.acquire()  # waits"),
            Moment(actor="creator", began=20, ended=30, code="work"),
            Moment(actor="a third", began=40, ended=50, code=f"value  # {word}", is_judged=True),
            Moment(actor="creator", began=60, ended=None, code="lock_1.release()", effect=-1),
        ),
    )


def every_kind() -> Report:
    """Return a report of all clauses, of which the first have a result of each kind."""
    names = list(load_registry().clauses)
    known = f"we know why {LINK}"
    new, because = Standing.UNEXPECTED, names[1]
    kinds = [
        result(names[0], Verdict.FAIL, Standing.KNOWN, reason=known, evidence=evidence("known")),
        result(names[1], Verdict.FAIL, new, message="it differs", evidence=evidence("fail")),
        result(names[2], Verdict.CRASH, new, message="it died", control=Control.DIVERGES),
        result(names[3], Verdict.HANG, new, message="it waits", evidence=evidence("hang")),
        result(names[4], Verdict.LEAK, new, message="it leaves"),
        result(names[5], Verdict.PASS, Standing.GONE, reason="the ledger expects fail: so"),
        result(names[6], Verdict.INCONCLUSIVE, message="unseen", follows_from=because),
        result(names[7], Verdict.UNSUPPORTED, message="refused", reason="not claimed"),
        result(names[8], Verdict.ERROR, new, message="KeyError: 1"),
        result(names[9], Verdict.OBSERVED, observed={"size": 4, "names": ["a", "b"]}),
        result(names[10], means="waiting", instead_of="spies"),
    ]
    rest = [result(name) for name in names[len(kinds) :]]
    others = [result(name, method=method) for name in names for method in METHODS[1:]]
    return report(*kinds, *rest, *others)


def hostile() -> Report:
    """Return a report each text of which would run something, or hide something, if it could."""
    matrix = Matrix(
        area=EVIL,
        title=EVIL,
        backend=EVIL,
        interpreter=EVIL,
        columns=(EVIL, "__proto__"),
        rows={EVIL: {EVIL: EVIL}, "__proto__": {"constructor": EVIL}},
    )
    described = subject(EVIL, EVIL, EVIL)
    interpreter = described.interpreter.model_copy(
        update={"implementation": EVIL, "platform": EVIL}
    )
    backend = described.backend.model_copy(update={"version": EVIL})
    more: dict[str, Any] = {
        "grade": EVIL,
        "backend": EVIL,
        "interpreter": EVIL,
        "message": EVIL,
        "reason": f"{EVIL} javascript:pwned=1",
        "evidence": Evidence(
            example=EVIL,
            history=(EVIL, EVIL),
            output=EVIL,
            tries=1,
            moments=(
                Moment(actor=EVIL, began=1 << 80, ended=-1, code=EVIL, effect=1 << 80),
                Moment(actor="__proto__", began=-1, ended=None, code=EVIL, is_judged=True),
            ),
        ),
        "follows_from": EVIL,
        "means": EVIL,
        "instead_of": EVIL,
        "profile": EVIL,
        "method": EVIL,
    }
    names = (EVIL, "__proto__", "constructor.x", next(iter(load_registry().clauses)))
    results = [result(name, Verdict.FAIL, Standing.UNEXPECTED, **more) for name in names]
    results += [
        result("area.observed", Verdict.OBSERVED, observed={EVIL: [EVIL]}, **more),
        result("area.elsewhere", Verdict.FAIL, Standing.KNOWN, backend="$(touch pwned); `x`"),
    ]
    made = report(*results, subjects=(Subject(interpreter=interpreter, backend=backend),))
    texts = {"suite_version": EVIL, "started": EVIL, "profile": EVIL, "complete": False}
    lists = dict.fromkeys(("skipped", "left", "problems"), (EVIL,))
    return made.model_copy(update={**texts, **lists, "matrices": (matrix,)})


def every_change() -> Comparison:
    """Return a comparison in which cells differ in each way, and one does not."""
    found, new = Verdict.FAIL, Standing.UNEXPECTED
    changes = [
        (Verdict.PASS, found),
        (Verdict.INCONCLUSIVE, found),
        (Verdict.CRASH, found),
        (Verdict.PASS, Verdict.INCONCLUSIVE),
        (None, Verdict.HANG),
        (Verdict.LEAK, None),
        (Verdict.UNSUPPORTED, Verdict.PASS),
        (found, Verdict.PASS),
        (found, found),
    ]
    reports = [
        report(
            *(
                result(name, verdict, new, method, message=f"{which} {method}")
                for name, verdicts in zip(load_registry().clauses, changes, strict=False)
                for method in ("fork", "spawn")
                if (verdict := verdicts[side]) is not None
            )
        )
        for side, which in enumerate(("old", "new"))
    ]
    return compare(*reports)


def hostile_change() -> Comparison:
    """Return a comparison each text of which would run something if it could."""
    old = hostile()
    results = [one.model_copy(update={"verdict": Verdict.CRASH}) for one in old.results]
    return compare(old, old.model_copy(update={"results": tuple(results[:-1])}))


class Page(HTMLParser):
    """What a browser makes of a page, as far as it takes no browser to know."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._in: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append((self._in[-1] if self._in else "", data))

    def of(self, tag: str) -> list[str]:
        """Return the texts directly in elements of a name."""
        return [text for name, text in self.texts if name == tag]

    @property
    def policy(self) -> str:
        (policy,) = (
            attributes["content"]
            for tag, attributes in self.tags
            if attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy is not None
        return policy

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.of("script")[0])
        return found
