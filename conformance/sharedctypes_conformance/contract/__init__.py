"""The contract, as data: one TOML file per area, and the registry that loads them."""

from .registry import Area, Clause, ContractError, Grade, Registry, folder_of, load_registry

__all__ = ["Area", "Clause", "ContractError", "Grade", "Registry", "folder_of", "load_registry"]
