"""Foreign backends lack what their ledgers declare, and what they hand on is named."""

import sys
from pathlib import Path

import pytest

from sharedctypes_conformance.backends import SHIPPED, import_paths_of, module_of
from sharedctypes_conformance.contract import CAPABILITIES
from sharedctypes_conformance.selection import subject_of
from sharedctypes_conformance.stage.findings import StageFault
from sharedctypes_conformance.stage.probing import Probed, probe
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.ledger import shipped_ledger
from sharedctypes_conformance.verdicts.model import Origin

from .judging import probe_liar

STANDARD = "multiprocessing.sharedctypes"
NAMES = [name for name in CAPABILITIES if name != "start-method"]


@pytest.fixture
def torch(tmp_path: Path) -> Probed:
    """What torch.multiprocessing has of the names under test, without the rest of PyTorch."""
    package = tmp_path / "torch"
    (package / "multiprocessing").mkdir(parents=True)
    (package / "__init__.py").write_text("__version__ = '2.0'\n")
    (package / "multiprocessing/__init__.py").write_text(
        "import multiprocessing\nfrom multiprocessing import *\n__all__ = multiprocessing.__all__\n"
    )
    return probe(sys.executable, "torch.multiprocessing", {"torch": package})


def declared(probed: Probed, method: str) -> set[str]:
    subject = subject_of(probed)
    ledger = shipped_ledger(probed.module)
    where = (subject.interpreter, subject.backend, method)
    return {name for name in NAMES if ledger.declared(name, *where)}


def lacking(probed: Probed, method: str) -> set[str]:
    tried = probed.tried([method], NAMES).capabilities[method]
    return {name for name, (is_lacking, _) in tried.items() if is_lacking}


@pytest.mark.parametrize(("name", "method"), [("syncmanager", "fork"), ("dummy", "thread")])
def test_ledgers_declare_what_is_lacking(name: str, method: str) -> None:
    module = module_of(name)
    probed = probe(sys.executable, module, import_paths_of(module))
    assert lacking(probed, method) == declared(probed, method)


def test_the_ledger_of_torch_declares_what_is_lacking(torch: Probed) -> None:
    assert lacking(torch, "fork") == declared(torch, "fork")


def test_names_of_shipped_backends_are_distinct() -> None:
    called = [one.called for one in SHIPPED]
    assert len(called) == len({*called})
    assert [module_of(one.called) for one in SHIPPED] == [one.module for one in SHIPPED]


def origins(probed: Probed, method: str) -> dict[str, tuple[str, str]]:
    return probed.tried([method], ()).origins[method]


def test_what_is_handed_on_is_named(torch: Probed) -> None:
    found = origins(torch, "spawn")
    assert found["Value"] == ("multiprocessing.context",) * 2
    assert found["what Value returns"] == (STANDARD,) * 2
    assert all(is_handed_on(torch, *one) for one in found.values())


def test_what_is_the_backends_own_is_not_handed_on() -> None:
    found = origins(probe(sys.executable, STANDARD, {}), "fork")
    assert found["RawArray"] == (STANDARD,) * 2
    assert not any(
        is_handed_on(probe(sys.executable, STANDARD, {}), *one) for one in found.values()
    )


def test_a_function_that_calls_the_standard_library_does_not_hide_it() -> None:
    plain = probe_liar("honest.plain")
    found = origins(plain, "spawn")
    assert found["RawValue"] == (f"liars.honest.plain, by means of {STANDARD}",) * 2
    assert found["what Value returns"] == ("liars.honest.plain",) * 2
    assert is_handed_on(plain, *found["RawValue"])
    assert not is_handed_on(plain, *found["what Value returns"])


def is_handed_on(probed: Probed, parent: str, child: str) -> bool:
    return Origin(
        what="it",
        backend=probed.module,
        interpreter=probed.python,
        start_method="fork",
        parent=parent,
        child=child,
    ).is_handed_on


def test_a_child_with_another_module_is_not_judged(tmp_path: Path) -> None:
    package = tmp_path / "changing"
    package.mkdir()
    (package / "__init__.py").write_text(
        f"import os\nfrom {STANDARD} import *\n__file__ = f'/somewhere/{{os.getpid()}}.py'\n"
    )
    stage = Stage(probe(sys.executable, "changing", {"changing": package}).target("spawn"))
    try:
        with pytest.raises(StageFault, match="child 1 has changing of /somewhere"):
            stage.start()
    finally:
        stage.reset()
