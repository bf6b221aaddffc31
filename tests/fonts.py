"""Sets of fonts of the tests' own: what fits in a wide one and in a narrow one fits whatever a reader's device has.

Chromium asks fontconfig for fonts on Linux alone: on a Mac, each set is drawn with that system's own fonts.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
{aliases}
</fontconfig>
"""
ALIAS = "<alias binding='same'><family>{generic}</family><prefer><family>{family}</family></prefer></alias>"


class Fonts(NamedTuple):
    """The packages that a set comes in (scripts/requirements/fonts.in), and its families; the first leads."""

    packages: tuple[str, ...]
    sans: str
    serif: str


SETS = {
    "wide-fonts": Fonts(("rinoh_typeface_dejavusans", "rinoh_typeface_dejavuserif"), "DejaVu Sans", "DejaVu Serif"),
    "narrow-fonts": Fonts(("fontpkg_roboto", "rinoh_typeface_dejavusans"), "Roboto", "Roboto"),
}
# What most printers' owners have is between the two: columns break elsewhere.
ON_PAPER = SETS | {
    "middle-fonts": Fonts(
        ("rinoh_typeface_texgyreheros", "rinoh_typeface_texgyrepagella"), "TeX Gyre Heros", "TeX Gyre Pagella"
    ),
}


def configure(fonts: Fonts, folder: Path) -> Path:
    """Write a configuration of fontconfig that knows these fonts and no others; for the variable FONTCONFIG_FILE."""
    folders = [found for name in fonts.packages for found in getattr(find_spec(name), "submodule_search_locations", [])]
    if len(folders) != len(fonts.packages):
        raise FileNotFoundError(f"{' or '.join(fonts.packages)} is not installed: run scripts/test")
    generic = {"sans-serif": fonts.sans, "system-ui": fonts.sans, "monospace": fonts.sans, "serif": fonts.serif}
    file = folder / "fonts.conf"
    file.write_text(
        CONFIGURATION.format(
            folders="\n".join(f"<dir>{folder}</dir>" for folder in folders),
            cache=folder / "cache",
            aliases="\n".join(ALIAS.format(generic=name, family=family) for name, family in generic.items()),
        ),
        "utf-8",
    )
    return file


def environment(fonts: Fonts, folder: Path) -> dict[str, str]:
    """The environment of a browser that has these fonts and no others."""
    return os.environ | {"FONTCONFIG_FILE": str(configure(fonts, folder))}
