"""The contract, as data: one TOML file per area, and the registry that loads them."""

from .capabilities import CAPABILITIES, Capability, has_own_contexts
from .places import PLACES, Places
from .registry import (
    CLAUSE_ID,
    Area,
    Clause,
    ContractError,
    Grade,
    Registry,
    folder_of,
    load_registry,
)

__all__ = [
    "CAPABILITIES",
    "CLAUSE_ID",
    "PLACES",
    "Area",
    "Capability",
    "Clause",
    "ContractError",
    "Grade",
    "Places",
    "Registry",
    "folder_of",
    "has_own_contexts",
    "load_registry",
]
