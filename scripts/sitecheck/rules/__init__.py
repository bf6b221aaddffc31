"""The families of rules, by name: no discovery. Importing this fills the registry."""

from . import (
    assets,
    citations,
    clinic_data,
    clinic_facts,
    clinic_words,
    components,
    downloads,
    front_matter,
    hand_made,
    links,
    markup,
    navigation,
    plain_language,
    privacy,
    sections,
    structured_data,
)

__all__ = [
    "assets",
    "citations",
    "clinic_data",
    "clinic_facts",
    "clinic_words",
    "components",
    "downloads",
    "front_matter",
    "hand_made",
    "links",
    "markup",
    "navigation",
    "plain_language",
    "privacy",
    "sections",
    "structured_data",
]
