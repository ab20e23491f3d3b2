"""The suite's own killers when there is nothing left to kill, and the owners of leaked names."""

import ctypes
import multiprocessing
import os
import subprocess
import sys
from multiprocessing import shared_memory
from typing import Any

import pytest

from sharedctypes_conformance.actors.runtime import children
from sharedctypes_conformance.actors.scenarios import killed_processes
from sharedctypes_conformance.actors.system import leaked_names, resources

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def ended() -> Any:
    context: Any = multiprocessing.get_context("fork")
    process = context.Process(target=len, args=("",))
    process.start()
    process.join()
    return process


def test_a_process_that_has_ended_is_not_killed_again(ended: Any) -> None:
    assert children.kill(ended) == 0
    assert children.kill(ended) == 0


def test_a_mark_of_a_process_that_has_ended_is_not_waited_for(
    ended: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Mark:
        value = 0

    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    assert not killed_processes._reached(ended, Mark())
    assert not slept


def test_names_without_an_owner_are_not_those_of_this_process() -> None:
    leaked_names.note_existing()
    mine = shared_memory.SharedMemory(create=True, size=16)
    try:
        path = f"/dev/shm/{mine.name}"
        assert path in leaked_names.of([os.getpid()])
        assert leaked_names.of([]) == {}
        leaked_names.remove(leaked_names.of([os.getpid()]))
        assert os.path.exists(path), "somebody holds it"
    finally:
        mine.close()
        mine.unlink()


def test_system_v_segments_are_names_too() -> None:
    leaked_names.note_existing()
    segment = ctypes.CDLL(None).shmget(0, ctypes.c_size_t(16), 0o600)
    name = f"System V segment {segment}"
    assert leaked_names.of([os.getpid()])[name] == segment
    assert name not in leaked_names.of([os.getppid()])
    assert name in (resources.listed() or ())
    resources.remove({name: segment})
    assert name not in (resources.listed() or ())


# A backend whose constructions are, most of the time, where the standard library first asks for the
# folder of temporary files: under a lock that a handler must not wait for.
_IN_TEMPFILE = """
import ctypes, sys, tempfile, types
from sharedctypes_conformance.actors.runtime import processes
from sharedctypes_conformance.actors.scenarios import interrupted_calls
from sharedctypes_conformance.actors.system import leaked_names

def RawArray(kind, length):
    tempfile.tempdir = None
    with tempfile._once_lock:
        for _ in range(2000):
            pass
    return (ctypes.c_int * length)()

sys.modules["backend"] = types.ModuleType("backend")
sys.modules["backend"].RawArray = RawArray
leaked_names.note_existing()
processes.use_start_method("multiprocessing.sharedctypes", "fork")
print(*interrupted_calls.interrupt_constructions("backend", "RawArray", 20))
"""


def test_a_handler_does_not_wait_for_what_it_interrupted() -> None:
    command = [sys.executable, "-c", _IN_TEMPFILE]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert said.stdout == "20 \n", said.stderr
