"""The stage: it distinguishes a crash from a hang, survives both, and leaves nothing behind."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from sharedctypes_conformance.actors.runtime import calls, probe
from sharedctypes_conformance.checks.kit.twins import play
from sharedctypes_conformance.stage import patience
from sharedctypes_conformance.stage.actor import Actor, actor_of
from sharedctypes_conformance.stage.descriptions import Description
from sharedctypes_conformance.stage.findings import (
    ActorDied,
    ActorHung,
    NotKept,
    OperationRaised,
    StageFault,
)
from sharedctypes_conformance.stage.names import CType, Name
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.stage.target import Target
from sharedctypes_conformance.strategies.accesses import get_attribute, set_attribute

from .judging import METHODS, probe_liar


@pytest.fixture(params=METHODS)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    stage = Stage(probe_liar("honest.plain").target(request.param))
    yield stage
    stage.close()


def family(stage: Stage) -> list[psutil.Process]:
    """Return all processes of a stage, forkserver and resource trackers among them."""
    leader = psutil.Process(stage.creator.pid)
    return [leader, *leader.children(recursive=True)]


def kill(actor: Actor) -> None:
    os.kill(actor.pid, signal.SIGKILL)


def test_handles_read_like_user_code(stage: Stage) -> None:
    counter = stage.creator.Value("i", 7)
    array = stage.creator.Array(CType("c_short"), [1, 2, 3])
    child = stage.start(counter, array)
    child(counter).value += 1
    child(array)[1:] = [20, 30]
    assert counter.value == 8
    assert list(array) == [1, 20, 30]
    assert len(child(array)) == 3
    assert 20 in array
    with counter:
        counter.value *= 2
    assert child(counter).value == 16


def test_a_grandchild_inherits_from_its_parent(stage: Stage) -> None:
    counter = stage.creator.Value("i", 7)
    child = stage.start(counter)
    grandchild = stage.start(child(counter), parent=child, name="grandchild")
    grandchild(counter).value = 9
    assert counter.value == 9


def test_an_actor_is_not_given_what_it_did_not_inherit(stage: Stage) -> None:
    counter = stage.creator.Value("i", 7)
    child = stage.start()
    with pytest.raises(StageFault, match="did not inherit"):
        child(counter)
    with pytest.raises(StageFault, match="cannot see"):
        child.call("builtins.getattr", counter, "value")


def test_a_handle_does_not_answer_for_its_object(stage: Stage) -> None:
    counter = stage.creator.Value("i", 7)
    for use in (bool, int, lambda it: it == it, lambda it: it + 1, lambda it: it < 1):
        with pytest.raises(NotKept, match=r"a .*\.Synchronized was returned where plain data"):
            use(counter)


def test_an_exception_comes_with_its_classes(stage: Stage) -> None:
    with pytest.raises(OperationRaised) as raised:
        stage.creator.Value("i", "seven")
    assert raised.value.names[0] == "builtins.TypeError"
    assert "builtins.Exception" in raised.value.names


def test_a_name_that_does_not_exist_is_our_fault(stage: Stage) -> None:
    with pytest.raises(StageFault, match="could not read"):
        stage.creator.call("sharedctypes_actors.runtime.calls.no_such_function")
    assert stage.creator.call("builtins.len", "abc") == 3


def test_a_module_that_cannot_be_imported_is_our_fault(stage: Stage) -> None:
    folder = Path(stage.creator.call("os.environ.get", "PYTHONPATH").split(os.pathsep)[0])
    (folder / "broken_on_import.py").write_text("raise TypeError('not here')")
    with pytest.raises(StageFault, match="not here"):
        stage.creator.call("broken_on_import.function")
    assert stage.creator.call("builtins.len", "ab") == 2


def test_a_crash_is_reported_with_its_signal(stage: Stage) -> None:
    child = stage.start()
    with pytest.raises(ActorDied, match=r"child 1 died of SIGKILL during os\.kill") as died:
        child.call("os.kill", child.pid, int(signal.SIGKILL))
    assert died.value.code == -signal.SIGKILL
    assert stage.creator.call("builtins.len", "abc") == 3
    stage.reset()
    assert stage.start().call("builtins.len", "abc") == 3


def test_an_exit_status_other_than_zero_is_a_finding(stage: Stage) -> None:
    child = stage.start()
    code = "import multiprocessing.util as u, os; u.Finalize(None, os._exit, (3,), exitpriority=1)"
    child.call("builtins.exec", code)
    with pytest.raises(ActorDied, match="ended with exit status 3"):
        stage.end_example()


def test_a_hang_is_reported_with_stacks(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.5)
    lock = stage.creator.Lock()
    lock.acquire()
    with pytest.raises(ActorHung, match=r"did not return from lock_1.acquire\(\)") as hung:
        stage.creator.call(calls.call_method, lock, "acquire")
    assert "creator" in hung.value.stacks
    assert "calls.py" in hung.value.stacks
    stage.reset()
    assert stage.creator.call("builtins.len", "abc") == 3


def test_a_blocked_call_can_be_begun_and_its_outcome_fetched_later(stage: Stage) -> None:
    counter = stage.creator.Value("i", 7)
    child = stage.start(counter)
    with counter.get_lock():
        pending = child.begin("builtins.getattr", child(counter), "value")
        assert not pending.settle()
        with pytest.raises(StageFault, match="busy"):
            child.call("os.getpid")
        counter.get_obj().value = 8
    assert pending.result() == 8


def test_threads_share_the_objects_of_their_process(stage: Stage) -> None:
    counter = stage.creator.Value("i", 7)
    thread = stage.thread(stage.creator)
    assert thread.pid == stage.creator.pid
    assert thread.thread != stage.creator.thread
    assert thread(counter).value == 7


def test_a_missing_name_is_a_finding(stage: Stage) -> None:
    probed = probe_liar("module.lacks_copy")
    lacking = Stage(probed.target(stage.target.method))
    try:
        with pytest.raises(NotKept, match="has no 'copy'"):
            lacking.creator.copy(1)
    finally:
        lacking.close()


def test_the_history_reads_like_code(stage: Stage) -> None:
    stage.begin_example()
    counter = stage.creator.Value("i", 7)
    child = stage.start(counter)
    child(counter).value = 8
    counter.get_lock().acquire(False)
    with pytest.raises(OperationRaised):
        stage.creator.call("operator.getitem", counter, slice(1, 2))
    lines = stage.history.lines()
    assert lines[0] == "creator: synchronized_1 = liars.honest.plain.Value('i', 7)"
    assert lines[1].startswith("creator: start child 1 with (synchronized_1)")
    assert lines[2] == "child 1: synchronized_1.value = 8"
    assert lines[3] == "creator: rlock_2 = synchronized_1.get_lock()"
    assert lines[4] == "creator: rlock_2.acquire(False)  # True"
    assert lines[-1].startswith("creator: synchronized_1[1:2]  # raised TypeError")


def test_starts_are_shown_with_what_was_passed(stage: Stage) -> None:
    stage.begin_example()
    counter = stage.creator.Value("i", 7)
    child = stage.start(counter, name="worker")
    stage.thread(child)
    (new,) = stage.start_with_new(Description("RawValue", "i", (8,)))
    assert new.value == 8
    assert stage.history.lines() == [
        "creator: synchronized_1 = liars.honest.plain.Value('i', 7)",
        "creator: start worker with (synchronized_1)",
        "worker: start thread 2",
        "creator: start child 3 with (liars.honest.plain.RawValue('i', 8) in a list)",
        "child 3: c_int_2.value  # 8",
    ]


def test_a_start_that_raises_is_shown_as_a_start(stage: Stage) -> None:
    stage.creator.call(
        "builtins.exec", "import multiprocessing.process as p; p.BaseProcess.start = 0"
    )
    stage.begin_example()
    with pytest.raises(OperationRaised, match=r"start child 1 with \(\) raised TypeError"):
        stage.start()
    (line,) = stage.history.lines()
    assert line.startswith("creator: start child 1 with ()  # raised TypeError: ")


def test_actors_of_a_stage_and_of_one_within_it_have_numbers_of_their_own(stage: Stage) -> None:
    first = stage.start()
    with stage.fresh() as inner:
        others = [inner.creator, inner.start(), inner.start()]
        numbers = [actor.number for actor in (stage.creator, first, *others, stage.start())]
        inner.end_example()
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("how", ["close", "reset"])
def test_nothing_is_left_behind(stage: Stage, how: str) -> None:
    counter = stage.creator.Value("i", 7)
    child = stage.start(counter)
    stage.start(child(counter), parent=child)
    folder = stage.group.scratch.path
    processes = family(stage)
    assert len(processes) >= 3
    getattr(stage, how)()
    _, alive = psutil.wait_procs(processes, timeout=10)
    assert [p for p in alive if p.status() != psutil.STATUS_ZOMBIE] == []
    assert not folder.exists()


@pytest.mark.parametrize("how", ["close", "reset"])
@pytest.mark.parametrize("liar", ["daemons_have_an_empty_environment", "helpers_ignore_signals"])
def test_who_leaves_the_session_is_not_left_behind(liar: str, how: str) -> None:
    stage = Stage(probe_liar(f"leak.{liar}").target("fork"))
    creator = str(stage.creator.pid)
    stage.creator.RawValue("i", 7)

    def helpers() -> list[psutil.Process]:
        return [
            process
            for process in psutil.process_iter(["cmdline"])
            if (process.info["cmdline"] or [""])[-1] == creator
            and process.status() != psutil.STATUS_ZOMBIE
        ]

    assert len(helpers()) == 1
    getattr(stage, how)()
    assert helpers() == []
    stage.close()


@pytest.mark.parametrize("how", ["close", "reset"])
def test_a_stage_whose_guardian_was_killed_leaves_nobody_behind(stage: Stage, how: str) -> None:
    stage.start()
    processes = family(stage)
    guardian = stage.creator.call("os.getppid")
    stage.creator.call("os.kill", guardian, signal.SIGKILL.value)
    getattr(stage, how)()
    _, alive = psutil.wait_procs(processes, timeout=10)
    assert [p for p in alive if p.status() != psutil.STATUS_ZOMBIE] == []


def test_a_stage_that_is_closed_can_be_used_again(stage: Stage) -> None:
    first = stage.creator.pid
    stage.close()
    stage.close()
    assert stage.creator.pid != first


def test_after_a_hang_who_waits_for_processes_has_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 1)
    monkeypatch.setattr(patience, "PATIENCE_AFTER_A_HANG", 0.2)
    stage.hangs.count = 1
    sleep = Name("time.sleep", long_running=True)
    stage.creator.call(sleep, 1.5)
    with pytest.raises(ActorHung, match=r"within 0\.2 s"):
        stage.creator.call("time.sleep", 1.5)
    stage.reset()
    with pytest.raises(ActorHung, match="within 3 s"):
        stage.creator.call(sleep, 10)


def test_a_child_is_dismissed_by_whatever_ends_it(stage: Stage) -> None:
    stage.dismiss(stage.start(), lambda actor: actor.begin("os._exit", 3), (3,))
    stage.dismiss(stage.start(), kill, (-signal.SIGKILL, 255))
    with pytest.raises(ActorDied, match="SIGKILL"):
        stage.dismiss(stage.start(), kill)


def test_a_child_is_dismissed_while_its_own_children_run_on(stage: Stage) -> None:
    counter = stage.creator.Value("i", 7)
    child = stage.start(counter)
    orphans = [stage.start(child(counter), parent=child) for _ in range(2)]
    of_orphan = stage.start(orphans[0](counter), parent=orphans[0])
    stage.dismiss(child, kill, (-signal.SIGKILL, 255))
    orphans[1](counter).value += 1
    assert of_orphan(counter).value == 8
    # Nobody is left who could see how they end.
    stage.dismiss(orphans[0], kill)
    stage.dismiss(orphans[1])
    stage.dismiss(of_orphan)
    assert counter.value == 8


def test_a_child_has_time_for_its_exit_after_a_hang_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = stage.start()
    child.call("multiprocessing.util.Finalize", None, Name("time.sleep"), (0.8,), exitpriority=1)
    monkeypatch.setattr(patience, "PATIENCE", 1)
    monkeypatch.setattr(patience, "PATIENCE_AFTER_A_HANG", 0.2)
    stage.hangs.count = 1
    stage.end_example()


def test_an_interpreter_that_cannot_run_is_our_fault(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    target = Target(str(broken), "liars.honest.plain", "fork", frozenset())
    with pytest.raises(StageFault, match="exit status 3"):
        _ = Stage(target).creator
    assert os.listdir(tmp_path) == ["python"]


def test_a_fresh_stage_is_an_interpreter_of_its_own(stage: Stage) -> None:
    counter = stage.creator.Value("i", 7)
    with stage.fresh("-O") as optimized:
        assert optimized.creator.call(probe.interpreter)["optimized"]
        other = optimized.creator.Value("i", 8)
        child = optimized.start(other)
        child(other).value += 1
        assert other.value == 9
        leader = psutil.Process(optimized.creator.pid)
        optimized.end_example()
    assert counter.value == 7
    assert not psutil.pid_exists(leader.pid)
    lines = stage.history.lines()
    assert any(line.startswith("creator: ") for line in lines)
    assert any(line.startswith("creator under -O: start child 1 with") for line in lines)


def test_a_fresh_interpreter_can_be_left_as_it_starts(stage: Stage) -> None:
    with stage.fresh(method="") as untouched:
        modules = untouched.creator.call("builtins.list", Name("sys.modules"))
        assert "multiprocessing" not in modules


def test_operations_in_one_call_are_shown_one_by_one(stage: Stage) -> None:
    stage.begin_example()
    counter = stage.creator.Value("i", 7)
    accesses = [set_attribute("value", 8), get_attribute("value"), get_attribute("values")]
    outcomes = [str(played.outcome) for played in play(accesses, counter)]
    assert outcomes == ["returned None", "returned 8", "raised AttributeError"]
    assert stage.history.lines()[1:3] == [
        "creator: synchronized_1.value = 8",
        "creator: synchronized_1.value  # 8",
    ]
    assert "synchronized_1.values  # raised AttributeError: " in stage.history.lines()[3]


def test_objects_taken_together_have_one_child(stage: Stage) -> None:
    one, other = (Description("Value", code, (7,)) for code in "ih")
    assert stage.pool.take(one).heirs is not stage.pool.take(other).heirs
    taken = stage.pool.take_together([one, other, one])
    assert len({id(shared.heirs) for shared in taken}) == 1
    taken[1].child.value = 9
    assert (taken[0].child.value, taken[1].raw.value) == (7, 9)
    assert taken[1].seen_by("sibling").value == 9


@pytest.mark.parametrize("lock", [True, "RLock", "OwnLock"])
def test_a_family_inherits_what_is_in_the_pool(stage: Stage, lock: str | bool) -> None:
    description = Description("Value", "i", (7,), lock)
    shared = stage.pool.take(description)
    family = [shared.seen_by(who) for who in ("creator", "child", "sibling", "grandchild")]
    assert len({actor_of(one).pid for one in family}) == 4
    grandchild = actor_of(family[-1])
    assert grandchild.parent is actor_of(shared.child)
    family[-1].value = 8
    assert [one.value for one in family] == [8] * 4
    shared.lock_seen_by("grandchild").acquire()
    assert [one.get_lock().acquire(False) for one in family[:3]] == [False] * 3
    shared.lock_seen_by("grandchild").release()
    lines = stage.history.lines()
    started = grandchild.name.removeprefix("child ")
    assert any(line.startswith(f"child 1: start child {started} with") for line in lines)
    # A parent leaves last, or it would wait for its child.
    stage.drop_taken()
    assert stage.group.actors == [stage.creator]


def test_a_call_that_never_sleeps_settles_too(stage: Stage) -> None:
    pending = stage.creator.begin("builtins.exec", "while True: pass")
    assert not pending.settle()
    stage.reset()


def test_what_is_begun_and_cannot_be_imported_is_our_fault(stage: Stage) -> None:
    with pytest.raises(StageFault, match="no_such_module"):
        stage.creator.begin("no_such_module.function")
