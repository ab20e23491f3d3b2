"""Area `contamination`: what sharing objects does to the process, whose settings are the program's.

They are looked at before and after objects of each sort were made, some of which were refused: code
that changes a setting for a moment may not get to restore it. All is done with the usual settings,
and with unusual ones: code that restores a setting may assume what it was.
"""

from __future__ import annotations

from ...actors.scenarios import nondefault_settings, process_settings
from ...actors.scenarios.process_settings import STATUS
from ...stage.actor import Actor
from ...stage.findings import NotKept, OperationRaised, Unjudged
from ...stage.stage import Stage
from ..kit.check import check

_MAKE_UNUSUAL = nondefault_settings.make_unusual


def _settings(actor: Actor, contexts: str = "multiprocessing") -> dict[str, str]:
    found: dict[str, str] = actor.call(process_settings.of_process, contexts)
    return found


def _expect_same(before: dict[str, str], after: dict[str, str], when: str) -> None:
    changed = [
        f"{name} was {before.get(name)} and is {after.get(name)}"
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]
    if changed:
        raise NotKept(f"{when}: {'; '.join(changed)}")


@check("contamination.import-changes-no-process-settings")
def test_import_changes_no_process_settings(stage: Stage) -> None:
    for makes_unusual, when in ((False, ""), (True, " with unusual settings")):
        with stage.fresh(method="") as other:
            # Whether its package changes something is not asked: it may be there for other things.
            other.creator.call("importlib.import_module", stage.target.contexts)
            if makes_unusual:
                other.creator.call(_MAKE_UNUSUAL)
            before = _settings(other.creator)
            other.creator.call("importlib.import_module", stage.target.backend)
            after = _settings(other.creator)
        _expect_same(before, after, f"when the backend has been imported{when}")


@check("contamination.use-changes-no-process-settings")
def test_use_changes_no_process_settings(stage: Stage) -> None:
    backend, contexts = stage.target.backend, stage.target.contexts
    with stage.fresh() as other:
        _start_and_end_one(other)
        before = _settings(other.creator, contexts)
        other.creator.call(process_settings.use, backend)
        _expect_same(before, _settings(other.creator, contexts), "when objects have been made")
    # In another process, because much is done by the first construction only.
    with stage.fresh() as other:
        creator = other.creator
        _start_and_end_one(other)
        creator.call(_MAKE_UNUSUAL)
        _start_and_end_one(other)
        before = _settings(creator, contexts)
        creator.call(process_settings.use, backend)
        when = "when objects have been made with unusual settings"
        _expect_same(before, _settings(creator, contexts), when)
        made = creator.call(stage.backend_function("RawArray"), "i", 3)
        try:
            child = other.start(made)
        except OperationRaised as raised:
            raise Unjudged(f"a process cannot be given one: {raised}") from None
        child.call(_MAKE_UNUSUAL)
        before_child = _settings(child, contexts)
        child.call(process_settings.use, backend)
        when = "when objects have been made in a child"
        _expect_same(before_child, _settings(child, contexts), when)
        other.end_example()
        when = "when a child that had been given an object has ended"
        _expect_same(before, _settings(creator, contexts), when)


def _start_and_end_one(stage: Stage) -> None:
    """Start a process that is given nothing: what starting any changes is not asked."""
    stage.start()
    stage.end_example()


@check("contamination.construction-reaps-no-other-child")
def test_construction_reaps_no_other_child(stage: Stage) -> None:
    with stage.fresh() as other:
        status = other.creator.call(process_settings.status_after, stage.target.backend)
    if status is None:
        raise Unjudged("a process of the program's own did not end")
    if status != STATUS:
        raise NotKept(
            f"a process of the program's own, which had ended with exit status {STATUS} before "
            f"objects were made, ended with {status} for whoever waited for it then"
        )
