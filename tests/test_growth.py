"""On four times the bytes no input takes more than six times as long. scripts/bench growth tries all, and larger."""

from __future__ import annotations

import pytest

import cases
from growing import FILES, INPUTS, LIMIT, Check, cpu_seconds, growth, inputs, once_slow
from sitecheck.command.settings import read_config
from sitecheck.links.site import read_site
from sitecheck.report.findings import findings, select_rules
from sitecheck.report.fix import fix

FEW, QUICK = 2_000, 0.012  # bytes; seconds of CPU that four times as many may take unmeasured: most of it is any run's
LONGER = 0.03  # seconds, for those that once were slow
SAMPLE = 10  # of the inputs of a file, evenly spread


@pytest.mark.parametrize("kind, file", FILES)
def test_time_grows_with_the_size(tmp_path, kind, file):
    check = Check(tmp_path, kind, file)
    every = list(inputs(kind, file))
    sample = every[:: max(1, len(every) // SAMPLE)]
    measures = [(one, FEW, QUICK) for one in sample] + [(one, size, LONGER) for one, size in once_slow(kind, file)]
    assert [one for one, size, quick in measures if check.growth(one, size, quick) >= LIMIT] == []


# Settings that are compared with the faults of a site, of which each row makes as many: %d is a number.
LINK = '<a href="gone%d">a%d</a>\n'
EXCEPTION = '[[tool.sitecheck.ignore]]\ncode = "LI001"\nreason = "somebody saw it"\n'
SETTINGS = {
    "exceptions for a target": EXCEPTION + 'target = "gone%d"\n',
    "exceptions for a page that is not there": EXCEPTION + 'page = "old%d/*"\n',
    "exceptions for the end of a target": EXCEPTION + 'target = "*ne%d"\n',
    "exceptions for a target on one page": EXCEPTION + 'page = "index.html"\ntarget = "gone%d"\n',
}


@pytest.mark.parametrize("one", SETTINGS.values(), ids=SETTINGS)
def test_time_grows_with_the_settings(tmp_path, one):
    def seconds(count: int) -> float:
        numbers = range(count)
        settings = "".join(one.replace("%d", str(number)) for number in numbers)
        page = "<h1>Home</h1>" + "".join(LINK.replace("%d", str(number)) for number in numbers)
        cases.write(tmp_path, {"pyproject.toml": settings, "site/index.html": page})
        return cpu_seconds(lambda: check(tmp_path))

    assert growth(seconds, 150, LONGER) < LIMIT


def check(folder):
    options = read_config(folder)._replace(cache=False, jobs=1)
    return findings(read_site(folder / "site", None, options=options), select_rules(project=False))


def test_time_grows_with_the_copies(tmp_path):
    def seconds(count: int) -> float:
        names = [f"page{number}.html" for number in range(count)]
        copies = "[tool.sitecheck]\ncopies = " + repr(names).replace(",", ",\n")
        folder = tmp_path / str(count)
        cases.write(folder, {"pyproject.toml": copies} | {f"site/{name}": '<img src="gone">' for name in names})
        return cpu_seconds(lambda: check(folder))

    assert growth(seconds, 30, LONGER) < LIMIT


@pytest.mark.parametrize("case", INPUTS["many"].values(), ids=INPUTS["many"])
def test_time_grows_with_the_number(tmp_path, case):
    def seconds(count: int) -> float:
        site = cases.small_site(many(case, count), tmp_path / str(count))
        selected = select_rules(case.get("families", ()), project="project" in case)
        folder, options = site.listing.folder, site.options
        return cpu_seconds(lambda: findings(read_site(folder, site.project, options=options), selected))

    assert growth(seconds, case["count"], LONGER) < LIMIT


def many(case, count):
    """A case with each file whose name holds %d, and each line that does, `count` times."""

    def each(text: str) -> list[str]:
        return [text.replace("%d", str(number)) for number in range(count if "%d" in text else 1)]

    def files(rows):
        for name, text in rows.items():
            for number, path in enumerate(each(name)):
                own = [text.replace("%d", str(number))]
                lines = own if path != name else map("".join, map(each, text.splitlines(keepends=True)))
                yield path, "".join(lines)

    return case | {part: dict(files(case[part])) for part in ("site", "project") if part in case}


def test_time_grows_with_the_sections_that_are_gone(tmp_path):
    def seconds(count: int) -> float:
        new = "".join(f"<h2 id=part-{number}-new>A</h2>" for number in range(count))
        old = [f"a.md#part-{number}" for number in range(count)]
        case = {"with": "harbor", "project": {"docs/a.md": "# A"}, "site": {"a/index.html": new}, "published": old}
        site = cases.small_site(case, tmp_path)
        return cpu_seconds(lambda: findings(site, select_rules(["SE020"], project=True)))

    assert growth(seconds, 30, LONGER) < LIMIT


# Faults of one page that are looked for in its Markdown and corrected there: what each adds to both.
CORRECTED = {
    "the same link": ("[a%d](hlep.md)\n\n", '<p><a href="hlep.md">a%d</a></p>\n'),
    "links beside sections": ("## A%d {#a%d}\n\nb\n\n", '<h2 id=a%d>A%d</h2><a href="gone-away%d/">b</a>\n'),
    "links to an old address": ("[a%d](/old#a%d)\n\n", '<p><a href="/old#a%d">a%d</a></p>\n'),
}


@pytest.mark.parametrize("markdown, built", CORRECTED.values(), ids=CORRECTED)
def test_time_grows_with_the_corrections(tmp_path, markdown, built):
    def seconds(count: int) -> float:
        def each(words: str) -> str:
            return "".join(words.replace("%d", str(number)) for number in range(count))

        docs = {"docs/index.md": f"# Home\n\n{each(markdown)}", "docs/help.md": "# Help"}
        pages = {"index.html": f"<h1>Home</h1>{each(built)}", "help/index.html": f"<h1>Help</h1>{each('<p id=a%d>')}"}
        site = cases.small_site(
            {"with": "harbor", "project": docs, "site": pages | {"_redirects": "/old /help/"}}, tmp_path
        )
        return cpu_seconds(lambda: fix(site, tmp_path, findings(site, select_rules(["LI"], project=True))))

    assert growth(seconds, 250, LONGER) < LIMIT
