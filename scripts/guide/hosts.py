"""The address of the published site: SITE_URL, else from the variables of the host that builds and serves it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

import ada_url

# Variables of CI services and hosts: nobody watches the build, and its result may be published.
AUTOMATIC = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "NETLIFY", "CF_PAGES", "RENDER", "READTHEDOCS", "TF_BUILD", "VERCEL")
# Names that are reserved and never resolve (RFC 2606, RFC 6761).
EXAMPLE = re.compile(r"(^|\.)(example(\.(com|net|org))?|invalid)\.?$")
PRODUCTION = ("main", "master", "production")  # Cloudflare Pages does not name the production branch


class BadAddress(Exception):
    """One line that names the variable without a usable address, and what to set."""


def site_address(environment: Mapping[str, str]) -> str:
    """Return the address with a slash at its end, "" when the environment has none. Raises BadAddress."""
    name, value = address_variable(environment)
    return normalized(name, value) if value else ""


def address_variable(environment: Mapping[str, str]) -> tuple[str, str]:
    """Return the name of the variable that decides, and the address from it.

    SITE_URL comes first, then hosts that build the site themselves. GitHub is last: it may build for another host.
    """

    def get(name: str) -> str:
        return environment.get(name, "").strip()

    if get("SITE_URL"):
        return "SITE_URL", get("SITE_URL")
    if get("NETLIFY") == "true":  # docs.netlify.com/build/configure-builds/environment-variables
        name = "URL" if get("CONTEXT") in ("", "production") or not get("DEPLOY_PRIME_URL") else "DEPLOY_PRIME_URL"
        return name, get(name)
    if get("CF_PAGES") == "1":  # developers.cloudflare.com/pages/configuration/build-configuration
        return "CF_PAGES_URL", cloudflare_address(get("CF_PAGES_URL"), get("CF_PAGES_BRANCH"))
    if get("CI_PAGES_URL"):  # docs.gitlab.com/ci/variables/predefined_variables
        return "CI_PAGES_URL", get("CI_PAGES_URL")
    if get("GITHUB_SERVER_URL") == "https://github.com" and get("GITHUB_REPOSITORY"):
        return "GITHUB_REPOSITORY", github_address(get("GITHUB_REPOSITORY"))
    return "", ""


def github_address(repository: str) -> str:
    """Return where GitHub Pages serves OWNER/NAME. The repository OWNER.github.io is at the root of its host."""
    owner, _, name = repository.partition("/")
    host = f"{owner}.github.io".lower()
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def cloudflare_address(deployment: str, branch: str) -> str:
    """Return the public address of a Cloudflare Pages deployment, given as https://HASH.PROJECT.pages.dev."""
    parts = deployment.rstrip("/").split(".")
    if branch in PRODUCTION and len(parts) == 4 and parts[2:] == ["pages", "dev"]:
        return f"https://{parts[1]}.pages.dev/"
    return deployment


def normalized(name: str, value: str) -> str:
    """Return an address as browsers normalize it, with a slash at its end. Raises BadAddress."""
    bad = BadAddress(f"{name} is {value!r}: set SITE_URL to the address of the start page, as in https://host/guide/")
    try:
        url = ada_url.URL(value)
    except ValueError:
        raise bad from None
    extra = url.search or url.hash or url.username or url.password
    if url.protocol not in ("http:", "https:") or not url.hostname or extra or re.search(r"\s|\\", value):
        raise bad
    if "//" in url.pathname or re.search(r"\.html?/?$", url.pathname):
        raise bad
    return url.href.rstrip("/") + "/"


def is_example(address: str) -> bool:
    """Return whether an address is empty or a reserved example, which no reader can open."""
    return not address or bool(EXAMPLE.search((urlsplit(address).hostname or "").lower()))


def is_automatic_build(environment: Mapping[str, str]) -> bool:
    """Return whether a host or a CI service runs this build."""
    return any(environment.get(name, "").lower() not in ("", "false", "0") for name in AUTOMATIC)  # CI=woodpecker


def main() -> int:
    """Print the address for scripts/setup.sh, or one line that says what is wrong with it."""
    try:
        print(site_address(os.environ))
    except BadAddress as reason:
        print(reason, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
