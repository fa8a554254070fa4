#!/usr/bin/env bash
# Installs what the tests drive beside Node: a browser. Safe to run again: what is there is left alone.
set -euo pipefail

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

need_root() {
  [ "$(id -u)" = 0 ] && return
  sudo -n true 2>/dev/null && return
  echo "setup:servers: $1 is not installed, and installing it needs root. Run: sudo apt-get update && sudo apt-get install -y $1" >&2
  exit 1
}

# A mirror that is being updated answers with a stale list once in a while; a second try gets past it.
apt_install() {
  need_root "$1"
  for try in 1 2; do
    if as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null; then
      return
    fi
    echo "setup:servers: installing $1 failed (try $try of 2)" >&2
    sleep 5
  done
  exit 1
}

if ! command -v apt-get >/dev/null && ! command -v chromium >/dev/null; then
  echo "setup:servers: there is no apt-get here; install Chromium as /usr/bin/chromium by hand" >&2
  exit 1
fi
command -v chromium >/dev/null || apt_install chromium
echo "setup:servers: $(chromium --version --no-sandbox 2>/dev/null | head -n 1)"
