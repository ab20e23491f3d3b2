"""Running tests in processes of their own, which take what is under test from the environment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

BOUND = 150  # seconds; generous, since reaching it twice is a failure
REFERENCE = "sharedctypes_reference"
STANDARD = "multiprocessing.sharedctypes"


class Unending(Exception):
    """The tests did not end; the text is what they said until then."""


def run(backend: str, *arguments: str, folder: Path, **environment: str) -> tuple[int, str]:
    """Run this Python with arguments in a folder; return its exit status and what it said.

    What does not end is run once more: the standard library is under test here, whose races are
    not ours, and which hung once in some hundred runs.
    """
    try:
        return _run_once(backend, arguments, folder, environment)
    except Unending:
        try:
            return _run_once(backend, arguments, folder, environment)
        except Unending as twice:
            pytest.fail(f"the tests do not end:\n{twice}")


def _run_once(
    backend: str, arguments: tuple[str, ...], folder: Path, environment: dict[str, str]
) -> tuple[int, str]:
    # What pytest and its workers tell their children is not meant for another pytest.
    inherited = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        start_new_session=True,
        env={
            **inherited,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "SHAREDCTYPES_UNDER_TEST": backend,
            **environment,
        },
    )
    try:
        said, _ = process.communicate(timeout=BOUND)
    except subprocess.TimeoutExpired:
        _end(process)
        raise Unending(process.communicate()[0]) from None
    finally:
        _end(process)
    return process.returncode, said


def _end(process: subprocess.Popen[str]) -> None:
    # It leads a group of its own: its children go with it.
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
