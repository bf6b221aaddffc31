"""Plain `mkdocs build` and `mkdocs gh-deploy`: the finished and checked site, or our report and a status."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.__main__ import cli
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

import packed_once
from guide import templates
from hosting import EPOCH, ROOT, Outcome, Project, captured_output, environ


def mkdocs(project: Project, *arguments: str, **environment: str) -> Outcome:
    """The command of MkDocs, in this process: to load all anew takes as long as a build."""
    with contextlib.chdir(project.root), environ(**environment), captured_output() as printed:
        with pytest.raises(SystemExit) as ended:
            cli(arguments, prog_name="mkdocs")
        return Outcome(ended.value.code or 0, printed())


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_mkdocs_build_makes_the_same_site_as_scripts_build(project: Project, site: Path, tmp_path: Path) -> None:
    """Whatever the folder in which it is started, in a process of its own."""
    options = ["--strict", "--config-file", f"{project.root.name}/mkdocs.yml", "--site-dir", str(tmp_path / "plain")]
    command = [sys.executable, packed_once.__file__, "mkdocs", "build", *options]
    environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": str(ROOT / "scripts")}
    run = subprocess.run(command, cwd=project.root.parent, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert files_of(tmp_path / "plain") == files_of(site)


MISTAKES = {  # file, what becomes what, a pattern of how the first line of the report begins
    "a section that is missing": (
        "docs/index.md",
        "{#key-points}",
        "{#key-point}",
        r"docs/index.md:\d+:\d+ SE003 .*#key-points",
    ),
    "before the build": ("docs/index.md", "# ", "# {{ clinic.fone }} ", "docs/index.md:10:6 CF008 there is no fact"),
    "nav, alone": ("mkdocs.yml", "  - terms.md\n", "    - terms.md\n", "mkdocs.yml:{before}:5 indent"),
    "a template": ("overrides/clinic/footer.html", "</footer>", "{{ page.no.no }}</footer>", "overrides/clinic/footer"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_stops_mkdocs_with_our_report(project: Project, mistake: tuple[str, ...]) -> None:
    file, old, new, begins = mistake
    line = project.line_of(file, old.strip("( \n"))
    project.replace(file, old, new, times=1)
    outcome = mkdocs(project, "build")
    told = [each for each in outcome.lines if re.match(r"[\w./-]+:\d+:\d+ ", each)]
    assert outcome.status == 1
    assert "Traceback" not in outcome.text
    assert re.match(begins.format(line=line, before=line - 1), told[0]), outcome.text
    assert len(told) == 1, outcome.text


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--no-directory-urls"], "Leave out --no-directory-urls"),
        (["--theme", "readthedocs"], "Leave out --theme"),
        (["--theme", "material"], "Leave out --theme"),
        (["--site-dir", "overrides"], "MkDocs would empty overrides/"),
    ],
)
def test_an_option_that_would_break_the_guide_is_refused(project: Project, options: list[str], says: str) -> None:
    before = files_of(project.root / "overrides")
    outcome = mkdocs(project, "build", *options)
    assert outcome.status == 2
    assert says in outcome.text
    assert files_of(project.root / "overrides") == before


AUTHOR = {f"GIT_{who}_{what}": "a@x.test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@pytest.fixture
def published(project: Project, tmp_path: Path) -> Path:
    """A repository that the project pushes to."""
    remote = tmp_path / "bare"
    here = ["git", "-C", str(project.root)]
    for command in (
        ["git", "init", "-q", "--bare", str(remote)],
        [*here, "init", "-q"],
        [*here, "commit", "-q", "--allow-empty", "-m", "A"],
        [*here, "remote", "add", "bare", str(remote)],
    ):
        subprocess.run(command, check=True, env=os.environ | AUTHOR)
    return remote


def in_branch(remote: Path) -> list[str]:
    command = ["git", "-C", str(remote), "ls-tree", "-r", "--name-only", "gh-pages"]
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()


def test_gh_deploy_pushes_the_finished_site(project: Project, published: Path) -> None:
    address = "https://guide.clinic.test/"
    outcome = project.run("mkdocs", "gh-deploy", "--remote-name", "bare", SITE_URL=address, **AUTHOR)
    assert outcome.status == 0, outcome.text
    assert {"sw.js", "print/index.html", "index.html"} <= set(in_branch(published))


@pytest.mark.parametrize(
    ("words", "address", "why"),
    [
        ("## What helps", "", "mkdocs.yml:4:1 https://guide.example/ is an example"),
        ("The addict went.\n\n## What helps", "https://guide.clinic.test/", "PL002"),
    ],
)
def test_gh_deploy_pushes_nothing_with_a_finding(project, published: Path, words: str, address: str, why: str) -> None:
    project.replace("docs/index.md", "## What helps", words)
    outcome = mkdocs(project, "gh-deploy", "--remote-name", "bare", SITE_URL=address, **AUTHOR)
    assert outcome.status == 1
    assert why in outcome.text
    assert in_branch(published) == []


def test_a_compiled_template_that_cannot_be_kept_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "COMPILED", tmp_path / "compiled")
    (tmp_path / "page.html").write_text("words", "utf-8")
    config = MkDocsConfig()
    config.theme = Theme(name=None, custom_dir=str(tmp_path))
    templates.use(config)
    shutil.rmtree(templates.COMPILED)
    assert config.theme.get_env().get_template("page.html").render() == "words"
