"""The real guide, as it leaves scripts/build: whole, quiet, the same every time, at a root and under a sub-path."""

from __future__ import annotations

import filecmp
import os
import re
from pathlib import Path

import pytest
import turbohtml

from hosting import EPOCH, PAGES, ROOT, SUB_PATH_URL, Built, Outcome, Project, check

DEFAULT_URL = "https://guide.example/"
# Elements that make a browser fetch something by itself, and the attribute that says from where.
FETCHED = {"script": "src", "link": "href", "img": "src", "source": "src", "iframe": "src", "use": "href"}

CSS_ADDRESS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')]+)""")


def test_the_words_build_without_a_complaint(built: Built) -> None:
    assert built.complaints == []


def test_the_guide_has_no_finding(site: Path) -> None:
    assert nothing_found(check(site))


def test_the_guide_has_no_finding_under_a_sub_path(built_for_sub_path: Built) -> None:
    assert built_for_sub_path.complaints == []
    assert nothing_found(check(built_for_sub_path.site, SITE_URL=SUB_PATH_URL))


def test_two_builds_are_the_same_to_the_byte(site: Path, project: Project) -> None:
    """Another folder, time zone and hash seed: nothing of the machine may reach a reader's page.

    The second is a whole scripts/build, whose last lines say that nothing was found and where the site is.
    """
    seed = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "SOURCE_DATE_EPOCH": EPOCH}
    outcome = project.run("guide.build", **seed)
    assert nothing_found(outcome)
    assert "site/index.html" in outcome.lines[-1].replace(os.sep, "/")
    again = project.root / "site"
    assert files(again) == files(site)
    _, different, unreadable = filecmp.cmpfiles(site, again, files(site), shallow=False)
    assert (different, unreadable) == ([], [])


def test_every_page_is_published(site: Path) -> None:
    pages = {str(path.relative_to(site).as_posix()) for path in site.rglob("*.html")}
    assert pages == {f"{page}index.html" for page in PAGES} | {"print/index.html", "404.html"}


def test_the_data_files_are_not_published(site: Path) -> None:
    assert [name for name in files(site) if "_data" in name or name.endswith((".yml", ".yaml", ".md", ".map"))] == []


@pytest.mark.parametrize("base", [DEFAULT_URL, SUB_PATH_URL])
def test_the_sitemap_lists_every_page(request: pytest.FixtureRequest, base: str) -> None:
    built = request.getfixturevalue("built" if base == DEFAULT_URL else "built_for_sub_path")
    sitemap = turbohtml.parse_xml((built.site / "sitemap.xml").read_text("utf-8"))
    assert sorted(loc.text for loc in sitemap.find_all("loc")) == sorted(base + page for page in PAGES)


@pytest.mark.parametrize("path", [*(f"{page}index.html" for page in PAGES), "print/index.html", "404.html"])
def test_a_page_fetches_nothing_from_another_host(site: Path, path: str) -> None:
    document = turbohtml.parse((site / path).read_bytes())
    fetched = [
        element.attrs[attribute]
        for tag, attribute in FETCHED.items()
        for element in document.find_all(tag)
        if attribute in element.attrs and not {"canonical", "alternate"} & set(element.attrs.get("rel", ()))
    ]
    assert [address for address in fetched if "//" in address] == []


def test_styles_fetch_nothing_from_another_host(site: Path) -> None:
    styles = [path.read_text("utf-8") for path in [*site.rglob("*.css"), *site.rglob("*.html")]]
    fetched = [address for style in styles for address in CSS_ADDRESS.findall(style)]
    assert [address for address in fetched if "//" in address and not address.startswith("data:")] == []


def test_only_the_search_page_has_the_styles_of_the_search(site: Path) -> None:
    # The words of sw.js count as names: `.search` in it would put these styles on every page.
    pages = [page for page in site.rglob("*.html") if ".search{" in page.read_text("utf-8")]
    assert pages == [site / "search" / "index.html"]


def test_a_place_without_a_name_says_its_address_once(site: Path) -> None:
    card = turbohtml.parse((site / "hours-and-locations" / "index.html").read_bytes()).select_one("#bowery")
    said = [element.text for element in card.select("h3, p:not(.actions)")]
    assert said == ["89 Bowery", "New York, NY 10002", "The name of this location is to be confirmed by the clinic."]


def test_what_the_clinic_has_not_told_stands_in_one_line(site: Path) -> None:
    """And not in five that say nothing, for somebody who looks for a number to call."""
    contact = turbohtml.parse((site / "hours-and-locations" / "index.html").read_bytes()).select_one("dl.contact")
    assert [element.text for element in contact.select("dt, dd")] == [
        "to be confirmed by the clinic",
        "Phone, e-mail, web address, languages spoken, interpreter",
    ]


def test_no_command_makes_mkdocs_quiet() -> None:
    """--quiet hides the warnings that strict mode counts, so that a broken site would build."""
    places = [
        *(ROOT / "scripts").iterdir(),
        *(ROOT / "scripts" / "guide").iterdir(),
        *ROOT.glob(".github/**/*.yml"),
        ROOT / ".ci" / "run",
    ]
    lines = [line for path in places if path.is_file() for line in path.read_text("utf-8").splitlines()]
    calls = [line for line in lines if "mkdocs" in line and not line.lstrip().startswith("#")]
    assert calls, "the verbs no longer call MkDocs: mend this test"
    assert [line for line in calls if "--quiet" in line or " -q" in line] == []


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file())


def nothing_found(outcome: Outcome) -> bool:
    assert outcome.status == 0, outcome.text
    assert "0 findings" in outcome.text
    return True
