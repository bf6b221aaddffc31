"""The families of rules, by name: no discovery. Those of the project read YAML, which a bare site need not wait for."""

from importlib import import_module

OF_ANY_SITE = ("accessibility.elements", "assets", "exceptions", "links", "navigation.site", "privacy")
OF_A_PROJECT = (
    "accessibility.colors_and_html", "accessibility.link_names", "clinic.data_file", "clinic.downloads",
    "clinic.hours_in_words", "clinic.pages", "clinic.phone_and_email", "front_matter", "language.care_cards",
    "language.dangerous_words", "language.misread_markdown", "language.plain_words", "language.unfinished",
    "navigation.best_answers", "navigation.guide_lists", "sections.ladder", "sections.pages", "sections.sections",
    "sources", "structured_data", "translations", "weight",
)  # fmt: skip


def load(project: bool = True) -> None:
    """Fill the registry: with the rules that any site is asked, and those that need a project."""
    for name in (*OF_ANY_SITE, *(OF_A_PROJECT if project else ())):
        import_module(f".{name}", __name__)
