"""Environments in which backends can be judged: one for each interpreter."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import findpython

from ..backends import OLDEST_FOR_REFERENCE, REFERENCE, STANDARD_LIBRARY

# Packages of the record, beside what every interpreter has.
INSTALLED = ("multiprocess.sharedctypes", "billiard.sharedctypes")


class NoEnvironment(Exception):
    """No environment can be made; the text says for which interpreter, and why."""


@dataclass(frozen=True)
class Environment:
    """An interpreter with backends: its name, as `cpython-3.11`, and what cannot be installed."""

    name: str
    python: Path
    base: Path
    backends: tuple[str, ...]
    lacking: tuple[str, ...]


def make_environment(interpreter: str, folder: Path) -> Environment:
    """Return the environment of an interpreter, made in a folder unless it is there.

    An interpreter need not have pip: where it lacks `ensurepip`, as Debian's does, the pip of this
    interpreter installs. Raises NoEnvironment if the interpreter has no `venv`.
    """
    version = findpython.PythonVersion(Path(interpreter))
    threads = "t" if version.freethreaded else ""
    name = f"{version.implementation.lower()}-{version.major}.{version.minor}{threads}"
    python = folder / name / "bin" / "python"
    if not python.exists():
        command = (interpreter, "-m", "venv", "--clear", str(folder / name))
        made = _call(*command)
        if made.returncode:
            made = _call(*command, "--without-pip")
        if made.returncode:
            raise NoEnvironment(f"{interpreter} makes no environment: {_last_line(made)}")
    backends, lacking = [STANDARD_LIBRARY], []
    if (version.major, version.minor) >= OLDEST_FOR_REFERENCE:
        backends.insert(0, REFERENCE)
    pip = [str(python), "-m", "pip"]
    if _call(*pip, "--version").returncode:
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
    for backend in INSTALLED:
        package = backend.partition(".")[0]
        done = _call(*pip, "install", "--quiet", package)
        if done.returncode:
            lacking.append(f"{package}: {_last_line(done)}")
        else:
            backends.append(backend)
    base = _call(str(python), "-c", "import sys; print(sys.base_prefix)").stdout.strip()
    return Environment(name, python, Path(base), tuple(backends), tuple(lacking))


def _call(*command: str) -> subprocess.CompletedProcess[str]:
    # Interpreters that the user has named or installed.
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stderr or done.stdout).strip().rpartition("\n")[2] or f"status {done.returncode}"
