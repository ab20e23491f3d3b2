"""The pytest plugin of a run that judges: each check is one test per cell.

    pytest --pyargs sharedctypes_conformance.checks --backend MODULE

`guest` registers it if the command line names checks. It makes the selection from the options,
unless it is given one; parametrizes each check with the cells (backend, interpreter and start
method); groups the tests by cell, because those of one cell share a stage; and turns each result
into the outcome of its test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from . import guest
from .checks.kit.check import Check
from .contract import ContractError, load_registry
from .judging.recorder import RESULT, SELECTION
from .judging.session import Session
from .reports.words import explain_failure, in_short
from .selection import PROFILES, Cell, Selection, select
from .stage.probing import BadSelection
from .verdicts.ledger import LedgerError
from .verdicts.model import Result, Standing, Verdict

_SESSION = pytest.StashKey[Session]()
_WORKERINPUT = "sharedctypes_conformance_selection"


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the options of `sharedctypes-conformance run` that concern what is judged."""
    # With -p this may be loaded without `guest`, which translates outdated names of the checks.
    if not pluginmanager.is_registered(guest):
        pluginmanager.register(guest, "sharedctypes-conformance")
    group = parser.getgroup("sharedctypes-conformance")

    def add(name: str, **how: Any) -> None:
        # A prefix: another plugin may have an option whose attribute has the plain name.
        group.addoption(f"--{name}", dest=_attribute(name), **how)

    for name, metavar, what in (
        ("backend", "MODULE", "backend to judge"),
        ("start-method", "M", "fork, spawn or forkserver; default: all that are available"),
        ("python", "EXE", "interpreter to judge; default: this one"),
        ("area", "A", "judge only this area"),
        ("clause", "ID", "judge only this clause"),
        (
            "ledger",
            "FILE",
            "file of known deviations, in addition to those that come with the suite",
        ),
    ):
        add(name, action="append", default=[], metavar=metavar, help=what)
    add("profile", default="default", choices=tuple(PROFILES), help="number of examples per check")
    add("seed", default=0, type=int, metavar="N", help="seed of the examples")


def _attribute(name: str) -> str:
    return f"sharedctypes_conformance_{name}"


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    for name, what in (
        ("clause(id)", "the clause of the contract that a check judges"),
        ("area(name)", "the area of that clause"),
        ("grade(name)", "MUST, SHOULD or INFO"),
    ):
        config.addinivalue_line("markers", f"{name}: {what}")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse bad usage before anything is collected or started."""
    if _judges(session.config):
        _selection(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Pass the selection to a worker of pytest-xdist, so that it need not probe backends again."""
    if _judges(node.config):
        node.workerinput[_WORKERINPUT] = _selection(node.config).as_data()


def _judges(config: pytest.Config) -> bool:
    """Return whether this run judges; with -p the plugin may be loaded into one that does not."""
    asked = guest.asks_for_checks(config.args, config.invocation_params.dir)
    return asked or bool(_option(config, "backend"))


def _option(config: pytest.Config, name: str) -> Any:
    return config.getoption(_attribute(name))


def _selection(config: pytest.Config) -> Selection:
    if SELECTION not in config.stash:
        given = getattr(config, "workerinput", {}).get(_WORKERINPUT)
        config.stash[SELECTION] = Selection.from_data(given) if given else _select(config)
    return config.stash[SELECTION]


def _select(config: pytest.Config) -> Selection:
    try:
        return select(
            _option(config, "backend"),
            start_methods=_option(config, "start-method"),
            pythons=_option(config, "python"),
            areas=_option(config, "area"),
            clauses=_option(config, "clause"),
            profile=_option(config, "profile"),
            seed=_option(config, "seed"),
            ledgers=_option(config, "ledger"),
        )
    except (BadSelection, ContractError, LedgerError) as problem:
        raise pytest.UsageError(str(problem)) from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize a check with the cells."""
    if metafunc.definition.get_closest_marker("area") and "run_check" in metafunc.fixturenames:
        cells = _selection(metafunc.config).cells
        metafunc.parametrize("run_check", cells, indirect=True, ids=[cell.id for cell in cells])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect checks that were not asked for, and group the others by cell."""
    cells = {item: cell for item in items if (cell := _cell(item)) is not None}
    if not cells:
        return
    selection = _selection(config)
    wanted = [
        item
        for item, cell in cells.items()
        if selection.still_wants(load_registry().clause(_clause(item)), cell)
    ]
    dropped = [item for item in cells if item not in wanted]
    order = {cell.id: place for place, cell in enumerate(selection.cells)}
    wanted.sort(key=lambda item: order[cells[item].id])
    items[:] = [item for item in items if item not in cells] + wanted
    if dropped:
        config.hook.pytest_deselected(items=dropped)


def _cell(item: pytest.Item) -> Cell | None:
    callspec = getattr(item, "callspec", None)
    if callspec is None or item.get_closest_marker("clause") is None:
        return None
    cell: Cell | None = callspec.params.get("run_check")
    return cell


def _clause(item: pytest.Item) -> str:
    mark = item.get_closest_marker("clause")
    return mark.kwargs["id"] if mark else ""


@pytest.fixture
def run_check(request: pytest.FixtureRequest) -> Callable[[Check], None]:
    """Return a function that judges a check in this test's cell and sets the test's outcome."""

    def run(check: Check) -> None:
        result = _session(request.config).judge(request.param, check)
        if result is None:
            title = request.param.subject.interpreter.title
            pytest.skip(f"{check.clause} does not apply to {title}")
        # As text: evidence may have numbers that are too large for what workers send.
        request.node.user_properties.append((RESULT, result.model_dump_json()))
        _report(result)

    return run


def _session(config: pytest.Config) -> Session:
    if _SESSION not in config.stash:
        config.stash[_SESSION] = Session(_selection(config))
    return config.stash[_SESSION]


def _report(result: Result) -> None:
    """Skip, xfail or fail a test according to its result; return if it passed."""
    if result.standing is Standing.KNOWN:
        pytest.xfail(in_short(result))
    if result.standing is Standing.GONE:
        pytest.fail(in_short(result), pytrace=False)
    if result.verdict in (Verdict.UNSUPPORTED, Verdict.INCONCLUSIVE):
        pytest.skip(in_short(result))
    if result.verdict not in (Verdict.PASS, Verdict.OBSERVED):
        pytest.fail(explain_failure(result), pytrace=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the last stage, however the run ended."""
    if _SESSION in config.stash:
        config.stash[_SESSION].close()
