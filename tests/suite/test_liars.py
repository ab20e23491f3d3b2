"""Every liar is caught by the clauses that forbid its lie, and the honest backend by none."""

import importlib
import platform
from typing import Any

import pytest

from liars.honest import plain as honest
from sharedctypes_conformance.checks.kit.check import all_checks
from sharedctypes_conformance.checks.leak import test_leak
from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.judging import confirm
from sharedctypes_conformance.stage import patience

from .judging import METHODS, judge, names, stage_for

KEPT = ("pass", "observed")

GALLERY = [
    (name, method)
    for name in names()
    for method in getattr(importlib.import_module(f"liars.{name}"), "START_METHODS", METHODS)
]


@pytest.mark.parametrize(("name", "method"), GALLERY)
def test_liar_is_caught(name: str, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    liar = importlib.import_module(f"liars.{name}")
    caught_by = liar.CAUGHT_BY
    assert caught_by, "a liar names the clauses that catch it"
    if set(caught_by.values()) in ({"hang"}, {"leak"}):
        # It hangs, or leaves things, however long one waits or how often one looks, and nothing
        # else is asked of it.
        monkeypatch.setattr(patience, "PATIENCE", 3)
        monkeypatch.setattr(confirm, "TRIES", 1)
        monkeypatch.setattr(test_leak, "_PAUSE", 0.1)
        monkeypatch.setattr(test_leak, "_STRETCH", 4)
    stage = stage_for(name, method)
    try:
        verdicts = {clause: judge(stage, clause).verdict.value for clause in caught_by}
    finally:
        stage.close()
    lacking = getattr(liar, "UNJUDGED_WITHOUT", "")
    if lacking and set(verdicts.values()) == {"inconclusive"}:
        pytest.skip(f"it is judged only by {lacking}")
    assert verdicts == caught_by


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


@pytest.mark.parametrize("method", METHODS)
def test_honest_backend_satisfies_every_clause(method: str) -> None:
    stage = stage_for("honest.plain", method)
    try:
        clauses = [
            clause
            for clause in all_checks()
            if load_registry().clause(clause).applies_to(platform.python_version())
            and method not in honest.BREAKS.get(clause, ())
        ]
        judgements = {clause: judge(stage, clause) for clause in clauses}
    finally:
        stage.close()
    assert {c: str(j.message) for c, j in judgements.items() if j.verdict not in KEPT} == {}
