"""Area `contamination`: what sharing objects does to the process, whose settings are the program's.

They are looked at before and after objects of each sort were made, some of which were refused: who
changes a setting for a moment may not come to change it back.
"""

from __future__ import annotations

from ..actors.settings import STATUS
from ..stage.actor import Actor
from ..stage.findings import NotKept, OperationRaised, Unjudged
from ..stage.stage import Stage
from .check import check

_SETTINGS = "sharedctypes_actors.settings."


def _settings(actor: Actor, contexts: str = "multiprocessing") -> dict[str, str]:
    found: dict[str, str] = actor.call(_SETTINGS + "of_process", contexts)
    return found


def _expect_same(before: dict[str, str], after: dict[str, str], when: str) -> None:
    changed = [
        f"{name} was {before.get(name)} and is {after.get(name)}"
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]
    if changed:
        raise NotKept(f"{when}: {'; '.join(changed)}")


@check("contamination.imports-change-no-settings")
def test_imports(stage: Stage) -> None:
    with stage.fresh(method="") as other:
        # Whether its package changes something is not asked: it may be there for other things.
        other.creator.call("importlib.import_module", stage.target.contexts)
        before = _settings(other.creator)
        other.creator.call("importlib.import_module", stage.target.backend)
        _expect_same(before, _settings(other.creator), "when the backend has been imported")


@check("contamination.makings-change-no-settings")
def test_makings(stage: Stage) -> None:
    backend, contexts = stage.target.backend, stage.target.contexts
    with stage.fresh() as other:
        creator = other.creator
        # What starting any process changes is not asked.
        other.start()
        other.end_example()
        before = _settings(creator, contexts)
        creator.call(_SETTINGS + "use", backend)
        _expect_same(before, _settings(creator, contexts), "when objects have been made")
        # Who switches it off for a moment may take it for granted that it was on.
        creator.call("gc.disable")
        without_collector = _settings(creator, contexts)
        creator.call(_SETTINGS + "use", backend)
        when = "when objects have been made with the collector off"
        _expect_same(without_collector, _settings(creator, contexts), when)
        creator.call("gc.enable")
        made = creator.call(stage.name_in_backend("RawArray"), "i", 3)
        try:
            child = other.start(made)
        except OperationRaised as raised:
            raise Unjudged(f"a process cannot be given one: {raised}") from None
        before_child = _settings(child, contexts)
        child.call(_SETTINGS + "use", backend)
        when = "when objects have been made in a child"
        _expect_same(before_child, _settings(child, contexts), when)
        other.end_example()
        when = "when a child that had been given an object has ended"
        _expect_same(before, _settings(creator, contexts), when)


@check("contamination.makings-wait-for-no-others")
def test_status(stage: Stage) -> None:
    with stage.fresh() as other:
        status = other.creator.call(_SETTINGS + "status_after", stage.target.backend)
    if status is None:
        raise Unjudged("a process of the program's own did not end")
    if status != STATUS:
        raise NotKept(
            f"a process of the program's own, which had ended with exit status {STATUS} before "
            f"objects were made, ended with {status} for whoever waited for it then"
        )
