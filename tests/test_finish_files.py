"""The files that the finishing pass adds or renames: each is right, and found where the pages say."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import struct
from pathlib import Path

import brotli
import pytest

import finish
from finish import compress, fingerprints
from finishing import DATA, FILES, document_of, site_of
from hosting import EPOCH, PAGES, ROOT, environ


def test_a_loaded_file_has_the_hash_of_its_content_in_its_name(site: Path) -> None:
    loaded = {
        element.attr(attribute)
        for selector, attribute in fingerprints.LOADED.items()
        for element in document_of(site).select(selector)
    }
    assert loaded
    for address in loaded:
        content = (site / address).read_bytes()
        assert hashlib.sha256(content).hexdigest()[: fingerprints.HASH_LENGTH] in address


def test_pages_load_a_renamed_file_by_its_new_name(tmp_path: Path) -> None:
    for name in ("site.js", "icon.svg"):
        (tmp_path / "assets").mkdir(exist_ok=True)
        (tmp_path / "assets" / name).write_text(name)
    head = (
        '<script src="/guide/assets/site.js"></script><link rel="icon" href="https://x.example/guide/assets/icon.svg">'
    )
    finish.finish(site_of(tmp_path, "", head), DATA)
    for path in ("index.html", "get-help-now/index.html"):
        page = document_of(tmp_path, path)
        for address in (page.select_one("script").attr("src"), page.select_one("link[rel=icon]").attr("href")):
            assert (tmp_path / path).parent.joinpath(address).is_file()


def test_headers_hold_the_policy_and_one_cache_rule_an_address(site: Path) -> None:
    text = (site / "_headers").read_text("utf-8")
    rules = re.findall(r"^(/\S*)\n((?:  .+\n)+)", text, re.MULTILINE)
    assert "frame-ancestors 'none'" in text
    assert "unsafe" not in text
    assert max(map(len, text.splitlines())) <= 2000
    kept = [address for address, lines in rules if "Cache-Control" in lines]
    assert "*" not in "".join(kept)
    assert len(kept) == len(set(kept)) <= 99
    assert {"/", "/get-help-now/", "/sw.js"} <= set(kept)
    denied = re.search(r"Permissions-Policy: (.+)", text)[1]
    assert "camera=()" in denied
    assert "web-share" not in denied  # "Share this page" asks for it


def test_there_are_no_more_rules_than_a_host_reads(tmp_path: Path) -> None:
    site_of(tmp_path, "<h1>Pain</h1>")
    page = (tmp_path / "index.html").read_text("utf-8")
    for number in range(100):
        (tmp_path / f"{number}.html").write_text(page, "utf-8")
    finish.finish(tmp_path, DATA)
    rules = [line for line in (tmp_path / "_headers").read_text("utf-8").splitlines() if not line.startswith(" ")]
    assert len(rules) == 100


def test_an_excerpt_ends_a_quotation_once(site: Path) -> None:
    docs = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    assert [doc["text"] for doc in docs if re.search(r"""[.?!]["”]\.""", doc["text"])] == []


def test_the_search_index_holds_the_words_of_every_page_once(site: Path) -> None:
    text = (site / "search" / "search_index.json").read_text("utf-8")
    assert "紧急求助" in text  # as it is: an escape takes twice the bytes
    entries = json.loads(text)["docs"]
    locations = [entry["location"] for entry in entries]
    assert len(locations) == len(set(locations))
    assert {location.partition("#")[0] for location in locations} == set(PAGES) - {"search/"}
    hours = next(entry for entry in entries if entry["location"] == "hours-and-locations/#opening-hours")
    assert "Saturday Closed" in hours["text"]
    for location in locations:
        page, _, anchor = location.partition("#")
        assert not anchor or document_of(site, f"{page}index.html").select_one(f"#{anchor}")


def test_the_sitemap_gives_the_day_of_review(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    reviewed = re.search(r'checked: "(\S+)"', (ROOT / "docs" / "get-help-now.md").read_text("utf-8"))[1]
    assert f"<loc>https://guide.example/get-help-now/</loc><lastmod>{reviewed}</lastmod>" in text
    assert "404" not in text


@pytest.mark.parametrize("path", [path for path in FILES if path != "404.html"])
def test_a_shared_link_has_a_title_and_a_picture(site: Path, path: str) -> None:
    document = document_of(site, path)
    tags = {meta.attr("property"): meta.attr("content") for meta in document.select("meta[property]")}
    assert tags["og:title"] == document.select_one("h1").text
    assert tags["og:url"] == document.select_one("link[rel=canonical]").attr("href")
    picture = (site / tags["og:image"].removeprefix("https://guide.example/")).read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert len(picture) < 60_000


def test_a_compressed_file_is_smaller_and_has_the_same_content(site: Path) -> None:
    readers = {".br": brotli.decompress, ".gz": gzip.decompress}
    siblings = [path for path in site.rglob("*") if path.suffix in readers]
    assert {f"{path}.br" for path in FILES} <= {path.relative_to(site).as_posix() for path in siblings}
    for sibling in siblings:
        whole = sibling.with_suffix("").read_bytes()
        assert readers[sibling.suffix](sibling.read_bytes()) == whole
        assert sibling.stat().st_size < len(whole)


def test_build_json_tells_two_builds_apart(site: Path, tmp_path: Path) -> None:
    told = json.loads((site / "build.json").read_text("utf-8"))
    assert (told["epoch"], told["pages"]) == (int(EPOCH), len([*FILES, "print/index.html"]))
    other = tmp_path / "site"
    shutil.copytree(site, other)
    page = other / "privacy" / "index.html"
    page.write_text(page.read_text("utf-8").replace("Privacy", "Secrecy"), "utf-8")
    with environ(SOURCE_DATE_EPOCH=EPOCH):
        finish.finish(other, DATA)
    changed = json.loads((other / "build.json").read_text("utf-8"))
    assert {key for key in told if told[key] != changed[key]} == {"tree"}


@pytest.mark.parametrize("host", ["GITHUB_SHA", "CI_COMMIT_SHA"])
def test_build_json_names_the_commit_that_a_host_builds(tmp_path: Path, host: str) -> None:
    with environ(**{host: "0123abc"}):
        finish.finish(site_of(tmp_path, ""), DATA)
    assert json.loads((tmp_path / "build.json").read_text("utf-8"))["commit"] == "0123abc"


THEME = {
    "assets/javascripts/bundle.js": "import('./workers/search.js')",
    "assets/javascripts/workers/search.js": "work()",
    "assets/javascripts/lunr/min/lunr.de.min.js": "x",
    "assets/images/leaflet.png": "x",
}


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("", set()),
        (
            '<script src="/guide/assets/javascripts/bundle.js"></script>',
            {"assets/javascripts/workers/search.js"},
        ),
    ],
    ids=["nothing named", "a script named, which names another"],
)
def test_only_referenced_files_of_the_theme_are_kept(tmp_path: Path, head: str, kept: set[str]) -> None:
    for name, text in THEME.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "assets" / "leaflet.pdf").write_text("ours", "utf-8")
    finish.finish(site_of(tmp_path, "", head), DATA)
    found = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "assets").rglob("*") if path.is_file()}
    assert {name for name in found if name in THEME} == kept
    assert "assets/leaflet.pdf" in found


MOVED = """
moved:
  index.md#alarm: index.md#alarms
  index.md#left: get-help-now.md#call-911
  index.md#gone: get-help-now.md
  index.md#lost: nowhere.md
  downloads/quay.vcf: downloads/bowery.vcf
  downloads/pier.vcf: index.md
"""


def test_an_old_section_or_contact_leads_to_the_new_one(tmp_path: Path) -> None:
    site, data = site_of(tmp_path / "site", '<h1>Pain</h1><h2 id="alarms">Alarms</h2>'), tmp_path / "data"
    data.mkdir()
    for name in ("clinic.yml", "offline.yml"):
        shutil.copy(DATA / name, data)
    (data / "moved.yml").write_text(MOVED)
    finish.finish(site, data)
    page = document_of(site)
    finish.finish(site, data)
    assert document_of(site).html == page.html  # nothing is added twice
    assert [element.attr("id") for element in page.select("h2 [id]")] == ["alarm"]
    led = {link.parent.attr("id"): (link.text, link.attr("href")) for link in page.select("p[id] a")}
    assert led == {
        "left": ("Pain", "get-help-now/#call-911"), "gone": ("Pain", "get-help-now/"), "lost": ("see where", "nowhere/")
    }  # fmt: skip
    downloads = site / "downloads"
    assert (downloads / "quay.vcf").read_bytes() == (downloads / "bowery.vcf").read_bytes()
    assert "https://x.example/guide/" in (downloads / "pier.vcf").read_bytes().decode().replace("\r\n ", "")


def test_an_old_address_redirects_to_the_new_page(tmp_path: Path) -> None:
    site, data = site_of(tmp_path / "site", "<h1>Pain</h1>"), tmp_path / "data"
    data.mkdir()
    for name in ("clinic.yml", "offline.yml"):
        shutil.copy(DATA / name, data)
    (data / "moved.yml").write_text("moved: {help.md: get-help-now.md, old/pain.md: index.md}\n")
    finish.finish(site, data)
    finish.finish(site, data)  # they are no pages to finish
    for old, link, address in [("help", "../get-help-now/", "get-help-now/"), ("old/pain", "../../", "")]:
        page = document_of(site, f"{old}/index.html")
        assert page.select_one('meta[http-equiv="refresh"]').attr("content") == f"0; url={link}"
        assert page.select_one("main a").attr("href") == link
        assert page.select_one('link[rel="canonical"]').attr("href") == f"https://x.example/guide/{address}"
        assert f"{old}/" not in (site / "search/search_index.json").read_text("utf-8")


def test_compressed_files_of_the_last_build_are_reused_if_intact_and_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last, new = tmp_path / "last", tmp_path / "new"
    for folder in (last, new):
        folder.mkdir()
        for name in ("same", "changed", "damaged", "half"):
            (folder / f"{name}.txt").write_text(f"{name} " * 99 + (folder.name if name == "changed" else ""))
    compress.write(finish.built_site.Site(last, {}, [], {}, ""))
    (last / "damaged.txt.gz").write_bytes(b"no gzip")
    (last / "half.txt.br").unlink()
    packed: list[bytes] = []

    def record(content: bytes) -> dict[str, bytes]:
        packed.append(content.split()[0])
        return {".br": brotli.compress(content), ".gz": gzip.compress(content, mtime=0)}

    monkeypatch.setattr(compress, "LAST", last)
    monkeypatch.setattr(compress, "compressed_forms", record)
    compress.write(finish.built_site.Site(new, {}, [], {}, ""))
    assert sorted(packed) == [b"changed", b"damaged", b"half"]
    for path in new.glob("*.txt"):
        assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
