"""Area `contamination`: the settings of the process belong to the program, not to the backend.

They are compared before and after objects of each kind are constructed, some of them refused: code
that changes a setting for a moment may fail to restore it. This is done with the default settings,
and with nondefault ones: code that restores a setting may assume what it was.
"""

from __future__ import annotations

import re

from ...actors.runtime import processes
from ...actors.scenarios import nondefault_settings, process_settings
from ...actors.scenarios.process_settings import STATUS
from ...stage.actor import Actor
from ...stage.findings import NotKept, OperationRaised, Refused, Unjudged
from ...stage.stage import Stage
from ..kit.check import check

_SET_NONDEFAULTS = nondefault_settings.make_unusual
_ADDRESS = re.compile(" at 0x[0-9a-fA-F]+")


def _settings(actor: Actor, contexts: str = "multiprocessing") -> dict[str, str]:
    found: dict[str, str] = actor.call(process_settings.of_process, contexts)
    return found


def _expect_same(before: dict[str, str], after: dict[str, str], when: str) -> None:
    changed = [
        f"{name} was {before.get(name)} and is now {after.get(name)}"
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]
    if changed:
        raise NotKept(f"{when}: {'; '.join(changed)}")


@check("contamination.import-changes-no-process-settings")
def test_import_changes_no_process_settings(stage: Stage) -> None:
    for nondefault, when in ((False, ""), (True, " with nondefault settings")):
        with stage.fresh(method="") as other:
            # What the import of its package changes is not judged: it may serve other purposes too.
            other.creator.call("importlib.import_module", stage.target.contexts)
            if nondefault:
                other.creator.call(_SET_NONDEFAULTS)
            before = _settings(other.creator)
            other.creator.call("importlib.import_module", stage.target.backend)
            after = _settings(other.creator)
            # Libraries that a backend is made of may add some when they are imported.
            after[process_settings.FILTERS] = before[process_settings.FILTERS]
        _expect_same(before, after, f"after importing the backend{when}")


@check("contamination.use-changes-no-process-settings")
def test_use_changes_no_process_settings(stage: Stage) -> None:
    backend, contexts = stage.target.backend, stage.target.contexts
    with stage.fresh() as other:
        _start_and_end_one(other)
        before = _settings(other.creator, contexts)
        other.creator.call(process_settings.use, backend)
        _expect_same(before, _settings(other.creator, contexts), "after constructing objects")
    # In another process, because much happens at the first construction only.
    with stage.fresh() as other:
        creator = other.creator
        _start_and_end_one(other)
        creator.call(_SET_NONDEFAULTS)
        _start_and_end_one(other)
        before = _settings(creator, contexts)
        creator.call(process_settings.use, backend)
        when = "after constructing objects with nondefault settings"
        _expect_same(before, _settings(creator, contexts), when)
        made = creator.call(stage.backend_function("RawArray"), "i", 3)
        wrapped = creator.call(stage.backend_function("Array"), "i", 3)
        without = _settings_of_child(other.start(), backend, contexts)
        try:
            child = other.start(made, wrapped)
        except OperationRaised as raised:
            raise Unjudged(f"they cannot be passed to a process: {raised}", raised) from None
        when = "in a child that inherited objects, and not in one that inherited none"
        _expect_same(without, _settings_of_child(child, backend, contexts), when)
        child.call(_SET_NONDEFAULTS)
        before_child = _settings(child, contexts)
        child.call(process_settings.use, backend)
        when = "after constructing objects in a child"
        _expect_same(before_child, _settings(child, contexts), when)
        other.end_example()
        after = _settings(creator, contexts)
        # These were children of the program's own.
        after[process_settings.FORKS] = before[process_settings.FORKS]
        _expect_same(before, after, "after a child ended that had inherited an object")


@check("contamination.first-use-changes-no-process-settings")
def test_first_use_changes_no_process_settings(stage: Stage) -> None:
    backend, contexts = stage.target.backend, stage.target.contexts
    # Nothing has been started here: the first object may start something, or the first lock.
    with stage.fresh() as other:
        creator = other.creator
        creator.call(_SET_NONDEFAULTS)
        before = _settings(creator, contexts)
        creator.call(process_settings.use, backend, raw_only=True)
        when = "after the first objects without a lock were constructed, with nondefault settings"
        _expect_same(before, _settings(creator, contexts), when)
        creator.call(process_settings.use, backend)
        after = _settings(creator, contexts)
    if after != before and not stage.target.has_own_contexts:
        for name in _changed_by_a_lock(stage):
            after[name] = before[name]
    _expect_same(before, after, "after the first locks were constructed, with nondefault settings")


def _changed_by_a_lock(stage: Stage) -> list[str]:
    """Return which settings change with the first lock of the contexts, which are another's."""
    contexts = stage.target.contexts
    with stage.fresh() as other:
        creator = other.creator
        creator.call(_SET_NONDEFAULTS)
        before = _settings(creator, contexts)
        creator.call(processes.new_lock, "RLock")
        after = _settings(creator, contexts)
    return [name for name in before if before[name] != after.get(name)]


def _settings_of_child(child: Actor, backend: str, contexts: str) -> dict[str, str]:
    """Return the settings of a child that has imported the backend, as far as all have the same.

    Libraries may add filters of warnings when they are imported. Each process may have a random
    sequence of its own, and functions elsewhere.
    """
    child.call("importlib.import_module", backend)
    found = _settings(child, contexts)
    for name in (process_settings.FILTERS, process_settings.FORKS, process_settings.RANDOM):
        del found[name]
    return {name: _ADDRESS.sub("", value) for name, value in found.items()}


def _start_and_end_one(stage: Stage) -> None:
    """Start a process that inherits nothing: what starting any process changes is not judged."""
    stage.start()
    stage.end_example()


@check("contamination.construction-reaps-no-other-child")
def test_construction_reaps_no_other_child(stage: Stage) -> None:
    with stage.fresh() as other:
        status = other.creator.call(process_settings.status_after, stage.target.backend)
    if status is None:
        raise Unjudged("a child of the program did not end")
    if status != STATUS:
        raise NotKept(
            "a child of the program that had ended before objects were constructed gave exit "
            f"status {status} to a wait() afterwards, should be {STATUS}"
        )
    stage.require("RawArray")
    try:
        child = stage.creator.call(process_settings.exit_code_after, stage.target.backend)
    except OperationRaised as refused:  # other clauses judge what can be passed to a process
        raise Refused(str(refused)) from None
    if not child.ended:
        raise Unjudged("a child that was passed an object did not end")
    if child.code != STATUS:
        raise NotKept(
            "a child that had ended before the object that it was passed was dropped, and others "
            f"were created, has the exitcode {child.code} after join(), should have {STATUS}"
        )
