"""NV: docs/_data/search-answers.yml, the best answers of the guide's search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...links.fragments import fragments_of
from ...links.site import Site
from ...model.finding import Fault
from ...model.nearest import nearest
from ...project.faults import in_data, in_file
from ...project.mark import Mark
from ...project.model import Project
from ...project.read_project import ANSWERS
from ..registry import rule


@rule("NV013", error="nothing is found", blocks_build=True, reads=(ANSWERS,))
def answers_data_wrong(project: Project) -> Iterator[Fault]:
    """Somebody types words of danger, and the search does not know whom they should call."""
    if project.data[ANSWERS].data is None and any(document.type == "search" for document in project.documents):
        yield in_file(ANSWERS, Mark(), "this file is missing, so the search knows no word of danger: put it back")
    seen: dict[str, int] = {}
    for place, answer in enumerate(answers_of(project)):
        for key in ("say", "is"):
            for number, phrase in enumerate(answer.get(key, ())):
                if seen.setdefault(phrase, place) != place:
                    advice = f'"{phrase}" has another answer above: keep it in one of the two'
                    yield in_data(project, ANSWERS, ("answers", place, key, number), advice)


@rule("NV014", error="dead end")
def best_answer_leads_nowhere(site: Site, project: Project) -> Iterator[Fault]:
    """A reader who asked in plain words is sent to a section that is gone, and looks for the answer from the top."""
    for place, answer in enumerate(answers_of(project)):
        for key, to in _led_to(site, answer):
            address, _, section = to.partition("#")
            page = site.pages.get(f"{address}index.html")
            if page is None:
                message = f"no page has the address {address}"
                known = [path.removesuffix("index.html") for path in site.pages if path.endswith("/index.html")]
                near = nearest(address, known)
            elif not section or section in (ids := fragments_of(page)):
                continue
            elif new := project.moved.get(f"{address.strip('/')}.md", ""):
                message, near = f"{address} has another address now: write {new.removesuffix('.md')}/#{section}", ""
            else:
                message, near = f"{page.path} has no section #{section}: choose one that it has", nearest(section, ids)
                near = f"{address}#{near}" if near and key == "to" else near
            yield in_data(project, ANSWERS, ("answers", place, key), message, near)


def _led_to(site: Site, answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the address that an answer leads to, and its section in each page of the reader's language."""
    yield "to", answer["to"]
    for path in site.pages:
        language = path.removesuffix("/index.html")
        if "own" in answer and language.split("-")[0] == answer.get("language"):
            yield "own", f"{language}/#{answer['own']}"


def answers_of(project: Project) -> list[dict[str, Any]]:
    """The best answers; none when the file is missing, or wrong, which NV013 reports."""
    return project.sound(ANSWERS).value("answers") or []
