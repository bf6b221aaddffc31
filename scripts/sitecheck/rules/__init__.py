"""The families of rules, by name: no discovery. Those of the project read YAML, which a bare site need not wait for."""

from importlib import import_module

OF_ANY_SITE = ("assets", "links", "markup", "navigation", "privacy")
OF_A_PROJECT = (
    "answers", "citations", "clinic_data", "clinic_facts", "clinic_words", "components", "contacts",
    "dangerous_words", "downloads", "front_matter", "hand_made", "ladder", "languages", "lists", "naming", "pages",
    "plain_language", "sections", "structured_data", "unfinished", "weight", "writing",
)  # fmt: skip


def load(project: bool = True) -> None:
    """Fill the registry: with the rules that any site is asked, and those that need a project."""
    for name in ("ignoring", "copies"):  # what they do with the settings is a rule as well
        import_module(f"..{name}", __name__)
    for name in (*OF_ANY_SITE, *(OF_A_PROJECT if project else ())):
        import_module(f".{name}", __name__)
