"""The settings of mkdocs.yml: what this guide honors, and what to edit in place of the others.

A setting is named by its path: "theme.palette". An extension or a plugin stands below its list by name, and its
options below it: "markdown_extensions.toc.permalink".
"""

from __future__ import annotations

from typing import Any

BOXES = ("in-short", "emergency", "urgent", "routine", "do", "dont", "warning", "inset")  # which the styles know

# Honored with one value only: the value, and what depends on it.
FIXED: dict[str, tuple[Any, str]] = {
    "INHERIT": ("docs/_data/clinic.yml", "the facts of the clinic come from there"),
    "docs_dir": ("docs", "the check and the facts look there"),
    "site_dir": ("site", "publishing looks there; for one build use mkdocs build -d FOLDER"),
    "strict": (True, "a warning is a mistake that a reader would meet"),
    "use_directory_urls": (True, "readers have addresses that end with a slash; printed links depend on them"),
    "hooks": (["scripts/mkdocs_hooks.py"], "it finishes and checks the site; add to that file or to scripts/finish/"),
    "theme.name": ("material", "overrides/ extends it"),
    "theme.variant": ("classic", "Zensical then has the look of Material, which the styles know"),
    "theme.custom_dir": ("overrides", "the templates are there"),
    "theme.font": (False, "a reader's browser asks no other host; change the fonts in docs/assets/css/tokens.css"),
    "markdown_extensions.toc.permalink": (
        False,
        "a sign after each heading would be read out; readers copy the address from the list On this page",
    ),
    "plugins.macros.module_name": ("scripts/macros", "the macros are there"),
    "plugins.macros.include_dir": ("overrides", "pages and templates share what is there"),
    "plugins.macros.on_undefined": ("strict", "a misspelled fact must stop the build"),
    "plugins.macros.on_error_fail": (True, "an error must not become text of a page"),
}

# Settings that the guide cannot do without, and why. MkDocs' own value, or none, would break pages far from here.
NEEDED = {
    "site_name": "the header and every title hold it",
    "site_url": "the downloads, the sitemap and the check need the address",
    **{path: FIXED[path][1] for path in ("INHERIT", "strict", "theme.name", "theme.custom_dir", "theme.font")},
    "markdown_extensions.attr_list": "headings have their address in braces: ## A title {#address}",
    "markdown_extensions.md_in_html": "pages write Markdown inside of HTML",
    "markdown_extensions.tables": "a table would be printed with its bars",
    "plugins.macros": "it prints facts and sources",
    **{path: reason for path, (_, reason) in FIXED.items() if path.startswith("plugins.macros.")},
    **dict.fromkeys(
        ("plugins.macros.j2_comment_start_string", "plugins.macros.j2_comment_end_string"),
        '"{#id}" behind a heading is an address, and no comment',
    ),
    **{f"markdown_extensions.pymdownx.blocks.admonition.types.{kind}": "pages have such boxes" for kind in BOXES},
}

# All that is honored. A path ends at the value: what is below it is MkDocs' to judge.
HONORED = frozenset((
    *FIXED, *NEEDED, "site_description", "site_author", "copyright", "repo_url", "edit_uri", "edit_uri_template", "nav",
    "validation", "exclude_docs", "not_in_nav", "remote_branch", "remote_name", "dev_addr", "watch", "extra_css",
    "theme", "theme.favicon", "theme.logo", "extra", "extra.guide", "extra.languages", "markdown_extensions",
    "markdown_extensions.toc", "markdown_extensions.toc.toc_depth", "markdown_extensions.pymdownx.blocks.admonition",
    "plugins",
))  # fmt: skip

STYLES = "edit docs/assets/css/tokens.css"
HEADER = "edit overrides/clinic/header.html"
CARDS = "use the boxes and cards that CONTRIBUTING.md lists"
NO_REQUESTS = "nothing is asked of another host and nobody is counted; docs/privacy.md promises that"

# Not honored: what to do instead. The longest path that fits says it; a path that ends with a dot, all below it.
INSTEAD = {
    "": "take it out; CONTRIBUTING.md says where to change what",
    "repo_name": "take it out: the links say Edit this page and Report a mistake",
    "draft_docs": "keep a page that is not ready on a branch of its own",
    "extra_javascript": "put the script in docs/assets/js/ and name it in overrides/main.html, block scripts",
    "extra_templates": "write a page in docs/; what pages share is in overrides/clinic/",
    "google_analytics": f"take it out: {NO_REQUESTS}",
    "theme.": STYLES,
    "theme.language": "pages are in English; those in other languages say lang: in their front matter (docs/es.md)",
    "theme.locale": "pages are in English; those in other languages say lang: in their front matter (docs/es.md)",
    "theme.direction": "pages run from left to right; a page in another language says lang: in its front matter",
    "theme.palette": f"{STYLES}, which has the colors, the dark ones too",
    "theme.icon": "put a drawing into docs/assets/figures/ and call it with figure()",
    "theme.static_templates": "write a page in docs/; what pages share is in overrides/clinic/",
    "theme.features": "take it out: the frame is our own, in overrides/clinic/",
    "theme.features.navigation.": f"the pages are listed under extra.guide; to change the header, {HEADER}",
    "theme.features.header.": HEADER,
    "theme.features.search.": "the search is our own, in docs/assets/js/search.js",
    "theme.features.content.action.": "set repo_url and edit_uri: then each page has Edit this page",
    "theme.features.content.": CARDS,
    "theme.features.toc.": "a long page includes clinic/on-this-page.html",
    "theme.features.announce.": "put it into overrides/clinic/emergency-line.html",
    "extra.": "take it out: nothing reads it; a fact of the clinic belongs in docs/_data/clinic.yml",
    "extra.clinic": "put it into docs/_data/clinic.yml, where the check looks",
    "extra.social": "add the links to overrides/clinic/footer.html",
    "extra.analytics": f"take it out: {NO_REQUESTS}",
    "extra.consent": "take it out: nothing is stored that needs consent",
    "extra.alternate": "list the languages under extra.languages",
    "extra.version": "take it out: readers must meet one version only",
    "extra.homepage": "the name in the header leads to the front page",
    "extra.generator": "take it out: the name of the generator is on no page",
    "extra.tags": "list the page under extra.guide, and what people search for under keywords: in its front matter",
    "extra.annotate": CARDS,
    "nav.section": "list pages only: the guide has one level, and no page shows the title of a section",
    "nav.link": "put the link on a page: no page shows it from here",
    "plugins.": "take it out: scripts/finish/ does what this guide needs after the build",
    "plugins.search": "take it out: scripts/finish/search_index.py makes the index of our own search",
    "plugins.material/search": "take it out: scripts/finish/search_index.py makes the index of our own search",
    "plugins.social": "the picture of shared links is docs/assets/social.png",
    "plugins.privacy": f"take it out: {NO_REQUESTS}",
    "plugins.minify": "take it out: scripts/finish/ makes the files small",
    "plugins.offline": "docs/_data/offline.yml lists the pages that a browser keeps",
    "plugins.tags": "list the page under extra.guide, and what people search for under keywords: in its front matter",
    "plugins.blog": "a guide has no news; write a page, and its dates in the front matter",
    "plugins.rss": "a guide has no news; the dates of a page are in its front matter",
    "plugins.redirects": "list the page in docs/_data/moved.yml",
    "plugins.git-revision-date-localized": "the dates of a page are in its front matter: when its words were checked",
    "plugins.i18n": "list the languages under extra.languages; docs/es.md shows how such a page is written",
    "plugins.print-site": "take it out: scripts/finish/print_page.py makes the page to print",
    "plugins.macros.": "take it out: macros are in scripts/macros.py, facts in docs/_data/",
    "markdown_extensions.": f"take it out: its output has no style here; {CARDS}",
    "markdown_extensions.toc.": "headings have their address in braces: ## A title {#address}",
    "markdown_extensions.pymdownx.blocks.admonition.types.": f"it has no style; the boxes are {', '.join(BOXES)}",
    "markdown_extensions.admonition": "write /// inset and /// below it: these boxes are read out as one",
    "markdown_extensions.pymdownx.details": "show the words: what is folded away is not read",
    "markdown_extensions.pymdownx.tabbed": "write one heading for each: what is behind a tab is not printed or found",
    "markdown_extensions.pymdownx.superfences": "put a drawing into docs/assets/figures/ and call it with figure()",
    "markdown_extensions.pymdownx.emoji": "write the word",
    "markdown_extensions.pymdownx.snippets": "put what pages share into overrides/clinic/ and include it",
    "markdown_extensions.abbr": "write the words, and the short form in parentheses where readers will meet it",
    "markdown_extensions.footnotes": 'add the source to docs/_data/sources.yml and write {{ cite("its-id") }}',
    "markdown_extensions.meta": "take it out: front matter between two lines --- is read without it",
}
