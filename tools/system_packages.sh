#!/usr/bin/env bash
# Installs the system packages that the tests need, where it may; else names the one command and goes on.
set -uo pipefail
packages=()
command -v flite >/dev/null 2>&1 || packages+=(flite)
command -v chromium >/dev/null 2>&1 || packages+=(chromium)
[ ${#packages[@]} -eq 0 ] && exit 0

wanted="apt-get install -y ${packages[*]}"
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Not on Debian: install ${packages[*]} by hand, or the tests that need them are skipped." >&2
  exit 0
fi
if [ "$(id -u)" -eq 0 ]; then as_root=""
elif sudo -n true >/dev/null 2>&1; then as_root="sudo -n"
else
  echo "Run \`sudo $wanted\`, or the tests that need ${packages[*]} are skipped." >&2
  exit 0
fi
echo "Installing ${packages[*]} for the tests ..." >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq >/dev/null && $as_root env DEBIAN_FRONTEND=noninteractive $wanted -qq >/dev/null ||
  echo "That failed. Run \`$wanted\` by hand, or the tests that need ${packages[*]} are skipped." >&2
exit 0
