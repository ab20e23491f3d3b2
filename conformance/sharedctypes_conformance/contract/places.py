"""Where the three parts of a clause are: its stanza, its check and its liar.

Stanzas and checks are in the package, wherever that is; liars only in a checkout of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .registry import folder_of


@dataclass(frozen=True)
class Places:
    """The folders for the three parts, from the folder of the package."""

    package: Path

    @property
    def root(self) -> Path:
        """The folder of the checkout, if this is one."""
        return self.package.parent.parent

    @property
    def contract(self) -> Path:
        """The folder of the stanzas, a file for each area."""
        return self.package / "contract"

    @property
    def checks(self) -> Path:
        """The folder of the checks, a folder for each area."""
        return self.package / "checks"

    @property
    def liars(self) -> Path:
        """The folder of the liars, a folder for each area."""
        return self.root / "tests" / "liars"

    @property
    def is_checkout(self) -> bool:
        """Whether the package is part of a checkout."""
        return self.liars.is_dir()

    def stanzas_of(self, area: str) -> Path:
        """Return the file of an area's stanzas."""
        return self.contract / f"{area}.toml"

    def checks_of(self, area: str) -> Path:
        """Return the folder of an area's checks."""
        return self.checks / folder_of(area)

    def liars_of(self, area: str) -> Path:
        """Return the folder of an area's liars."""
        return self.liars / folder_of(area)


PLACES = Places(Path(__file__).parent.parent)
