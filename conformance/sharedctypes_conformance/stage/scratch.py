"""The folder of a stage, and the environment in which its processes run."""

from __future__ import annotations

import glob
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from .. import actors
from ..actors.system import leaked_names, process_states
from .keeper import TEMPORARY, keeper
from .machine import temporary_folder
from .names import ACTORS_AS
from .target import Target

# Where the variable of this name says, interpreters keep the bytecode of what they import, if they
# are not to keep any: hundreds of them would each compile the same modules.
BYTECODE = "SHAREDCTYPES_CONFORMANCE_BYTECODE"

# What makes an interpreter print something, ask something or start something of its own: a program
# that is judged would be blamed for it.
_DROPPED = frozenset(
    (
        "PYTHONINSPECT",
        "PYTHONSTARTUP",
        "PYTHONPROFILEIMPORTTIME",
        "PYTHONVERBOSE",
        "PYTHONDEBUG",
        "PYTHONDUMPREFS",
        "PYTHONDUMPREFSFILE",
        "PYTHONMALLOCSTATS",
        "PYTHONBREAKPOINT",
        "PYTHON_PRESITE",
        # The suite's own, see `judging/run.py`.
        "PYTHONSAFEPATH",
        BYTECODE,
    )
)

_SUFFIXES = (".py", ".pyc", ".so", ".pyd")


def is_in(folder: Path, module: str) -> bool:
    """Return whether a folder has the top-level package or module of a dotted name."""
    top = folder / module.partition(".")[0]
    return top.is_dir() or any(
        path.suffix in _SUFFIXES for path in folder.glob(f"{glob.escape(top.name)}.*")
    )


class ScratchFolder:
    """A folder of one stage: the import path of its actors, their temporary files, their output.

    Its processes run in a folder of it: Python imports modules of the working directory in place
    of those of the standard library, and a user may have a `queue.py` there. The user's own is on
    the import path only if the backend of the target is in it.
    """

    def __init__(self, target: Target) -> None:
        leaked_names.note_existing()
        self.path = temporary_folder() / f"sharedctypes-{secrets.token_hex(4)}"
        keeper.watch(self.path)
        self.path.mkdir()
        self.modules = self.path / "modules"
        self.temporary = self.path / TEMPORARY
        self.working = self.path / "working"
        self.stacks = self.path / "stacks"
        self.output = self.path / "output.txt"
        for folder in (self.path, self.modules, self.temporary, self.working, self.stacks):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)  # whatever the umask
        self._user = [os.getcwd()] if is_in(Path.cwd(), target.backend) else []
        # Links into one folder, and not the folders that hold the packages: next to those lie the
        # suite's own dependencies, which must not become visible in the target interpreter.
        for name, folder in {ACTORS_AS: Path(actors.__file__).parent, **target.extra}.items():
            (self.modules / name).symlink_to(folder, target_is_directory=True)

    def environment(self) -> dict[str, str]:
        """Return the environment of the actors."""
        given = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
        path = [str(self.modules), *self._user, *map(os.path.abspath, given)]
        return {
            **_with_bytecode(os.environ),
            "PYTHONPATH": os.pathsep.join(path),
            "PYTHONUNBUFFERED": "1",
            # Whatever a killed backend leaves in its temporary folder is removed with ours.
            "TMPDIR": str(self.temporary),
        }

    def stack_of(self, pid: int) -> str:
        """Return the stacks that an actor dumped when it was asked to, or when it died."""
        return _text(self.stacks / f"{pid}.txt").strip()

    def last_output(self, characters: int = 2000) -> str:
        """Return the end of the output, and the stacks of processes that died."""
        texts = [_text(self.output)[-characters:].strip()]
        texts += [_text(path).strip() for path in self.stacks.glob("*.txt")]
        return "\n".join(filter(None, texts))

    def remove(self) -> None:
        """Delete the folder and all in it, with what processes have left: names, and others.

        Daemons, for instance, that have left the group of whoever started them.
        """
        process_states.kill(process_states.with_temporary_folder(str(self.temporary)))
        leaked_names.remove_noted(str(self.temporary))
        shutil.rmtree(self.path, ignore_errors=True)
        keeper.done(self.path)


def _with_bytecode(given: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment actors get, with a place for bytecode where there is none."""
    kept = {name: value for name, value in given.items() if name not in _DROPPED}
    # Next to the modules nothing is written if the user wants it so.
    has_none = "PYTHONDONTWRITEBYTECODE" in kept and "PYTHONPYCACHEPREFIX" not in kept
    if BYTECODE in given and has_none:
        del kept["PYTHONDONTWRITEBYTECODE"]
        kept["PYTHONPYCACHEPREFIX"] = given[BYTECODE]
    return kept


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
