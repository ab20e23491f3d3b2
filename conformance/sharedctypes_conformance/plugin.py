"""The pytest plugin: the checks as tests, one for each cell.

    pytest --pyargs sharedctypes_conformance.checks --backend MODULE

It is loaded in every pytest run of the environment, so it does nothing, and imports nothing of the
suite, until a check is collected. Each check is one test per backend, interpreter and start method;
the tests of one such cell come together, because they share a stage. Results travel as user
properties, which pytest-xdist brings to the controller.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .checks.kit.check import Check
    from .selection import Cell, Selection
    from .stage.stage import Stage

SUITE = "sharedctypes_conformance.checks"
PROPERTY = "sharedctypes_conformance"
_SELECTION = pytest.StashKey["Selection"]()
_STAGE = pytest.StashKey["tuple[Cell, Stage]"]()
_WORKERINPUT = "sharedctypes_conformance_selection"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options of the suite."""
    group = parser.getgroup("sharedctypes-conformance")
    add = group.addoption
    add("--backend", action="append", default=[], metavar="MODULE", help="backend to judge")
    add("--start-method", action="append", default=[], metavar="M", help="fork, spawn, forkserver")
    add("--target-python", action="append", default=[], metavar="EXE", help="interpreter to judge")
    add("--area", action="append", default=[], metavar="A", help="judge an area of the contract")
    add("--clause", action="append", default=[], metavar="ID", help="judge a clause")
    add("--judging-profile", default="default", choices=("quick", "default", "thorough"))
    add("--judging-seed", default=0, type=int, metavar="N", help="seed of the examples")
    add("--ledger", action="append", default=[], metavar="FILE", help="known deviations")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    for name, what in (
        ("clause(id)", "the clause of the contract that a check judges"),
        ("area(name)", "the area of that clause"),
        ("grade(name)", "MUST, SHOULD or INFO"),
    ):
        config.addinivalue_line("markers", f"{name}: {what}")


def _judges(config: pytest.Config) -> bool:
    """Return whether this pytest run is one of the suite."""
    return bool(config.option.backend) or any(SUITE in arg for arg in config.args)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse bad usage before anything is collected or started."""
    if _judges(session.config):
        _selection(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give a worker of pytest-xdist the selection, so that it need not look anything up."""
    if _judges(node.config):
        node.workerinput[_WORKERINPUT] = _selection(node.config).as_data()


def give_selection(config: pytest.Config, selection: Selection) -> None:
    """Let a pytest run judge a selection that was made beforehand."""
    config.stash[_SELECTION] = selection


def _selection(config: pytest.Config) -> Selection:
    if _SELECTION not in config.stash:
        import sys

        from .contract import ContractError, load_registry
        from .selection import Selection, select
        from .stage.probing import BadSelection
        from .verdicts.ledger import LedgerError

        given = getattr(config, "workerinput", {}).get(_WORKERINPUT)
        option = config.option
        try:
            for area in option.area:
                load_registry().area(area)
            for clause in option.clause:
                load_registry().clause(clause)
            config.stash[_SELECTION] = (
                Selection.from_data(given)
                if given
                else select(
                    option.backend,
                    option.start_method,
                    option.target_python or [sys.executable],
                    option.judging_profile,
                    option.judging_seed,
                    option.ledger,
                )
            )
        except (BadSelection, ContractError, LedgerError) as problem:
            raise pytest.UsageError(str(problem)) from None
    return config.stash[_SELECTION]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a check one test per cell."""
    if metafunc.definition.get_closest_marker("clause") and "judge" in metafunc.fixturenames:
        cells = _selection(metafunc.config).cells
        metafunc.parametrize("judge", cells, indirect=True, ids=[cell.id for cell in cells])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what was asked for, and bring the tests of each cell together."""
    cells = {item: cell for item in items if (cell := _cell(item)) is not None}
    if not cells:
        return
    option = config.option
    wanted = [item for item in cells if _is_wanted(item, option.area, option.clause)]
    dropped = [item for item in cells if item not in wanted]
    order = {cell.id: place for place, cell in enumerate(_selection(config).cells)}
    wanted.sort(key=lambda item: order[cells[item].id])
    items[:] = [item for item in items if item not in cells] + wanted
    if dropped:
        config.hook.pytest_deselected(items=dropped)


def _cell(item: pytest.Item) -> Cell | None:
    callspec = getattr(item, "callspec", None)
    if callspec is None or item.get_closest_marker("clause") is None:
        return None
    cell: Cell | None = callspec.params.get("judge")
    return cell


def _is_wanted(item: pytest.Item, areas: list[str], clauses: list[str]) -> bool:
    if not areas and not clauses:
        return True
    return _mark(item, "area") in areas or _mark(item, "clause") in clauses


def _mark(item: pytest.Item, name: str) -> str:
    mark = item.get_closest_marker(name)
    return str(*mark.kwargs.values()) if mark else ""


@pytest.fixture
def judge(request: pytest.FixtureRequest) -> Iterator[Callable[..., None]]:
    """Return what runs a check on the stage of this test's cell and reports its verdict."""
    from .contract import load_registry

    cell: Cell = request.param
    item = request.node
    clause = load_registry().clause(_mark(item, "clause"))

    def run(checked: Check) -> None:
        if not clause.applies_to(cell.probed.interpreter["python"]):
            pytest.skip(f"{clause.id} does not apply to {cell.subject.interpreter.title}")
        _judge_check(item, cell, _stage(request.config, cell), checked)

    yield run
    # What a body held lives on in its traceback; the next check is to meet none of it.
    request.config.stash[_STAGE][1].history.clear()


def _stage(config: pytest.Config, cell: Cell) -> Stage:
    from .stage.stage import Stage

    if _STAGE in config.stash:
        current, stage = config.stash[_STAGE]
        if current == cell:
            return stage
        stage.close()
    stage = Stage(cell.target)
    config.stash[_STAGE] = (cell, stage)
    return stage


def _judge_check(
    item: pytest.Item,
    cell: Cell,
    stage: Stage,
    checked: Check,
) -> None:
    from .judging.judge import Judgement, judge
    from .verdicts.model import Evidence, Result, Standing, Verdict

    selection = _selection(item.config)
    began = time.perf_counter()
    problem = None
    try:
        judgement = judge(stage, checked, selection.profile, selection.seed)
    except Exception as raised:
        problem = raised
        where = Evidence(output=traceback.format_exc())
        judgement = Judgement(Verdict.ERROR, f"{type(raised).__name__}: {raised}", where)
    subject = cell.subject
    standing, reason = selection.ledger_of(cell.probed).judge(
        judgement.verdict,
        _mark(item, "clause"),
        subject.interpreter,
        subject.backend,
        cell.start_method,
    )
    result = Result(
        clause=_mark(item, "clause"),
        grade=_mark(item, "grade"),
        backend=cell.probed.module,
        interpreter=cell.probed.python,
        start_method=cell.start_method,
        verdict=judgement.verdict,
        standing=standing,
        message=judgement.message,
        reason=reason,
        evidence=judgement.evidence,
        observed=judgement.observed,
        covered=judgement.covered,
        means=judgement.means.by,
        instead_of=judgement.means.instead_of,
        profile=selection.profile,
        seed=selection.seed,
        examples=judgement.examples,
        seconds=round(time.perf_counter() - began, 4),
    )
    item.user_properties.append((PROPERTY, result.model_dump(mode="json")))
    if problem is not None:
        stage.reset()
        raise problem
    if standing is Standing.KNOWN:
        pytest.xfail(f"known deviation: {reason}")
    if standing is Standing.GONE:
        pytest.fail(f"{result.clause} is kept, but {reason}", pytrace=False)
    if judgement.verdict in (Verdict.UNSUPPORTED, Verdict.INCONCLUSIVE):
        pytest.skip(f"{judgement.verdict}: {judgement.message}")
    if judgement.verdict not in (Verdict.PASS, Verdict.OBSERVED):
        from .reports.words import explain_result

        pytest.fail(explain_result(result), pytrace=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    """See off the last stage, however the run ended."""
    if _STAGE in config.stash:
        with suppress(OSError):
            config.stash[_STAGE][1].close()
