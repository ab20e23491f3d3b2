"""A run: pytest judges a selection in this process and its workers; the result is a report.

What pytest and hypothesis find in the environment is meant for the caller's own tests: plugins that
reorder or repeat tests, options, a configuration file, the storage folder of hypothesis. It must
not change a verdict, so it is disabled during the run and restored afterwards.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ..actors.system import leaked_names
from ..contract import folder_of, load_registry
from ..selection import Selection
from ..stage.keeper import keeper
from ..stage.machine import temporary_folder
from ..stage.scratch import BYTECODE
from ..verdicts.model import Report, Result
from .recorder import Recorder

_ALL = "sharedctypes_conformance.checks"
CHECKS = Path(__file__).parent.parent / "checks"

# More workers than this slow each other down.
MOST_WORKERS = 4

# With fewer tests, so few interpreters are started that compiling each time is cheaper.
WORTH_BYTECODE = 25

# Nothing is collected if an earlier run has judged everything.
COMPLETED = (
    pytest.ExitCode.OK,
    pytest.ExitCode.TESTS_FAILED,
    pytest.ExitCode.NO_TESTS_COLLECTED,
)


class Interrupted(KeyboardInterrupt):
    """A run was interrupted; `report` has what was judged until then, marked incomplete."""

    def __init__(self, report: Report) -> None:
        super().__init__("the run was interrupted")
        self.report = report


def run(
    selection: Selection,
    workers: int | None,
    on_total: Callable[[int], None],
    on_begin: Callable[[Report], None],
    on_result: Callable[[Result], None],
    earlier: Report | None = None,
    exit_first: bool = False,
) -> Report:
    """Judge a selection; return the report. Raises Interrupted, and BadSelection like `after`.

    `workers` is the number of workers of pytest-xdist: with 0 or 1 there is only this process, None
    means one per core. `on_begin` is called with a report that has only the results of the
    `earlier` one that this run goes on with; `on_total` with the number of cells; `on_result` with
    each result. With `exit_first` the first result that is not as expected is the last one.
    """
    if earlier:
        selection = selection.after(earlier)
    recorder = Recorder(selection, on_total, on_result, earlier, exit_first)
    on_begin(recorder.report(complete=False))
    leaked_names.note_existing()
    with _scratch() as scratch, _undisturbed(scratch):
        if selection.tests >= WORTH_BYTECODE:
            os.environ[BYTECODE] = str(scratch / "bytecode")
        try:
            status = pytest.main(_arguments(workers, selection, scratch), plugins=[recorder])
        except KeyboardInterrupt:  # before pytest handles it
            status = pytest.ExitCode.INTERRUPTED
    report = recorder.report(status in COMPLETED, leaked_names.unheld())
    if status == pytest.ExitCode.INTERRUPTED and not recorder.has_stopped:
        raise Interrupted(report)
    return report


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give a block a temporary folder, which is removed even if this process is killed."""
    folder = temporary_folder()
    with tempfile.TemporaryDirectory(prefix="sharedctypes-", dir=folder) as name:
        scratch = Path(name)
        keeper.watch(scratch)
        yield scratch
    keeper.done(scratch)


@contextmanager
def _undisturbed(scratch: Path) -> Iterator[None]:
    """Disable what is set for other runs of pytest and hypothesis, while a block runs."""
    environment, path = dict(os.environ), list(sys.path)
    handler = signal.getsignal(signal.SIGCHLD)
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # Workers would import modules of the working directory in place of the standard library's.
    os.environ["PYTHONSAFEPATH"] = "1"
    # By default hypothesis writes into the working directory.
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(scratch / "hypothesis")
    _reset_hypothesis_folder()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:] = path
        if handler is signal.SIG_IGN:
            signal.signal(signal.SIGCHLD, handler)
        _reset_hypothesis_folder()


def _reset_hypothesis_folder() -> None:
    """Have hypothesis determine its storage folder again: it caches the first one."""
    configuration = sys.modules.get("hypothesis.configuration")
    if configuration is not None:
        configuration.set_hypothesis_home_dir(None)


def _arguments(workers: int | None, selection: Selection, scratch: Path) -> list[str]:
    arguments = ["--pyargs", *_packages(selection), "-s"]
    arguments += ["-c", str(CHECKS / "pytest.ini"), "--rootdir", str(CHECKS)]
    # The temporary folders of workers; by default pytest keeps them for inspection.
    arguments += ["--basetemp", str(scratch / "pytest")]
    # That of faulthandler needs a stderr, which a daemon may not have.
    for plugin in ("no:terminal", "no:cacheprovider", "no:faulthandler", "xdist.plugin"):
        arguments += ["-p", plugin]
    arguments += ["-p", "sharedctypes_conformance.plugin"]
    if workers is None:
        workers = min(len(os.sched_getaffinity(0)), MOST_WORKERS)
    workers = min(workers, selection.tests)
    if workers > 1:
        arguments += ["-n", str(workers)]
    return arguments


def _packages(selection: Selection) -> list[str]:
    """Return the packages of the checks that are wanted: to import all takes a second."""
    clauses = load_registry().clauses.values()
    wanted = [one for one in clauses if any(selection.still_wants(one, c) for c in selection.cells)]
    areas = dict.fromkeys(folder_of(clause.area) for clause in wanted)
    return [f"{_ALL}.{area}" for area in areas] or [_ALL]
