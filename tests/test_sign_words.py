"""The words that a signature covers: which changes of a page void it, and which do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from finish.built_site import load
from finish.signed_words import words_hash
from finishing import DATA, document_of, site_of
from hosting import Built

TEXT = '<div class="text">{before}<h1>Pain</h1>{words}<section class="end-block"><p>{end}</p></section>{after}</div>'
WORDS = (
    '<p>Call <a href="tel:911">911</a> now. Wait 2 to 3 minutes.</p><img src="assets/brace.png" alt="A brace">'
    '<figure><svg viewBox="0 0 9 9" class="old"><title>Stairs</title><path class="old" d="M0 0h9"/></svg></figure>'
    '<p><a href="https://www.fda.gov/a">FDA</a>, <a href="../treatment/">treatment</a>, '
    '<a href="https://x.example/guide/hours/">hours</a>, caf&eacute;</p>'
)


def hash_of(folder: Path, words: str = WORDS, picture: bytes = b"brace", home: str = "", **frame: str) -> str:
    """The hash of a front page with these words."""
    parts = {"before": "", "after": "", "end": "Checked in May."} | frame
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "assets" / "brace.png").write_bytes(picture)
    site_of(folder, TEXT.format(words=words, **parts))
    if home:
        page = folder / "index.html"
        page.write_text(page.read_text("utf-8").replace("https://x.example/guide/", home), "utf-8")
    return words_hash(load(folder, DATA), "index.html")


def changed(old: str, new: str) -> str:
    assert old in WORDS, "the case replaces nothing"
    return WORDS.replace(old, new)


@pytest.mark.parametrize(
    "change",
    [
        {"words": changed(" now. Wait", " now.\n   Wait")},
        {"words": changed("2 to 3", "2&nbsp;to 3")},
        {"words": changed("now", "<strong>now</strong>")},
        {"words": changed("<p>Call", '<p class="big" id="call" data-x="1">Call')},
        {"words": changed("caf&eacute;", "cafe\u0301")},
        {"words": changed('class="old"', 'class="new" role="img" aria-labelledby="x"')},
        {"words": changed("../treatment/", "../how-oih-is-treated/")},
        {"words": changed("/guide/hours/", "/guide/opening-hours/")},
        {"words": f'{WORDS}<nav class="on-this-page"><a href="#a">Contents</a></nav>'},
        {"words": f'{WORDS}<span data-review="no-page">No clinician has reviewed this guide yet.</span>'},
        {"before": '<nav class="breadcrumb">Home</nav>'},
        {"end": "Checked in June by somebody else."},
        {"after": "<p>Next page</p>"},
        {"home": "https://elsewhere.example/"},
    ],
    ids=str,
)
def test_a_signature_stays_when_only_looks_and_dates_change(tmp_path: Path, change: dict[str, str]) -> None:
    assert hash_of(tmp_path / "b", **change) == hash_of(tmp_path / "a")


@pytest.mark.parametrize(
    "change",
    [
        {"words": changed("now", "today")},
        {"words": changed("2 to 3", "2 to 30")},
        {"words": changed("now. Wait", "now, wait")},
        {"words": changed("Wait ", "")},
        {"words": changed("tel:911", "tel:912")},
        {"words": changed("fda.gov/a", "fda.gov/b")},
        {"words": changed("A brace", "A splint")},
        {"words": changed("Stairs", "A staircase")},
        {"words": changed("M0 0h9", "M0 0h8")},
        {"words": changed("assets/brace.png", "assets/gone.png")},
        {"picture": b"splint"},
        {"words": f"{WORDS}<p>One more.</p>"},
    ],
    ids=str,
)
def test_a_signature_is_void_when_the_words_change(tmp_path: Path, change: dict[str, str]) -> None:
    assert hash_of(tmp_path / "b", **change) != hash_of(tmp_path / "a")


def test_wrapping_a_line_of_chinese_keeps_its_hash(tmp_path: Path) -> None:
    assert hash_of(tmp_path / "b", "<p>请拨打\n电话</p>") == hash_of(tmp_path / "a", "<p>请拨打电话</p>")


def test_the_address_of_the_site_does_not_change_the_hash(site: Path, built_for_sub_path: Built) -> None:
    for page in ("overdose-steps-sheet/index.html", "get-help-now/index.html"):
        hashes = {
            document_of(folder, page).select_one("[data-words]").attr("data-words")
            for folder in (site, built_for_sub_path.site)
        }
        assert len(hashes) == 1
