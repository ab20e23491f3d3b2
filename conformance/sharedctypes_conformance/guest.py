"""What pytest loads in every project of an environment: nothing, until a run asks for checks.

Options and markers of the suite would clash with those of other projects, and importing it would
slow down every start of pytest. So this module looks at the command line, and only if checks are
named there does it register `plugin`, which has all the rest. They are named by

    sharedctypes_conformance.checks     and what is below it, with --pyargs
    sharedctypes_conformance.suite      what the checks were called before
    a path                              of their folder, or in it

In a run that asks for them an option may still clash with one of a conftest.py. pytest would end
with a traceback; here it ends with a sentence that says what to do.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

CHECKS = "sharedctypes_conformance.checks"
FORMERLY = "sharedctypes_conformance.suite"
PLUGIN = "sharedctypes_conformance.plugin"
FOLDER = Path(os.path.realpath(__file__)).parent / "checks"


def asks_for_checks(arguments: Iterable[str], folder: Path) -> bool:
    """Return whether arguments of pytest name checks; relative paths start from a folder."""
    return any(_is_check(argument, folder) for argument in arguments)


def _is_check(argument: str, folder: Path) -> bool:
    if argument.startswith("-"):
        return False
    place = argument.partition("::")[0]
    if place == CHECKS or place.startswith(f"{CHECKS}."):
        return True
    return Path(os.path.realpath(folder / place)).is_relative_to(FOLDER)


def _renamed(argument: str) -> str:
    if argument == FORMERLY or argument.startswith((f"{FORMERLY}.", f"{FORMERLY}::")):
        return CHECKS + argument.removeprefix(FORMERLY)
    return argument


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Generator[None]:
    """Register the plugin if checks are asked for; raises UsageError if its options are taken."""
    args[:] = map(_renamed, args)
    plugins = early_config.pluginmanager
    asked = asks_for_checks(args, early_config.invocation_params.dir)
    if not asked and not plugins.has_plugin(PLUGIN):
        return (yield)
    try:
        plugins.import_plugin(PLUGIN)
        # pytest took values of options that it did not know for paths.
        known = parser.parse_known_args(args)
        early_config.known_args_namespace.file_or_dir = known.file_or_dir
        result = yield
        # Some versions compare the options of a conftest.py with others no earlier than here.
        parser.parse_known_args(args)
    except argparse.ArgumentError as problem:
        raise pytest.UsageError(
            f"the option {problem.argument_name} of sharedctypes-conformance is one of a "
            f"conftest.py or another plugin too; use `sharedctypes-conformance run`, which loads "
            f"neither"
        ) from None
    return result
