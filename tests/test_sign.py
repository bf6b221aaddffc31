"""Signatures: which change of a page voids one, what the guide says of them, and what scripts/sign answers."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
import turbohtml
import yaml

import finish
from finish import reviews
from finish.built_site import load
from finish.signed_words import words_hash
from finishing import DATA, document_of
from guide import command, sign
from hosting import EPOCH, Project, environ

TODAY, TOMORROW = (str(datetime.date.today() + datetime.timedelta(days)) for days in (0, 1))
ANA = {"id": "ana-diaz", "name": "Ana Diaz", "credentials": "MD", "role": "psychiatrist"}
BO = {"id": "bo-li", "name": "Bo Li", "credentials": "PharmD", "role": "pharmacist"}


def signature(
    page: str, words: str, by: str = "ana-diaz", date: str = "2026-11-20", due: str = "2027-11-20"
) -> dict[str, str]:
    return {"page": page, "by": by, "date": date, "next": due, "words": words}


class Signed(NamedTuple):
    """The guide with signatures: a folder that was finished."""

    site: Path

    def page(self, name: str) -> turbohtml.Document:
        return document_of(self.site, f"{name}/index.html")

    def end(self, name: str) -> str:
        return " ".join(self.page(name).select_one(".end-block").text.split())


@pytest.fixture(scope="module")
def signed(unfinished: Path, tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """One page signed under these words and others, one in Spanish, one under other words; the rest by nobody."""
    folder = tmp_path_factory.mktemp("signed")
    shutil.copytree(unfinished, folder / "site")
    shutil.copytree(DATA, folder / "_data")
    site = load(unfinished, DATA)
    signatures = [
        signature("get-help-now.md", words_hash(site, "get-help-now/index.html")),
        signature("get-help-now.md", "0" * 20, "bo-li", "2026-11-25"),
        signature("es.md", words_hash(site, "es/index.html"), "bo-li"),
        signature("treatment.md", "0" * 20),
        signature("index.md", words_hash(site, "index.html"), by="not-listed"),
    ]
    for name, entries in {"people": [ANA, BO], "signatures": signatures}.items():
        (folder / "_data" / f"{name}.yml").write_text(yaml.safe_dump({name: entries}, allow_unicode=True), "utf-8")
    with environ(SOURCE_DATE_EPOCH=EPOCH):
        finish.finish(folder / "site", folder / "_data")
    return Signed(folder / "site")


@pytest.mark.parametrize(
    ("name", "says", "never"),
    [
        (
            "get-help-now",
            "Reviewed by Ana Diaz, MD (psychiatrist) on November 20, 2026 · Next review due: November 20, 2027",
            "Checked",
        ),
        ("get-help-now", "Reviewed by Ana Diaz, MD", "Not yet reviewed"),
        ("treatment", "Changed since it was reviewed on November 20, 2026 by Ana Diaz, MD.", "Not yet reviewed"),
        ("treatment", "Checked against sources on ", "Reviewed by"),
        ("index", "Not yet reviewed by a clinician.", "Reviewed by"),
        ("es", "Reviewed by Bo Li, PharmD (pharmacist) on November 20, 2026", "Changed"),
        ("zh-Hans", "This site is general information.", "eviewed"),
    ],
)
def test_the_end_of_a_page_says_who_reviewed_it(signed: Signed, name: str, says: str, never: str) -> None:
    end = signed.end("." if name == "index" else name)
    assert says in end
    assert never not in end


@pytest.mark.parametrize("name", ["about-this-guide", "hours-and-locations", "terms", "print"])
def test_the_guide_says_how_many_pages_are_reviewed(signed: Signed, site: Path, name: str) -> None:
    pages = [document_of(site, str(path.relative_to(site))) for path in site.rglob("*.html")]
    dated = sum(bool(page.select("main [data-checked]")) for page in pages)
    text = " ".join(signed.page(name).select_one("main").text.split())
    assert f"A clinician has reviewed 1 of its {dated} pages so far." in text
    assert "No clinician has reviewed" not in text


@pytest.mark.parametrize(
    ("name", "person"),
    [("get-help-now", "Ana Diaz, MD"), ("es", "Bo Li, PharmD"), ("treatment", None), ("index", None)],
)
def test_structured_data_names_a_review_of_the_current_words_only(
    signed: Signed, name: str, person: str | None
) -> None:
    graph = json.loads(
        signed.page("." if name == "index" else name).select_one('script[type="application/ld+json"]').text
    )["@graph"]
    node = next(node for node in graph if node["@type"].endswith("WebPage"))
    assert node.get("reviewedBy", {}).get("name") == person
    assert node.get("lastReviewed") == ("2026-11-20" if person else None)


def test_a_translation_names_its_reviewer_in_its_language(signed: Signed) -> None:
    spanish = signed.page("es").select_one("main").text
    assert "Revisado por Bo Li, PharmD el 2026-11-20." in spanish
    assert "Ningún traductor ha revisado" not in spanish


def test_untrue_sentences_about_reviews_are_removed(signed: Signed) -> None:
    pages = [turbohtml.parse(path.read_bytes()) for path in signed.site.rglob("*.html")]
    assert [one.html for page in pages for one in page.select("[data-review][hidden], [data-signature]")] == []


def test_a_review_counts_as_the_newest_check_of_a_page(signed: Signed) -> None:
    checked = document_of(signed.site, "get-help-now/index.html").select_one("[data-checked]").attr("data-checked")
    assert f"/get-help-now/</loc><lastmod>{max(checked, '2026-11-20')}</lastmod>" in (
        signed.site / "sitemap.xml"
    ).read_text("utf-8")


def test_when_every_page_is_signed_the_guide_says_so(unfinished: Path) -> None:
    site = load(unfinished, DATA)
    site.people = {"ana-diaz": ANA}
    site.signatures = [
        signature(page, words_hash(site, page)) for page in site.pages if site.pages[page].select_one("[data-checked]")
    ]
    reviews.show(site)
    text = site.pages["about-this-guide/index.html"].select_one("main").text
    assert "A clinician has reviewed every page of it." in " ".join(text.split())


@pytest.fixture
def desk(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of docs/ to sign in, with one person. The guide is built already."""
    shutil.copytree(DATA.parent, tmp_path / "docs")
    people = tmp_path / "docs" / "_data" / "people.yml"
    people.write_text(yaml.safe_dump({"people": [ANA]}), "utf-8")
    (tmp_path / "mkdocs.yml").write_bytes((DATA.parent.parent / "mkdocs.yml").read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sign, "built_site", lambda: load(site))


@pytest.mark.usefixtures("desk")
def test_a_page_is_signed_by_one_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sign.SIGNATURES.read_text("utf-8")
    assert sign.main(["docs/treatment.md", "--by", "ana-diaz"]) == 0
    words = document_of(site, "treatment/index.html").select_one("[data-words]").attr("data-words")
    line = sign.SIGNATURES.read_text("utf-8").removeprefix(before)
    assert yaml.safe_load(line) == [
        signature("treatment.md", words, date=TODAY, due=str(sign.next_year(datetime.date.today())))
    ]
    assert "treatment.md: signed by Ana Diaz, MD" in capsys.readouterr().out


@pytest.mark.usefixtures("desk")
def test_the_line_to_paste_is_the_line_that_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert sign.main(["treatment.md"]) == 0
    printed = capsys.readouterr().out
    assert sign.YOUR_ID not in printed  # there is only one person
    line = printed.splitlines()[-1]
    assert sign.main(["treatment.md", "--by", "ana-diaz"]) == 0
    assert sign.SIGNATURES.read_text("utf-8").endswith(f"\n{line}\n")
    assert sign.main(["treatment.md", "--by", "ana-diaz"]) == 0
    assert "there already" in capsys.readouterr().out
    assert sign.SIGNATURES.read_text("utf-8").count("treatment.md") == 1


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("empty", ["signatures:", "signatures: []", "signatures: null"])
def test_the_first_signature_fits_below_an_empty_list(empty: str) -> None:
    sign.SIGNATURES.write_text(f"{empty}\n", "utf-8")
    assert sign.main(["treatment.md", "--by", "ana-diaz"]) == 0
    assert len(yaml.safe_load(sign.SIGNATURES.read_text("utf-8"))["signatures"]) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["treatmnt.md", "--by", "ana-diaz"], "did you mean treatment.md?"),
        (["nothing-like-it", "--by", "ana-diaz"], "choose from about-this-guide.md"),
        (["treatment.md", "--by", "bo-li"], "It lists ana-diaz."),
        (["--by", "ana-diaz"], "Say which page"),
        (["treatment.md", "--by", "ana-diaz", "--date", "2026-02-30"], "There is no day 2026-02-30"),
        (["treatment.md", "--by", "ana-diaz", "--next", "in May"], "There is no day in May"),
        (["treatment.md", "--by", "ana-diaz", "--date", TOMORROW], "still to come"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_an_invalid_signature_is_refused_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    before = sign.SIGNATURES.read_bytes()
    assert command.run("sign", sign.main, arguments) == 2
    assert says in capsys.readouterr().err
    assert sign.SIGNATURES.read_bytes() == before


@pytest.mark.usefixtures("desk")
def test_a_day_may_be_typed_without_hyphens() -> None:
    assert sign.main(["treatment.md", "--by", "ana-diaz", "--date", "20261120"]) == 0
    assert 'date: "2026-11-20"' in sign.SIGNATURES.read_text("utf-8")


def test_a_page_is_due_again_a_year_later() -> None:
    years = {"2026-11-20": "2027-11-20", "2027-02-28": "2028-02-28", "2028-02-29": "2029-02-28"}
    assert {read: str(sign.next_year(datetime.date.fromisoformat(read))) for read in years} == years


def test_a_missing_start_page_is_reported_at_its_template(project: Project) -> None:
    project.replace("overrides/main.html", '"base.html"', '"clinic/words.html"')
    outcome = project.run("guide.sign")
    assert outcome.status == 2
    assert outcome.text.startswith("overrides/main.html:1:1 no start page came of docs/index.md")
    assert "Traceback" not in outcome.text


@pytest.mark.usefixtures("desk")
def test_a_placeholder_person_cannot_sign(capsys: pytest.CaptureFixture[str]) -> None:
    sign.PEOPLE.write_text(yaml.safe_dump({"people": [ANA | {"name": "nobody yet"}]}), "utf-8")
    assert sign.main(["treatment.md", "--by", "ana-diaz"]) == 1
    assert "SG002" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (KeyboardInterrupt(), 130, "sign: stopped\n"),
        (PermissionError(13, "Not allowed", "a.yml"), 2, "sign: a.yml cannot be read or written (Not allowed)\n"),
        (finish.FinishError("main.html:1:1 a page has no h1"), 1, "main.html:1:1 a page has no h1\n"),
    ],
)  # fmt: skip
def test_an_interrupted_command_prints_one_line(
    error: BaseException, status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: list[str]) -> int:
        raise error

    assert command.run("sign", stopped, []) == status
    assert capsys.readouterr().err == says
