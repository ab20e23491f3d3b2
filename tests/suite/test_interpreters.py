"""All interpreters of a machine: which they are, and those in which a backend is not installed."""

import sys
from pathlib import Path

import findpython
import pytest

from sharedctypes_conformance.interpreters import all_interpreters, one_of_each
from sharedctypes_conformance.selection import selecting
from sharedctypes_conformance.stage.probing import BadSelection


def test_one_of_each_version_is_chosen(tmp_path: Path) -> None:
    not_python = tmp_path / "python3.99"
    not_python.write_text("#!/bin/sh\nexit 1\n")
    not_python.chmod(0o755)
    link = tmp_path / "python3"
    link.symlink_to(sys.executable)
    paths = (not_python, Path(sys.executable), link)
    assert one_of_each(map(findpython.PythonVersion, paths)) == (sys.executable,)


def test_this_interpreter_is_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findpython, "find_all", list)
    assert all_interpreters() == (sys.executable,)


def test_interpreters_without_the_backend_are_skipped_and_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = str(tmp_path / "python")
    monkeypatch.setattr(selecting, "all_interpreters", lambda: (missing, sys.executable))
    made = selecting.select(["multiprocessing.sharedctypes"], pythons=["all"])
    assert [one.python for one in made.probed] == [sys.executable]
    (sentence,) = made.skipped
    assert missing in sentence
    monkeypatch.setattr(selecting, "all_interpreters", lambda: (missing,))
    with pytest.raises(BadSelection, match="no interpreter can judge anything"):
        selecting.select(["multiprocessing.sharedctypes"], pythons=["all"])
    # One that was asked for by its name is not skipped.
    with pytest.raises(BadSelection, match="no interpreter"):
        selecting.select(["multiprocessing.sharedctypes"], pythons=[missing, sys.executable])


def test_a_relative_path_is_one_of_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "python").symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    made = selecting.select(["multiprocessing.sharedctypes"], pythons=["./python"])
    assert [one.python for one in made.probed] == [str(tmp_path / "python")]
