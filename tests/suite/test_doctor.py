"""The doctor: what a machine allows to be judged."""

import resource
from pathlib import Path

import pytest

from sharedctypes_conformance import doctor
from sharedctypes_conformance.actors.system import resources
from sharedctypes_conformance.stage import machine
from sharedctypes_conformance.stage.findings import MachineFault

from .running import tool


def rules_out() -> dict[str, str]:
    """Return what is ruled out by what, of all conditions."""
    return {one.what: one.rules_out for one in doctor.conditions() if one.rules_out}


def test_the_doctor_shows_each_condition(tmp_path: Path) -> None:
    done = tool("doctor", cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    for one in doctor.conditions():
        assert one.what in done.stdout


def test_what_a_user_may_not_do_rules_clauses_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "exhausted_resources.py").write_text("enter_namespace = lambda libc: False")
    (tmp_path / "refused_processes.py").write_text("is_limited = lambda: False")
    monkeypatch.setattr(doctor, "PROGRAMS", tmp_path)
    monkeypatch.setattr(resources, "memory", lambda known: None)
    monkeypatch.setattr(doctor, "FEW_FILES", 1 << 40)
    found = rules_out()
    assert "fault.full-filesystem" in found["mounting a file system in a namespace"]
    assert "fault.process-limit" in found["limit on processes"]
    assert "leaks" in found["what processes use"]
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft == resource.RLIM_INFINITY or "ulimit -n" in found["open files"]


def test_what_is_lacking_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NEEDED", 1 << 60)
    found = [one for one in doctor.conditions() if one.stops]
    assert {one.what for one in found} >= {"temporary folder", "shared memory"}
    with pytest.raises(MachineFault, match="MiB free"):
        machine.require()
