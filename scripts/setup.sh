# Sourced by every verb: keeps .venv equal to a lock in scripts/requirements, and does nothing when it is.
# POSIX sh; asks of the machine only Python 3.11 or newer with venv.
cd "$(dirname "$0")/.."
root=$PWD

export NO_MKDOCS_2_WARNING=1 PYTHONPATH="$root/scripts"

find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "This needs Python 3.11 or newer: install it from your system's packages or python.org, then run this again." >&2
  exit 2
}

# set_up LOCK: install exactly what scripts/requirements/LOCK.txt says, verified by hash.
set_up() {
  lock=scripts/requirements/$1.txt
  if cmp -s "$lock" ".venv/$1.lock"; then return; fi
  if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    echo "Setting up .venv with $("$python" --version), once."
    "$python" -m venv .venv || {
      rm -rf .venv  # a half-made one would be taken for a whole one
      echo "$python cannot make a virtual environment: install its venv module (Debian: python3-venv), then run this again." >&2
      exit 2
    }
  fi
  echo "Installing what $lock lists."
  .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r "$lock" || {
    echo "Some packages could not be installed: the lines above say which. Is there a network?" >&2
    exit 2
  }
  cp "$lock" ".venv/$1.lock"
}

# know_address: export SITE_URL, from a host's own variables when nobody has set it. An empty one is none.
know_address() {
  if [ -n "${SITE_URL-}${NETLIFY-}${CF_PAGES-}${CI_PAGES_URL-}${GITHUB_SERVER_URL-}" ]; then
    SITE_URL=$(.venv/bin/python -m address) || exit 2
  fi
  if [ -n "${SITE_URL-}" ]; then export SITE_URL; else unset SITE_URL; fi
}
