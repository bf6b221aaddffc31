"""TR: the pages in other languages, compared with the English pages that they translate."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..links.site import Site
from ..model.finding import Fault
from ..model.nearest import nearest
from ..model.page import Page
from ..project.data.marked_yaml import Keys, MarkedYaml
from ..project.data.schema import schema_errors
from ..project.faults import in_data, in_document, in_front_matter, in_template
from ..project.model import LANGUAGE, Document, Project
from ..project.read_project import CLINIC, SETTINGS
from .built_pages import built, in_english
from .entries import entries_wrong
from .registry import rule
from .sections.sections import flat

OVERDOSE = "docs/_data/overdose.yml"
CALLS = ("emergency", "crisis", "poison-help", "treatment")  # in the order of urgency
MARKUP = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"\d+(?:-\d+)*")
DEFAULT = "x-default"  # the page for readers of any other language


class Pair(NamedTuple):
    """Words in another language with the English that they translate."""

    english: tuple[str, ...]
    texts: dict[str, str]  # the translation, by key, in the order of the page
    keys: Keys  # the way to it in the front matter


@rule("TR001", error="danger")
def translation_behind(site: Site, project: Project) -> Iterator[Fault]:
    """Beside a person who does not breathe, a reader does what the English page no longer says."""
    steps = english_steps(project)
    texts = dict.fromkeys(block.text for _, page in in_english(site, project) for block in page.blocks)
    english = "\0".join(texts)
    flat_english = functools.cache(lambda: "\n".join(map(flat, texts)))
    known = {flat(block.text): block.text for page in help_pages(site, project) for block in page.blocks}
    for document, _ in translations(project):
        for place, step in enumerate(document.meta["steps"]):
            current = steps.get(step["id"], step["english"])
            if flat(current) != flat(step["english"]):
                advice = f'the English page has changed since: "{current}". Translate that, then write it here'
                yield in_front_matter(document, ("steps", place, "english"), advice)
        for pair in pairs(document) if english else ():
            for place, words in enumerate(pair.english):
                if words not in english and flat(words) not in flat_english() and pair.keys[0] != "steps":
                    near = known.get(nearest(flat(words), known), "")
                    what = f'the English page has changed since: "{near}"' if near else "no English page says this now"
                    advice = f"{what}. Translate what it says, then write it here"
                    yield in_front_matter(document, (*pair.keys, "english", place), advice)


@rule("TR002", error="danger")
def translated_step_missing(project: Project) -> Iterator[Fault]:
    """The step that is left out may be the one that saves a life."""
    for document, front_matter in translations(project):
        for key, wanted in (("steps", tuple(english_steps(project))), ("calls", CALLS)):
            for wrong in entries_wrong(front_matter, key, wanted) if wanted else ():
                yield in_document(document, *wrong)


@rule("TR003", error="wrong number")
def translated_number_differs(project: Project) -> Iterator[Fault]:
    """With one digit more, a stranger's phone rings, or a reader waits thirty minutes instead of three."""
    for document, _ in translations(project):
        for pair in pairs(document):
            wanted, found = numbers(" ".join(pair.english)), numbers(" ".join(pair.texts.values()))
            if wanted != found:
                differing = (key for key, text in pair.texts.items() if set(numbers(text)) - set(wanted))
                these, here = (", ".join(digits) or "none" for digits in (wanted, found))
                advice = f"write the numbers of the English in digits: {these}; here: {here}"
                yield in_front_matter(document, (*pair.keys, next(differing, next(iter(pair.texts)))), advice)


@rule("TR004", error="not read out")
def language_wrong(site: Site, project: Project) -> Iterator[Fault]:
    """A screen reader speaks Chinese words by English rules, and nobody understands it."""
    listed = languages(project)
    for document in project.documents:
        page, lang = site.pages.get(document.page), document.meta.get("lang", "")
        if document.type == LANGUAGE and f"{lang}/index.html" != document.page:
            yield in_front_matter(document, "lang", f"name this file after its language: docs/{lang}.md")
        elif document.type == LANGUAGE and lang not in listed:
            advice = f"add {{lang: {lang}, url: {lang}/, name: …}} to extra.languages of mkdocs.yml"
            yield in_front_matter(document, "lang", advice)
        elif page is not None and page.lang != lang and (lang or not page.lang.startswith("en")):
            advice = f'the page says <html lang="{page.lang}">: it must say {lang or "en"}'
            yield in_front_matter(document, "lang", advice)
    pages = {document.page for document in project.documents if document.type == LANGUAGE}
    for place, lang in enumerate(listed):
        if f"{listed[lang]}index.html" not in pages:
            advice = f"no page of the kind {LANGUAGE} has the address {listed[lang]}: add docs/{lang}.md"
            yield in_data(project, SETTINGS, ("extra", "languages", place), advice)


@rule("TR005", error="page not met")
def alternates_missing(site: Site, project: Project) -> Iterator[Fault]:
    """A search in Spanish shows the English page, as nothing says that there is a Spanish one."""
    group = built_languages(site, project)
    english = next((page.path for page in help_pages(site, project)), "")
    wanted = {*group.items(), ("en", english), (DEFAULT, english)} if group and english else set()
    for path in (*group.values(), english) if wanted else ():
        page, template = site.pages[path], 'rel="alternate"'
        if missing := {lang for lang, _ in wanted - offered(site, page, "link")}:
            advice = f"name the page in {', '.join(sorted(missing))} in the head of {path}"
            yield in_template(project, template, page, f"{advice}: <link {template} hreflang=… href=…>")


@rule("TR006", error="page not met")
def language_not_offered(site: Site, project: Project, page: Page) -> Iterator[Fault]:
    """People who read no English cannot find the page in their language unless its link is in that language."""
    for lang, path in built_languages(site, project).items():
        if (lang, path) not in offered(site, page, "a"):
            advice = f'link from the header of every page to {path} with <a lang="{lang}" hreflang="{lang}">'
            yield in_template(project, "<header", page, advice)


def offered(site: Site, page: Page, tag: str) -> set[tuple[str, str]]:
    """(language, page) of each translation that a page links to; an <a> must be marked as in that language itself."""
    links = [link for link in page.alternates if link.tag == tag and (tag == "link" or link.lang == link.language)]
    return {(link.language, target(site, page, link.raw)) for link in links}


def translations(project: Project) -> Iterator[tuple[Document, MarkedYaml]]:
    """The pages in other languages whose front matter has its form, with that; FM005 reports the others."""
    for document in project.documents:
        complete = {"lang", "steps", "calls", "texts", "hours"}.issubset(document.meta) and document.type == LANGUAGE
        if complete and document.front_matter and not schema_errors(document.front_matter, "page"):
            yield document, document.front_matter


def english_steps(project: Project) -> dict[str, str]:
    """The steps of the English page by their id, in order; none when one lacks its words, which SE018 reports."""
    read = project.data.get(OVERDOSE)
    try:
        steps = (read.value("steps") if read else None) or ()
        return {step["id"]: f"{step['short']} {step['text']}" for step in steps}
    except (KeyError, TypeError):
        return {}


def help_pages(site: Site, project: Project) -> Iterator[Page]:
    """The built pages that say how to get help, which pages in other languages translate."""
    return (page for document, page in built(site, project) if document.type == "help")


def pairs(document: Document) -> Iterator[Pair]:
    """Each translated text of a page with its English."""
    meta = document.meta
    entries: list[tuple[Keys, dict[str, Any]]] = [(("texts", key), entry) for key, entry in meta["texts"].items()]
    entries += [((key, place), entry) for key in ("steps", "calls") for place, entry in enumerate(meta[key])]
    for keys, entry in (*entries, (("hours", "zone"), meta["hours"]["zone"])):
        texts = {key: entry[key] for key in ("short", "label", "call", "text", "more", "says") if key in entry}
        if english := entry.get("english"):
            yield Pair((english,) if isinstance(english, str) else tuple(english), texts, keys)


def numbers(text: str) -> list[str]:
    """The numbers in a text, in order, each once; digits of other scripts as ASCII digits."""
    return [*dict.fromkeys(NUMBER.findall(unicodedata.normalize("NFKC", MARKUP.sub("", text))))]


def languages(project: Project) -> dict[str, str]:
    """The address of the page in each other language, as mkdocs.yml lists them."""
    listed = project.extra.get("languages") or ()
    return {entry["lang"]: entry["url"] for entry in listed} if not project.reading_faults(CLINIC, SETTINGS) else {}


def built_languages(site: Site, project: Project) -> dict[str, str]:
    """The built page in each other language that mkdocs.yml lists."""
    pages = {lang: f"{url}index.html" for lang, url in languages(project).items()}
    return {lang: path for lang, path in pages.items() if path in site.pages}


def target(site: Site, page: Page, raw: str) -> str:
    """The file of the site that an address leads to, "" when it leads elsewhere."""
    leads = site.resolve(raw, page.path)
    return leads.path if leads.verdict == "file" else ""
