"""What is released: an sdist with all that the tests need, and a wheel that works by itself."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import sharedctypes_conformance

ROOT = Path(__file__).parents[2]
FOLDERS = ("conformance", "docs", "impl", "reports", "tests")
LEFT_BY_TOOLS = ("__pycache__", ".hypothesis", "page.html")


def call(*command: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=more.pop("cwd", ROOT),
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    call("-m", "build", "--no-isolation", "--outdir", str(folder))
    return folder


def test_both_have_the_version_of_the_package(built: Path) -> None:
    name = f"sharedctypes_conformance-{sharedctypes_conformance.__version__}"
    assert {file.name for file in built.iterdir()} == {
        f"{name}.tar.gz",
        f"{name}-py3-none-any.whl",
    }
    call("-m", "twine", "check", "--strict", *map(str, built.iterdir()))


def test_the_sdist_has_all_that_the_tests_need(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    here = {
        str(path.relative_to(ROOT))
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not any(word in path.parts for word in LEFT_BY_TOOLS)
    }
    assert here - packed == set()
    assert packed >= {"bootstrap.py", "tox.ini", "toxfile.py", "SECURITY.md", "CHANGELOG.md"}
    assert not any("_cache/" in name for name in packed)


def test_the_wheel_judges_without_the_checkout(built: Path, tmp_path: Path) -> None:
    wheel = str(next(built.glob("*.whl")))
    call("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path / "site"), wheel)
    where = {"cwd": str(tmp_path), "PYTHONPATH": str(tmp_path / "site")}
    file = call("-c", "import sharedctypes_conformance as it; print(it.__file__)", **where)
    assert file.startswith(str(tmp_path))
    judge = ("-m", "sharedctypes_conformance", "run", "--area", "module", "-n", "0")
    said = call(*judge, "--backend", "sharedctypes_reference", **where)
    assert "not as expected" not in said
    assert (tmp_path / "conformance-report" / "report.json").exists()
