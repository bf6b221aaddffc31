"""The rules. A family has one code, one file or folder here, and one folder of cases in tests/sites."""

from importlib import import_module

FAMILIES = {
    "AS": "assets",
    "AX": "accessibility",
    "CF": "clinic",
    "EX": "exceptions",
    "FM": "front_matter",
    "LD": "structured_data",
    "LI": "links",
    "NV": "navigation",
    "PL": "language",
    "PR": "privacy",
    "SE": "sections",
    "SG": "signatures",
    "SR": "sources",
    "ST": "settings",
    "TR": "translations",
    "WT": "weight",
}

FOR_ANY_SITE = (
    "accessibility.elements",
    "accessibility.repeated_ids",
    "assets",
    "exceptions",
    "links",
    "navigation.titles_and_sitemap",
    "privacy.addresses",
)
FOR_A_PROJECT = (  # these modules load YAML and Markdown, which the check of a bare site does without
    "accessibility.colors", "accessibility.drawings", "accessibility.missing_ids", "accessibility.templates",
    "accessibility.vague_links",
    "clinic.braces", "clinic.calendar", "clinic.data_file", "clinic.downloads", "clinic.pages",
    "clinic.phone_and_email", "clinic.typed_facts",
    "front_matter", "language.boxes", "language.dangerous_words", "language.misread_markdown",
    "language.plain_words", "language.spelling", "language.unfinished",
    "navigation.guide_lists", "navigation.search_answers",
    "privacy.by_hand", "sections.addresses", "sections.ladder", "sections.pages", "sections.sections",
    "settings.mkdocs_yml",
    "signatures.people", "signatures.signed", "sources", "structured_data.clinic", "structured_data.pages",
    "translations", "weight",
)  # fmt: skip


def load(project: bool = True) -> None:
    """Fill the registry with the rules for any site and, for a site with its project, the others too."""
    for name in (*FOR_ANY_SITE, *(FOR_A_PROJECT if project else ())):
        import_module(f".{name}", __name__)
