"""The address for which the guide is built: what a person or a host says, and what is no address at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from guide.hosts import BadAddress, is_example, site_address
from guide.stages import check_address
from hosting import ROOT, Project

GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "Good-Health/guide"}
NETLIFY = {"NETLIFY": "true", "URL": "https://guide.netlify.app", "DEPLOY_PRIME_URL": "https://pr-7--guide.netlify.app"}
CLOUDFLARE = {"CF_PAGES": "1", "CF_PAGES_URL": "https://8d3f0a1c.guide.pages.dev"}
GITLAB = {"GITLAB_CI": "true", "CI_PAGES_URL": "https://good-health.gitlab.io/guide"}


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, ""),
        ({"SITE_URL": ""}, ""),
        ({"SITE_URL": " \n"}, ""),
        ({"SITE_URL": "https://guide.clinic.test/", **GITHUB}, "https://guide.clinic.test/"),
        ({"SITE_URL": "https://guide.clinic.test", **NETLIFY}, "https://guide.clinic.test/"),
        ({"SITE_URL": "https://guide.clinic.test/oih"}, "https://guide.clinic.test/oih/"),
        ({"SITE_URL": " https://Guide.Clinic.Test:443/Oih\n"}, "https://guide.clinic.test/Oih/"),
        ({"SITE_URL": "http://10.0.0.7:8080"}, "http://10.0.0.7:8080/"),
        ({"SITE_URL": "https://klinik-grün.test"}, "https://xn--klinik-grn-ieb.test/"),
        (GITHUB, "https://good-health.github.io/guide/"),
        ({"SITE_URL": "", **GITHUB}, "https://good-health.github.io/guide/"),
        (GITHUB | {"GITHUB_REPOSITORY": "Good-Health/Good-Health.github.io"}, "https://good-health.github.io/"),
        (GITHUB | {"GITHUB_REPOSITORY": "x/good-health.github.io"}, "https://x.github.io/good-health.github.io/"),
        (GITHUB | {"GITHUB_SERVER_URL": "https://git.clinic.test"}, ""),
        (GITLAB, "https://good-health.gitlab.io/guide/"),
        ({"CI_PAGES_URL": "https://good-health.gitlab.io/guide/"}, "https://good-health.gitlab.io/guide/"),
        ({"GITLAB_CI": "true"}, ""),
        (NETLIFY, "https://guide.netlify.app/"),
        (NETLIFY | {"CONTEXT": "production"}, "https://guide.netlify.app/"),
        (NETLIFY | {"CONTEXT": "deploy-preview"}, "https://pr-7--guide.netlify.app/"),
        (NETLIFY | {"CONTEXT": "branch-deploy", "DEPLOY_PRIME_URL": ""}, "https://guide.netlify.app/"),
        (NETLIFY | GITHUB, "https://guide.netlify.app/"),  # GitHub builds, Netlify serves
        ({"URL": "https://elsewhere.test/", "DEPLOY_PRIME_URL": "https://elsewhere.test/"}, ""),
        ({"NETLIFY": "true"}, ""),
        (CLOUDFLARE, "https://8d3f0a1c.guide.pages.dev/"),
        (CLOUDFLARE | {"CF_PAGES_BRANCH": "hours"}, "https://8d3f0a1c.guide.pages.dev/"),
        (CLOUDFLARE | {"CF_PAGES_BRANCH": "main"}, "https://guide.pages.dev/"),
        ({"CF_PAGES_URL": "https://8d3f0a1c.guide.pages.dev"}, ""),
    ],
)
def test_the_address_comes_from_site_url_or_the_host(environment: dict[str, str], address: str) -> None:
    assert site_address(environment) == address


@pytest.mark.parametrize(
    "value",
    [
        "guide.clinic.test",
        "/guide/",
        "https://",
        "https://guide clinic.test/",
        "https:\\\\guide.clinic.test",
        "ftp://guide.clinic.test/",
        "file:///var/www/guide",
        "javascript:alert(1)",
        "https://me:secret@guide.clinic.test/",
        "https://guide.clinic.test/?lang=en",
        "https://guide.clinic.test/#top",
        "https://guide.clinic.test/index.html",
        "https://guide.clinic.test//guide/",
        "https://guide.clinic.test/\nhttps://other.test/",
        "https://guide.clinic.test:port/",
        "null",
    ],
)
@pytest.mark.parametrize("name", ["SITE_URL", "CI_PAGES_URL"])
def test_an_invalid_address_is_reported_in_one_line(name: str, value: str) -> None:
    with pytest.raises(BadAddress, match=f"^{name} is .*: set SITE_URL to .*") as error:
        site_address({name: value})
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "example"),
    [
        ("", True),
        ("https://guide.example/", True),
        ("https://www.example.com/guide/", True),
        ("https://EXAMPLE.org./", True),
        ("https://guide.invalid/", True),
        ("https://example.clinic.test/", False),
        ("https://my-example.com/", False),
        ("https://localhost/", False),
    ],
)
def test_example_addresses_are_recognized(address: str, example: bool) -> None:
    assert is_example(address) is example


@pytest.mark.parametrize(
    "environment",
    [
        {"CI": "true"},
        {"CI": "1"},
        {"GITLAB_CI": "true"},
        {"NETLIFY": "true"},
        {"CF_PAGES": "1"},
        {"RENDER": "true"},
        {"READTHEDOCS": "True"},
        {"TF_BUILD": "True"},  # Azure
        {"CI": "woodpecker"},
        GITHUB | {"GITHUB_SERVER_URL": "https://git.clinic.test"},
        {"CI": "true", "SITE_URL": "https://guide.example/"},
    ],
)
def test_an_automatic_build_refuses_an_example_address(project: Project, environment: dict[str, str]) -> None:
    with contextlib.chdir(project.root):
        error = check_address(environment)
    line = project.line_of("mkdocs.yml", "site_url:")
    assert error.startswith(f"mkdocs.yml:{line}:1 https://guide.example/ is an example: set the variable SITE_URL")


@pytest.mark.parametrize("environment", [{}, {"CI": ""}, {"NO_COLOR": "1"}])
def test_a_person_may_build_for_an_example_address(project: Project, environment: dict[str, str]) -> None:
    with contextlib.chdir(project.root):
        assert check_address(environment) == ""


def test_an_address_in_mkdocs_yml_counts(edited_site: Path) -> None:
    """For an automatic build, too."""
    assert 'href="https://guide.clinic.test/"' in (edited_site / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("environment", "status", "said"),
    [
        (GITLAB, 0, "https://good-health.gitlab.io/guide/"),
        ({"SITE_URL": ""}, 0, "none"),
        ({}, 0, "none"),
        ({"SITE_URL": "guide.clinic.test"}, 2, "SITE_URL is 'guide.clinic.test'"),
    ],
)
def test_commands_export_the_address_of_the_host(environment: dict[str, str], status: int, said: str) -> None:
    command = ["sh", "-ec", '. scripts/setup.sh; know_address; echo "${SITE_URL-none}"', "scripts/verb"]
    environment = {"PATH": os.environ["PATH"], **environment}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode == status
    assert (run.stdout + run.stderr).startswith(said)


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"CI": "true"}, "https://localhost/"),
        ({"CI": "true", "SITE_URL": "https://guide.clinic.test/"}, "https://guide.clinic.test/"),
        ({"CI": "true", "GITHUB_ACTIONS": "true"}, "none"),  # then the build knows, or fails
    ],
)
def test_ci_outside_of_github_builds_for_localhost(tmp_path, environment, address) -> None:
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / "scripts").mkdir()
    for verb in ("build", "test"):
        (tmp_path / "scripts" / verb).write_text('#!/bin/sh\necho "${SITE_URL-none}"\n')
        (tmp_path / "scripts" / verb).chmod(0o755)
    environment = {"PATH": os.environ["PATH"], **environment}
    run = subprocess.run([tmp_path / ".ci" / "run"], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.split() == [address, address]
