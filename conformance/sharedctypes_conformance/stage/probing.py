"""Probing a backend in an interpreter before any check runs.

What cannot be judged is bad usage: the error is one sentence that names the alternatives, before
any check has run and anything has been written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..actors.runtime import probe as remote_probe
from .capabilities import look, origins
from .findings import ActorDied, ActorHung, Finding, OperationRaised, StageFault, short_name
from .stage import Stage
from .target import Target


class BadSelection(Exception):
    """What was asked for cannot be judged; the text is the sentence to show."""


@dataclass(frozen=True)
class Probed:
    """An interpreter and the backend in it, as `actors.runtime.probe` describes them.

    For each start method, `capabilities` has what was tried: whether it is lacking, and why; and
    `origins` of which modules the things under test are, in the creator and in a child.
    """

    python: str
    module: str
    interpreter: dict[str, Any]
    backend: dict[str, Any]
    extra: dict[str, Path] = field(default_factory=dict)
    capabilities: dict[str, dict[str, tuple[bool, str]]] = field(default_factory=dict)
    origins: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def target(self, method: str) -> Target:
        """Return what a stage needs to drive this backend under a start method."""
        return Target(
            python=self.python,
            backend=self.module,
            method=method,
            names=frozenset(self.backend["names"]),
            contexts=self.backend["contexts"],
            extra=self.extra,
            capabilities=self.capabilities.get(method, {}),
        )

    def tried(self, methods: Iterable[str], names: Sequence[str]) -> Probed:
        """Return the same with what the backend lacks of some capabilities, and its origins."""
        here = [method for method in methods if method in self.backend["start_methods"]]
        found: dict[str, dict[str, tuple[bool, str]]] = {
            method: {name: look(self.target(method), name) for name in names} for method in here
        }
        whose = {method: origins(self.target(method)) for method in here}
        return replace(self, capabilities=found, origins=whose)


def find_python(python: str) -> str:
    """Return the path of an interpreter; raises BadSelection if there is none."""
    found = shutil.which(python)
    if found is None:
        raise BadSelection(
            f"no interpreter {python!r}: give the path of a Python, or its name on PATH, "
            f"such as {_pythons_on_path()}"
        )
    # Its processes run in another folder.
    return os.path.abspath(found)


def _pythons_on_path() -> str:
    names = [f"python3.{minor}" for minor in range(8, 20)] + ["pypy3"]
    found = [name for name in names if shutil.which(name)]
    return ", ".join(found) or "python3"


def probe(python: str, module: str, extra: dict[str, Path]) -> Probed:
    """Start an interpreter, import a backend in it and describe both; raises BadSelection."""
    stage = Stage(Target(find_python(python), module, "", frozenset(), extra=extra))
    try:
        interpreter = stage.creator.call(remote_probe.interpreter)
        backend = stage.creator.call(remote_probe.backend, module)
    except OperationRaised as raised:
        raise BadSelection(_import_problem(python, module, raised)) from None
    except (ActorDied, ActorHung) as finding:
        raise BadSelection(f"importing {module!r} in {python}: {finding}") from None
    except (Finding, StageFault) as problem:
        raise BadSelection(
            f"{python!r} cannot be judged: {str(problem).rstrip(':')}; give the path of a Python, "
            f"or its name on PATH, such as {_pythons_on_path()}"
        ) from None
    finally:
        stage.close()
    if not backend["names"]:
        raise BadSelection(
            f"{module!r} is not a backend: it has none of {', '.join(remote_probe.NAMES)}; "
            f"name the module that has them, such as multiprocessing.sharedctypes"
        )
    return Probed(find_python(python), backend["module"], interpreter, backend, extra)


def _import_problem(python: str, module: str, raised: OperationRaised) -> str:
    if module.endswith(".py") or module.startswith("."):
        return f"{module!r} is not the name of a module; write it as `import` does: package.module"
    if "builtins.ModuleNotFoundError" in raised.names:
        return (
            f"{python} cannot import the backend {module!r} ({raised.text}); "
            f"`sharedctypes-conformance backends` lists those known here"
        )
    what = f"{short_name(raised.names[0])}: {' '.join(raised.text.split())}"
    return f"importing {module!r} in {python} raised {what.removesuffix(': ')}"
