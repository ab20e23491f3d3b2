"""The record: environments for interpreters, reports without this machine's names, the table."""

import gzip
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from sharedctypes_conformance.contract import PLACES
from sharedctypes_conformance.record import environments
from sharedctypes_conformance.record.anonymous import anonymous
from sharedctypes_conformance.record.environments import (
    Environment,
    NoEnvironment,
    make_environment,
)
from sharedctypes_conformance.record.page import BEGIN, END, SUFFIX, read_record, with_table
from sharedctypes_conformance.verdicts.model import Verdict

from .pages import report, result
from .subjects import METHODS, subject

CLAUSE = "array.sized-array-is-zeroed"
NAME = f"{sys.implementation.name}-{sys.version_info.major}.{sys.version_info.minor}"
NAME += "t" * ("free-threading" in sys.version)


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the two backends of the record can be installed."""
    with ZipFile(tmp_path / "abacus-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("abacus/__init__.py", "")
        wheel.writestr(
            "abacus-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: abacus\nVersion: 1\n"
        )
        wheel.writestr(
            "abacus-1.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr("abacus-1.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setattr(environments, "INSTALLED", ("abacus.shared", "quipu.shared"))


def interpreter(folder: Path, refused: str) -> str:
    """Write an interpreter that refuses to run with some argument, as a shell pattern."""
    path = folder / "python"
    path.write_text(
        f'#!/bin/sh\ncase " $* " in {refused}) echo "No module of that name" >&2; exit 1;; esac\n'
        f'exec "{sys.executable}" "$@"\n'
    )
    path.chmod(0o755)
    return str(path)


@pytest.mark.usefixtures("wheels")
@pytest.mark.parametrize("refused", ["*nothing*", "*' venv '*"], ids=["pip", "no pip of its own"])
def test_an_interpreter_gets_an_environment_with_what_can_be_installed(
    refused: str, tmp_path: Path
) -> None:
    if "venv" in refused:
        refused = "*' --without-pip '*) ;; " + refused
    made = make_environment(interpreter(tmp_path, refused), tmp_path / "made")
    assert made.name == NAME
    assert made.python.parent.parent == tmp_path / "made" / NAME
    assert [name for name in made.backends if name.startswith(("abacus", "quipu"))] == [
        "abacus.shared"
    ]
    (lacking,) = made.lacking
    assert lacking.startswith("quipu: ")
    subprocess.run([made.python, "-c", "import abacus"], check=True)
    assert made.base == Path(sys.base_prefix)


def test_an_interpreter_without_venv_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoEnvironment, match="makes no environment: No module of that name"):
        make_environment(interpreter(tmp_path, "*' venv '*"), tmp_path / "made")


def test_a_report_of_the_record_names_nothing_of_this_machine(tmp_path: Path) -> None:
    python = tmp_path / "cpython-3.11" / "bin" / "python"
    base = Path("/opt/of the user/3.11")
    made = Environment("cpython-3.11", python, base, (), ())
    places = [python, python.parent.parent / "lib" / "x.py", base / "lib" / "y.py"]
    places += [PLACES.package / "a.py", PLACES.root / "b.py", Path.home() / "c"]
    seen = result(CLAUSE, message=" ".join(map(str, places)), interpreter=str(python))
    (told,) = anonymous(report(seen), made).results
    assert told.interpreter == "python3.11"
    assert told.message == (
        "python3.11 cpython-3.11/lib/x.py python3.11/lib/y.py "
        "sharedctypes_conformance/a.py checkout/b.py ~/c"
    )


def test_the_table_has_a_column_for_each_interpreter(tmp_path: Path) -> None:
    backends = {"billiard.sharedctypes": Verdict.FAIL, "multiprocess.sharedctypes": Verdict.PASS}
    for version in ("3.10.1", "3.9.1"):
        results = (
            result(CLAUSE, verdict, backend=backend, method=method)
            for backend, verdict in backends.items()
            for method in METHODS
        )
        packed = gzip.compress(report(*results, subjects=(subject(version=version),)).text.encode())
        (tmp_path / f"{version}{SUFFIX}").write_bytes(packed)
    text = with_table(f"before\n{BEGIN}an old table\n{END}after\n", read_record(tmp_path))
    assert text == (
        "before\n"
        f"{BEGIN}"
        "| backend | 3.9 | 3.10 |\n"
        "| --- | ---: | ---: |\n"
        "| `sharedctypes_reference` | - | - |\n"
        "| `multiprocessing.sharedctypes` | - | - |\n"
        "| `multiprocess.sharedctypes` | 1/1 | 1/1 |\n"
        "| `billiard.sharedctypes` | 0/1 | 0/1 |\n"
        f"{END}"
        "after\n"
    )
