"""Where the target interpreters keep bytecode, if the user wants none next to the modules."""

from pathlib import Path

import pytest

from sharedctypes_conformance.stage.scratch import BYTECODE
from sharedctypes_conformance.stage.stage import Stage

from .judging import stage_for


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(BYTECODE, str(tmp_path))
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    return tmp_path


def compiled(folder: Path) -> set[str]:
    return {path.name.partition(".")[0] for path in folder.rglob("*.pyc")}


def setting_of(stage: Stage, name: str) -> object:
    return stage.creator.call("os.environ.get", name)


def test_it_is_kept_in_a_folder_of_the_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    stage = stage_for("honest.plain", "spawn")
    child = stage.start()
    assert child.call("os.environ.get", "PYTHONDONTWRITEBYTECODE") is None
    assert setting_of(stage, BYTECODE) is None
    stage.close()
    assert {"serve", "processes", "plain"} <= compiled(folder)


def test_it_is_kept_where_the_user_says(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "elsewhere"))
    stage = stage_for("honest.plain", "fork")
    assert setting_of(stage, "PYTHONDONTWRITEBYTECODE") == "1"
    assert setting_of(stage, "PYTHONPYCACHEPREFIX") == str(tmp_path / "elsewhere")
    stage.close()


def test_the_environment_is_left_alone_if_bytecode_is_written_anyway(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    stage = stage_for("honest.plain", "fork")
    assert setting_of(stage, "PYTHONPYCACHEPREFIX") is None
    stage.close()
