"""The families of rules, by name: no discovery. Importing this fills the registry."""

from . import (
    citations,
    clinic_data,
    clinic_facts,
    clinic_words,
    components,
    front_matter,
    hand_made,
    links,
    plain_language,
    sections,
    structured_data,
)

__all__ = [
    "citations",
    "clinic_data",
    "clinic_facts",
    "clinic_words",
    "components",
    "front_matter",
    "hand_made",
    "links",
    "plain_language",
    "sections",
    "structured_data",
]
