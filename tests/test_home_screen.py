"""The guide on a phone's home screen: its icon, its name, and that it opens without a network."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
import turbohtml

from cases import load
from finishing import DATA, FILES, document_of
from hosting import ROOT


def manifest(site: Path) -> dict:
    return json.loads((site / "manifest.webmanifest").read_text("utf-8"))


def pixels(png: Path) -> str:
    """The size of a PNG picture from its header (RFC 2083, 4.1.1): "180x180"."""
    header = png.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    return "x".join(map(str, struct.unpack(">II", header[16:])))


def test_the_manifest_names_the_guide_and_its_colors(site: Path) -> None:
    named, settings = manifest(site), (ROOT / "mkdocs.yml").read_text("utf-8")
    assert f"site_name: {named['name']}\n" in settings
    assert f"site_description: {named['description']}\n" in settings
    tokens = (ROOT / "docs/assets/css/tokens.css").read_text("utf-8")
    assert f"--paper: {named['background_color']};" in tokens
    assert f"--header: {named['theme_color']};" in tokens


def test_each_icon_of_the_manifest_is_there_in_its_size(site: Path) -> None:
    icons = manifest(site)["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    assert {icon["sizes"] for icon in icons} == {"192x192", "512x512"}
    assert [pixels(site / icon["src"]) for icon in icons] == [icon["sizes"] for icon in icons]


@pytest.mark.parametrize("page", FILES)
def test_every_page_can_go_to_a_home_screen(site: Path, page: str) -> None:
    document = document_of(site, page)
    assert document.select_one('meta[name="theme-color"]').attr("content") == manifest(site)["theme_color"]
    for link in ('link[rel="apple-touch-icon"]', 'link[rel="icon"][type="image/png"]'):
        address = document.select_one(link).attr("href")
        icon = (site if address.startswith("/") else (site / page).parent) / address.lstrip("/")
        assert pixels(icon) == "180x180"
    assert document.select_one('link[rel="manifest"]') is not None
    policy = document.select_one('meta[http-equiv="Content-Security-Policy"]').attr("content")
    assert "manifest-src 'self'" in policy


def test_what_opens_from_the_home_screen_is_kept_offline(site: Path) -> None:
    assert manifest(site)["start_url"] == manifest(site)["scope"] == "./"
    kept = load(DATA / "offline.yml")["pages"]
    assert "" in kept
    assert kept[0] == "get-help-now/"  # shown in place of a page that is not kept
    assert turbohtml.parse((site / "index.html").read_bytes()).select_one("[data-whole]").attr("data-whole")[:1] == "@"
