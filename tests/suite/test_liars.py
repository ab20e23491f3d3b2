"""Every liar is caught by the clause that forbids its lie, and the honest backend by none."""

from dataclasses import replace
from typing import Any
from zlib import crc32

import pytest

from liars.honest import plain as honest
from sharedctypes_conformance.checks.leak import test_leak
from sharedctypes_conformance.contract import CAPABILITIES, PLACES
from sharedctypes_conformance.contract.capabilities import FUNCTIONS
from sharedctypes_conformance.gallery import Liar, read_gallery
from sharedctypes_conformance.judging.shrinking import FOR_THE_VERDICT
from sharedctypes_conformance.stage import patience
from sharedctypes_conformance.stage.stage import Stage

from .judging import applicable, judge, probe_liar, stage_for

KEPT = ("pass", "observed")

NOTHING_LACKING = {name: (False, "") for name in CAPABILITIES if name not in FUNCTIONS}
# Under one of its start methods; `selftest` judges each by all its clauses, under all.
GALLERY = {
    f"{liar.name}-{method}": (liar, method)
    for liar in read_gallery(PLACES.liars)
    for method in [liar.start_methods[crc32(liar.name.encode()) % len(liar.start_methods)]]
}


@pytest.mark.parametrize(("liar", "method"), GALLERY.values(), ids=GALLERY)
def test_liar_is_caught(liar: Liar, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert liar.caught_by, "a liar names the clauses that catch it"
    # The first is about its lie; the others may follow from it.
    clause, expected = next(iter(liar.caught_by.items()))
    if expected in ("hang", "leak"):
        # It hangs, or leaves things, however long one waits, and nothing else is asked of it.
        monkeypatch.setattr(patience, "PATIENCE", 3)
        monkeypatch.setattr(test_leak, "_PAUSE", 0.1)
        monkeypatch.setattr(test_leak, "_STRETCH", 4)
    # They lack nothing, and to find that out takes longer than most of their clauses.
    target = replace(probe_liar(liar.name).target(method), capabilities=NOTHING_LACKING)
    stage = Stage(target)
    try:
        found = verdict(stage, clause, "quick")
        # What quick misses, default has to find; `selftest` says how many that are.
        if found == "pass":
            found = verdict(stage, clause, "default")
    finally:
        stage.close()
    if liar.unjudged_without and found == "inconclusive":
        pytest.skip(f"it is not judged without {liar.unjudged_without}")
    assert found == expected


def verdict(stage: Stage, clause: str, profile: str) -> str:
    return judge(stage, clause, profile, shrinking=FOR_THE_VERDICT).verdict.value


def test_publishing_leaves_what_the_module_defines() -> None:
    plain: Any = honest
    module: dict[str, Any] = {"__name__": "liars.some", "copy": "its own"}
    backend = plain.publish(plain.Backend, module)
    assert module.pop("copy") == "its own"
    assert module.pop("backend") is backend
    assert module.pop("__name__") == backend.module
    assert module.pop("Value") == backend.Value
    wrappers = {cls.__name__ for cls in plain.WRAPPERS}
    assert set(module) == wrappers | set(plain.SIX) - {"copy", "Value"}


def test_package_is_published_with_its_contexts() -> None:
    plain: Any = honest
    module: dict[str, Any] = {"__name__": "liars.some"}
    plain.publish(plain.Backend, module, plain.Contexts)
    assert set(plain.OF_A_PACKAGE) < set(module)


def test_honest_backend_satisfies_every_clause() -> None:
    """Under the other start methods, `test_honest_machines.py` has those that differ more."""
    method = "fork"
    stage = stage_for("honest.plain", method)
    try:
        judgements = {
            clause: judge(stage, clause)
            for clause in applicable(own_contexts=False)
            if method not in honest.BREAKS.get(clause, ())
        }
    finally:
        stage.close()
    assert {c: str(j.message) for c, j in judgements.items() if j.verdict not in KEPT} == {}
