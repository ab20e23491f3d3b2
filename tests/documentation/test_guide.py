"""The guide's example: judged as the guide says, with the output that the guide shows."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
FORGETFUL = ("with self:\n            setattr(", "if True:\n            setattr(")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example, in which nothing that its tests leave is lost."""
    return Path(shutil.copytree(GUIDE / "example", tmp_path / "example"))


def judge(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_environment_of_tox_judges_the_example(example: Path) -> None:
    tox = ConfigParser()
    tox.read(example / "tox.ini")
    command = tox["testenv:conformance"]["commands"]
    words = shlex.split(re.sub(r"\{posargs:(.*)\}", r"\1", command))
    assert words[:4] == ["sharedctypes-conformance", "run", "--backend", "tinyshared"]
    # The entry point is there once the package is installed.
    words[0], words[3] = "sharedctypes_conformance", "tinyshared.sharedctypes"
    areas = [word for area in ("array", "wrapper", "string") for word in ("--area", area)]
    # What it refuses with PicklingError is as refused as what raises RuntimeError.
    done = judge(example, *words, *areas, "--clause", "sharing.wrappers-cannot-be-pickled")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_forgotten_lock_is_shown_as_the_guide_shows_it(example: Path) -> None:
    module = example / "tinyshared" / "sharedctypes.py"
    text = module.read_text("utf-8")
    assert text.count(FORGETFUL[0]) == 1
    module.write_text(text.replace(*FORGETFUL), "utf-8")
    guide = (GUIDE / "README.md").read_text("utf-8")
    (block,) = re.findall(r"^```console\n\$ (.*?)\n(.*?)^```", guide, re.M | re.S)
    words = shlex.split(block[0])
    words[0], words[3] = "sharedctypes_conformance", "tinyshared.sharedctypes"
    done = judge(example, *words)
    assert done.returncode == 1
    shown = " ".join(re.sub(r"─+", " ", block[1]).split())
    assert shown in " ".join(re.sub(r"─+", " ", done.stdout).split())


WORKFLOWS = [
    *GUIDE.glob("example/.github/workflows/*.yml"),
    *GUIDE.parents[1].glob(".github/workflows/*.yml"),
]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_follow_their_schema(workflow: Path) -> None:
    schema = ("--builtin-schema", "vendor.github-workflows")
    done = judge(GUIDE, "check_jsonschema", *schema, str(workflow))
    assert done.returncode == 0, done.stdout
