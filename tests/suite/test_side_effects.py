"""Importing what runs in a target interpreter changes nothing in the suite's own."""

import json
import subprocess
import sys
from pathlib import Path

from sharedctypes_conformance import actors

from . import import_effects
from .test_structure import imports

FOLDER = Path(actors.__file__).parent


def test_modules_of_the_actors_are_imported_without_side_effects() -> None:
    files = list(FOLDER.rglob("*.py"))
    used = {name for file in files for level, name in imports(file) if not level}
    # Whether multiprocessing is imported is one of the questions.
    used = {name for name in used if name.partition(".")[0] in sys.stdlib_module_names}
    used = {name for name in used if not name.startswith("multiprocessing")}
    run = subprocess.run(
        [sys.executable, "-B", import_effects.__file__, actors.__name__, *sorted(used)],
        capture_output=True,
        check=True,
        text=True,
    )
    assert run.stderr == ""
    count, changed, done = json.loads(run.stdout)
    assert count == len([file for file in files if file != FOLDER / "__init__.py"])
    assert changed == {}
    assert done == []
