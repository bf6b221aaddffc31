"""scripts/bench picture: the guide on a desk and on a phone, for the top of the README (tests/bench/picture.png)."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import fonts
from hosting import ROOT, build, serve

FILE = Path(__file__).parent / "picture.png"
MOST = 100_000  # bytes
DESK, PHONE = (1280, 800), (390, 794)
PAGE, HELP = "signs-and-diagnosis/", "get-help-now/"


def main() -> int:
    """Returns 0, or 1 when the picture is too heavy for a README."""
    with tempfile.TemporaryDirectory() as folder:
        site = build(ROOT, Path(folder) / "site").site
        configuration = fonts.configure(fonts.ON_PAPER["middle-fonts"], Path(folder))
        # The names of languages need Chinese fonts, which Debian has here.
        own, both = "<cachedir>", "<dir>/usr/share/fonts/opentype/noto</dir><cachedir>"
        configuration.write_text(configuration.read_text("utf-8").replace(own, both), "utf-8")
        environment = os.environ | {"FONTCONFIG_FILE": str(configuration)}
        with serve(site) as url, sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"], env=environment
            )
            desk, phone = shot(browser, f"{url}/{PAGE}", DESK), shot(browser, f"{url}/{HELP}", PHONE)
            browser.close()
    picture = Image.new("RGB", (1200, 600), "#dfe5e2")
    picture.paste(desk.resize((880, 550), Image.Resampling.LANCZOS), (20, 25))
    picture.paste(phone.resize((270, 550), Image.Resampling.LANCZOS), (910, 25))
    picture.quantize(112, kmeans=3).save(FILE, optimize=True)
    print(f"{FILE.relative_to(ROOT)}: {FILE.stat().st_size:,} bytes")
    return int(FILE.stat().st_size > MOST)


def shot(browser: Browser, address: str, size: tuple[int, int]) -> Image.Image:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=2)
    page.goto(address)
    return Image.open(io.BytesIO(page.screenshot()))


if __name__ == "__main__":
    raise SystemExit(main())
