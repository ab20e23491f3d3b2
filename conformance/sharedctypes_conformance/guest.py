"""The entry point of the pytest plugin, loaded by every pytest of an environment.

The suite's options and markers would clash with those of other projects, and importing it would
slow down every start of pytest. So this module only looks at the command line, and registers
`plugin`, which does all the rest, if checks are named there. They are named by

    sharedctypes_conformance.checks     and what is below it, with --pyargs
    sharedctypes_conformance.suite      the former name of the checks
    a path                              of their folder, or in it

In such a run an option may still clash with one of a conftest.py. pytest would show a traceback;
this module raises a UsageError that says what to do.
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
        # pytest did not know the options yet and took their values for paths.
        known = parser.parse_known_args(args)
        early_config.known_args_namespace.file_or_dir = known.file_or_dir
        result = yield
        # Some versions of pytest detect a conflict with options of a conftest.py only here.
        parser.parse_known_args(args)
    except argparse.ArgumentError as problem:
        raise pytest.UsageError(
            f"the option {problem.argument_name} of sharedctypes-conformance is declared by a "
            f"conftest.py or another plugin too; use `sharedctypes-conformance run`, which loads "
            f"neither"
        ) from None
    return result
