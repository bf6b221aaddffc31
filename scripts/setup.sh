# Sourced by every command: installs a lock of scripts/requirements into .venv, unless that is done already.
# POSIX sh; needs only Python 3.11 or newer with venv.
cd "${0%"${0##*/}"}./.."
root=$PWD

export NO_MKDOCS_2_WARNING=1 PYTHONPATH="$root/scripts"
unset PYTHONDONTWRITEBYTECODE  # to compile our modules each time takes an eighth of a second

case ${OS-} in  # which Windows sets; uname would start a process
  Windows_NT)  # Git Bash: there a virtual environment has other folders, and UTF-8 is not the default
    bin=.venv/Scripts
    export PYTHONUTF8=1 ;;
  *) bin=.venv/bin ;;
esac

# fail MESSAGE: print one line and exit with 2, "could not run".
fail() {
  echo "$1" >&2
  exit 2
}

find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  fail "This needs Python 3.11 or newer: install it from your system's packages or python.org, then run this again."
}

# unsupported SYSTEM MACHINE LIBC: print why the locked packages cannot be installed there, or nothing.
# All packages have wheels for these systems: Linux with glibc (x86-64, ARM64), macOS on ARM64, Windows on x86-64.
unsupported() {
  case $1:$2 in
    Darwin:x86_64) echo "This does not work on a Mac with an Intel processor: turbohtml, which reads the pages, has no package for it. Use a Mac with Apple silicon or a Linux machine, or edit in the browser (CONTRIBUTING.md)." ;;
    Linux:x86_64 | Linux:aarch64)
      case $3 in *musl*) echo "This does not work on a Linux with musl, such as Alpine: watchdog, which MkDocs needs, has no package for it. Use one with glibc, such as Debian or Ubuntu; a container will do." ;; esac ;;
    MINGW*:x86_64 | MSYS*:x86_64 | CYGWIN*:x86_64 | Darwin:arm64) ;;
    *) echo "This does not work on $1 with a $2 processor: some packages are not available for it. Use Linux on x86-64 or ARM64, a Mac with Apple silicon, or Windows on x86-64." ;;
  esac
}

# venv_works: whether .venv is complete and its Python still runs; the system may have replaced that by a newer one.
venv_works() {
  [ -e .venv/made ] || [ -e .venv/site.lock ] || [ -e .venv/test.lock ] || return 1
  { read -r made <.venv/made && [ "$bin/python" -ef "$made" ]; } 2>/dev/null ||  # the same Python: no need to start it
    "$bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

make_venv() {
  python=$(find_python)
  echo "Setting up .venv with $("$python" --version)." >&2
  rm -rf .venv
  "$python" -m venv .venv || {
    rm -rf .venv
    fail "$python cannot make a virtual environment: install its venv module (Debian: python3-venv), then run this again."
  }
  # The Python that .venv needs, and not .venv's own: on Windows that is a copy.
  "$python" -c 'import os, sys; print(os.path.realpath(sys.executable))' >.venv/made
}

# set_up LOCK: install exactly the packages of scripts/requirements/LOCK.txt, verified by hash.
set_up() {
  lock=scripts/requirements/$1.txt
  if cmp -s "$lock" ".venv/$1.lock" && venv_works; then return; fi
  why=$(unsupported "$(uname -s)" "$(uname -m)" "$(ldd --version 2>&1)")
  [ -z "$why" ] || fail "$why"
  [ -w . ] || fail "$root cannot be written to, and .venv belongs there: copy the folder to one of your own, then run this again."
  venv_works || make_venv
  echo "Installing what $lock lists." >&2
  output=$("$bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r "$lock" 2>&1) ||
    fail "Some packages could not be installed. Is there a network? Run this again when there is. ($(echo "$output" | grep . | tail -n 1))"
  rm -rf .venv/templates  # another release of Jinja may compile them differently
  cp "$lock" ".venv/$1.lock"
}

# know_address: export SITE_URL, from the host's variables if it is not set. An empty value counts as not set.
know_address() {
  if [ -n "${SITE_URL-}${NETLIFY-}${CF_PAGES-}${CI_PAGES_URL-}${GITHUB_SERVER_URL-}" ]; then
    SITE_URL=$("$bin/python" -m guide.hosts) || exit 2
  fi
  if [ -n "${SITE_URL-}" ]; then export SITE_URL; else unset SITE_URL; fi
}
