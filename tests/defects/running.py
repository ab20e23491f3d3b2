"""Runs reproducers, several at a time, each in a process group that ends with it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from .model import Defect

SHOWN, NOT_SHOWN, UNDECIDED = 1, 0, 2
BOUND = 100  # seconds; what takes longer breaks its promise never to hang
GRACE = 5  # seconds
CONTROL = Path(__file__).with_name("control.py")

_DESCRIBE = """
import json, platform, sys
try:
    from importlib import metadata
    version = metadata.version(sys.argv[1].split(".")[0])
except Exception:
    version = None
__import__(sys.argv[1])
name = sys.implementation.name
own = platform.python_version()
if name == "pypy":
    own = "%d.%d.%d" % sys.pypy_version_info[:3]
print(json.dumps([version, name, own, platform.python_version()]))
"""


@dataclass(frozen=True)
class Installed:
    """A backend as it is installed for an interpreter."""

    module: str
    version: str | None
    implementation: str
    interpreter: str
    python: str

    @property
    def title(self) -> str:
        """The interpreter's name and version."""
        if self.implementation == "pypy":
            return f"PyPy {self.interpreter} (Python {self.python})"
        return f"CPython {self.interpreter}"


@dataclass(frozen=True)
class Run:
    """What a reproducer said."""

    defect: Defect
    start_method: str
    status: int
    output: str

    @property
    def shown(self) -> bool | None:
        """Whether the defect showed; None if that could not be decided.

        Programs that raise end with status 1, too: what shows a defect says so.
        """
        if self.status not in (SHOWN, NOT_SHOWN) or "should be:" not in self.output:
            return None
        return self.status == SHOWN


def installed(python: str, module: str) -> Installed | None:
    """Return a backend of an interpreter, or None if it is not there, or does not work at all."""
    done = subprocess.run(
        [python, "-c", _DESCRIBE, module], capture_output=True, text=True, check=False
    )
    if done.returncode or _ended([python, str(CONTROL), module])[0]:
        return None
    version, implementation, own, compatible = json.loads(done.stdout)
    if module == "multiprocessing.sharedctypes":
        version = None  # that of the interpreter
    return Installed(module, version, implementation, own, compatible)


def run(python: str, module: str, defects: Iterable[Defect], at_a_time: int) -> list[Run]:
    """Run reproducers on a backend, each with all start methods that it is about."""
    jobs = [(defect, method) for defect in defects for method in defect.runs]
    with ThreadPoolExecutor(at_a_time) as pool:
        return list(pool.map(lambda job: _run_one(python, module, *job), jobs))


def _run_one(python: str, module: str, defect: Defect, start_method: str) -> Run:
    command = [python, str(defect.reproducer), module, *filter(None, [start_method])]
    status, output = _ended(command)
    return Run(defect, start_method, status, output)


def _wait_for_the_rest(group: int) -> None:
    """Wait until a process group is empty, or as it seems for good.

    The resource tracker outlives the program by a moment, in which it removes names of semaphores.
    """
    until = time.monotonic() + GRACE
    while time.monotonic() < until and any(map(_runs, _members(group))):
        time.sleep(0.01)  # they are not our children: there is nothing to wait on


def _members(group: int) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(process.pid) == group:
                yield process


def _runs(process: psutil.Process) -> bool:
    """Return whether a process has not ended; that nobody has waited for it does not matter."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _ended(command: Sequence[str]) -> tuple[int, str]:
    inherited = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    with tempfile.TemporaryDirectory() as folder, open(Path(folder) / "said", "w+") as said:
        # A file, as a pipe would wait for children that are left.
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=inherited,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(BOUND)
            _wait_for_the_rest(process.pid)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            # What creates arrays by such names removes them at once, if nothing interrupts it.
            for left in Path("/dev/shm").glob(f"pym-{process.pid}-*"):
                left.unlink()
        said.seek(0)
        return process.returncode, said.read()
