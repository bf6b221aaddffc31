"""The families of rules, by name: no discovery. Importing this fills the registry."""

from . import links

__all__ = ["links"]
