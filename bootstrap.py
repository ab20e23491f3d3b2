#!/usr/bin/env python3
"""Create a virtual environment with this project in it, and run a command of the project there.

    python3 bootstrap.py run [OPTIONS]    sharedctypes-conformance run OPTIONS
    python3 bootstrap.py test [OPTIONS]   the project's linters and tests; OPTIONS go to pytest
    python3 bootstrap.py tool [ARGS]      any other command of sharedctypes-conformance

Needs nothing but the standard library. The environment is in `.bootstrap` and is recreated when
`pyproject.toml` changes; delete the folder to start afresh.
"""

import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.join(HERE, ".bootstrap")
OLDEST = (3, 11)


def main(argv):
    """Run the command that `argv` names; return its exit status."""
    commands = {"run": judge, "test": test, "tool": tool}
    if not argv or argv[0] not in commands:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    if sys.version_info < OLDEST:
        return refuse(
            "this is Python %d.%d, and 3.11 or later is needed; %s"
            % (*sys.version_info[:2], newer())
        )
    return commands[argv[0]](argv[1:])


def judge(options):
    """Judge backends."""
    python = environment(".[backends]")
    return python if isinstance(python, int) else call(python, "-m", TOOL, "run", *options)


def tool(arguments):
    """Run any command of the tool."""
    python = environment(".[backends]")
    return python if isinstance(python, int) else call(python, "-m", TOOL, *arguments)


def test(options):
    """Run the linters, the type checker and the tests."""
    python = environment(".[backends]", "dev")
    if isinstance(python, int):
        return python
    lint_imports = [os.path.join(os.path.dirname(python), "lint-imports"), "--no-cache"]
    ruff = [python, "-m", "ruff"]
    for step in (
        [*ruff, "check"],
        [*ruff, "format", "--check"],
        lint_imports,
        [python, "-m", "mypy"],
    ):
        status = call(*step, folder=HERE)
        if status:
            return status
    # The tests spend half of their time waiting for processes, so a core can run two at once.
    workers = str(min(2 * (os.cpu_count() or 1), 8))
    # Some take a hundred times as long as most: who is done takes tests from who is not.
    spread = ["-n", workers, "--dist", "worksteal"]
    return call(python, "-m", "pytest", *spread, *options, folder=HERE)


TOOL = "sharedctypes_conformance"


def environment(what, group=None):
    """Return the Python of an environment with this project in it, or an exit status."""
    folder = os.path.join(HOME, group or "run")
    python = os.path.join(folder, "bin", "python")
    stamp = os.path.join(folder, "installed")
    wanted = fingerprint(what)
    if os.path.exists(stamp) and open(stamp).read() == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(HOME, exist_ok=True)
    print("setting up %s" % folder, flush=True)
    pip = make(folder, python)
    if pip is None:
        if not os.listdir(HOME):
            os.rmdir(HOME)
        return refuse(
            "this Python has neither ensurepip nor pip; install one of them first, "
            "on Debian and Ubuntu with: apt-get install python3-venv"
        )
    steps = [[*pip, "install", "--quiet", "--upgrade", "pip"]]
    project = [python, "-m", "pip", "install", "--quiet", "--editable", what]
    steps.append(project + (["--group", group] if group else []))
    for step in steps:
        if call(*step, folder=HERE):
            shutil.rmtree(folder, ignore_errors=True)
            return refuse("the installation failed; the lines above say why")
    with open(stamp, "w") as file:
        file.write(wanted)
    return python


def make(folder, python):
    """Make a virtual environment; return the command of a pip that installs into it, or None."""
    base = [sys.executable, "-m", "venv"]
    if subprocess.run([*base, folder], capture_output=True).returncode == 0:
        return [python, "-m", "pip"]
    shutil.rmtree(folder, ignore_errors=True)
    system_pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*system_pip, "--version"], capture_output=True).returncode != 0:
        return None
    # Debian's pip installs into another environment where its Python has no ensurepip.
    if call(*base, "--without-pip", folder) != 0:
        return None
    return [*system_pip, "--python", python]


def fingerprint(what):
    """Return a text that changes when an environment must be recreated."""
    with open(os.path.join(HERE, "pyproject.toml"), "rb") as file:
        return " ".join([hashlib.sha256(file.read()).hexdigest(), what, HERE, sys.version])


def newer():
    """Return a phrase that names the newer Pythons on the PATH."""
    found = [n for n in ("python3.%d" % minor for minor in range(11, 20)) if shutil.which(n)]
    return "found " + ", ".join(found) if found else "install one first"


def call(*command, folder=None):
    """Run a command, in the caller's folder or another one; return its exit status."""
    try:
        return subprocess.call(command, cwd=folder)
    except KeyboardInterrupt:
        return 130


def refuse(sentence):
    """Print why nothing was done; return the exit status for that."""
    print("bootstrap.py: " + sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
