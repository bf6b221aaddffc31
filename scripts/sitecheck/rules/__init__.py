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
# These modules load YAML and Markdown, which the check of a bare site does without. A group runs in one process, since
# its modules read the same sentences. The groups that take longest come first, so that the processes end together.
FOR_A_PROJECT = (
    ("language.dangerous_words", "clinic.phone_and_email", "clinic.typed_facts"),
    ("language.plain_words", "language.boxes", "sections.ladder"),
    ("language.misread_markdown",), ("sections.sections",), ("accessibility.templates",),
    ("clinic.calendar",), ("translations",), ("accessibility.vague_links",), ("clinic.braces",),
    ("accessibility.colors",), ("accessibility.drawings",), ("accessibility.missing_ids",),
    ("clinic.data_file",), ("clinic.downloads",), ("clinic.pages",),
    ("front_matter",), ("language.spelling",), ("language.unfinished",),
    ("navigation.guide_lists",), ("navigation.search_answers",),
    ("privacy.by_hand",), ("sections.addresses",), ("sections.pages",), ("settings.mkdocs_yml",),
    ("signatures.people",), ("signatures.signed",), ("sources",),
    ("structured_data.clinic",), ("structured_data.pages",), ("weight",),
)  # fmt: skip


def modules(project: bool) -> tuple[tuple[str, ...], ...]:
    """The modules with the rules for any site, which take long too, and for a site with its project the others."""
    return (FOR_ANY_SITE, *FOR_A_PROJECT) if project else (FOR_ANY_SITE,)


def load(project: bool = True) -> None:
    """Fill the registry with the rules of these modules."""
    for group in modules(project):
        load_modules(group)


def load_modules(names: tuple[str, ...]) -> set[str]:
    """Fill the registry with the rules of some modules, and return the modules' full names."""
    return {import_module(f".{name}", __name__).__name__ for name in names}
