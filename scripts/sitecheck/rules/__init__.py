"""The families of rules, by name: no discovery. Those of the project read YAML, which a bare site need not wait for."""


def load(project: bool = True) -> None:
    """Fill the registry: with the rules that any site is asked, and those that need a project."""
    from . import assets, links, markup, navigation, privacy  # noqa: F401

    if project:
        from . import (  # noqa: F401
            citations,
            clinic_data,
            clinic_facts,
            clinic_words,
            components,
            downloads,
            front_matter,
            hand_made,
            plain_language,
            sections,
            structured_data,
            weight,
        )
