"""Sites to measure with: pages in the real frame of mkdocs-material, each different from the others."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

WORDS = [
    "pain",
    "dose",
    "doctor",
    "nurse",
    "tablet",
    "sleep",
    "night",
    "clinic",
    "help",
    "signs",
    "hours",
    "plan",
    "slow",
    "taper",
    "safe",
    "care",
    "week",
    "month",
]
SECTIONS, PAGES = 8, 9  # of the site that is built once and copied
SETTINGS = """
site_name: Bench
site_url: https://bench.example/
use_directory_urls: true
theme: {name: material, font: false, features: [navigation.sections, navigation.footer, navigation.tabs]}
repo_url: https://code.example/x/y
markdown_extensions: [admonition, attr_list, {toc: {permalink: true}}]
"""


def make(folder: Path, pages: int) -> Path:
    """A site of about `pages` pages below `folder`, made once. Needs MkDocs and mkdocs-material."""
    site = folder / f"pages-{pages}"
    if not site.is_dir():
        seed = built(folder)
        draft = folder / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(seed, draft)
        size = len(list(seed.rglob("*.html")))
        parts = [f"part{number:03d}" for number in range(1, pages // size)]
        for part in parts:
            copy(seed, draft / part)
        listed = "".join(f'<p><a href="{part}/">{part}</a></p>' for part in parts)
        change(draft / "index.html", {"</article>": f"{listed}</article>"})
        draft.rename(site)
    return site


def copy(seed: Path, to: Path) -> None:
    """A copy whose words, headings and ids differ from the first's, as pages do; what a site has once stays behind."""
    shutil.copytree(seed, to, ignore=shutil.ignore_patterns("sitemap.xml*", "search", "404.html", "assets"))
    described = '<meta name="description" content="'
    words = {"</title>": f" {to.name}</title>", described: f"{described}{to.name} "}
    words |= {"../assets/": "../../assets/", '="assets/': '="../assets/', "<p>": f"<p>{to.name} "}
    words |= {own: f"{own}{to.name}-" for own in ('<h1 id="', '<h2 id="', 'href="#')}
    for page in to.rglob("*.html"):
        change(page, words)


def change(page: Path, words: dict[str, str]) -> None:
    """Put other words in the place of some."""
    text = page.read_text("utf-8")
    for old, new in words.items():
        text = text.replace(old, new)
    page.write_text(text, "utf-8")


def built(folder: Path) -> Path:
    """The seed, built by MkDocs."""
    project, chance = folder / "seed", random.Random(5)
    if (project / "site").is_dir():
        return project / "site"
    for section in range(SECTIONS):
        for page in range(PAGES):
            write(project / "docs" / f"s{section}" / f"p{page}.md", markdown(f"Page {section} {page}", chance))
    write(project / "docs" / "index.md", "# Home\n\n[First](s0/p0.md)\n")
    write(project / "mkdocs.yml", SETTINGS)
    subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=project, check=True, capture_output=True)
    return project / "site"


def markdown(title: str, chance: random.Random) -> str:
    """Six sections of made-up words with links to other pages."""
    parts = [f"---\ndescription: {some(12, chance)}\n---\n\n# {title}\n"]
    for number in range(6):
        items = "".join(f"- {some(6, chance)}: {link(chance)}\n" for _ in range(3))
        parts.append(f"\n## {some(4, chance)} {number}\n\n{some(40, chance)} See {link(chance)}.\n\n{items}")
    return "".join(parts)


def link(chance: random.Random) -> str:
    return f"[{some(3, chance)}](../s{chance.randrange(SECTIONS)}/p{chance.randrange(PAGES)}.md)"


def some(count: int, chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
