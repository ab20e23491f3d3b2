"""The contract, as data: one TOML file per area, and the registry that loads them."""

from .places import PLACES, Places
from .registry import Area, Clause, ContractError, Grade, Registry, folder_of, load_registry

__all__ = [
    "PLACES",
    "Area",
    "Clause",
    "ContractError",
    "Grade",
    "Places",
    "Registry",
    "folder_of",
    "load_registry",
]
