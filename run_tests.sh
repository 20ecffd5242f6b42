#!/bin/bash
# Run the tests, on a bare machine too: what they need is installed first.
#
#   ./run_tests.sh                     style contract unit functional live docs
#   ./run_tests.sh unit functional     these parts only
#   ./run_tests.sh unit -- scheduler   what follows -- goes to stestr
#
# Parts: style       ruff, import layers, types, release notes, shellcheck
#        contract    what must hold for the source as a whole: sizes, schemas, versions ...
#        unit        one file of tests for each file of the package
#        functional  all daemons in one process: real database, fake hypervisor and broker
#        live        daemons as processes: RabbitMQ, MariaDB and libvirt of this machine
#        chaos       the long form of the faults of which live runs a sample
#        bench       figures, no verdict; kept in tests/bench/results
#        docs        the documentation, warnings as errors
#
# Options: --here     use the active Python environment and install nothing (tox does)
#          -h         this text
#
# As root, missing system packages are installed (Debian, Ubuntu), and the servers that live
# tests need are started if they do not run, and stopped again. A stack on the same machine is
# not touched: virtual host, database and directories of a run are its own. Not as root, the
# parts that need root are skipped, and said so.
set -u -o pipefail
cd "$(dirname "$(readlink -f "$0")")" || exit 2

PARTS_BY_DEFAULT=(style contract unit functional live docs)
ALL_PARTS=(style contract unit functional live chaos bench docs)
VENV=${NOVA_LITE_VENV:-$PWD/.venv}
# Keystone, Glance and the client, for live tests; none of theirs goes into our own environment.
COMPANIONS=${NOVA_LITE_COMPANIONS:-$PWD/.companions}
RUN=r$$x$(date +%s)

# What builds the bindings to libvirt and MariaDB, and what the live tests talk to.
BUILD_PACKAGES=(python3-venv python3-dev gcc libc6-dev pkg-config libvirt-dev libmariadb-dev)
LIVE_PACKAGES=(rabbitmq-server mariadb-server postgresql libvirt-daemon-system libvirt-daemon-driver-qemu
    libvirt-clients qemu-system-x86 qemu-utils dnsmasq-base nftables iptables iproute2 iputils-ping procps
    curl openssh-client busybox-static e2fsprogs xz-utils zstd wrk)

usage() { sed -n '2,/^set -u/p' "$0" | sed '$d; s/^# \{0,1\}//'; }
say() { printf '\n== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }

# --- the command line -------------------------------------------------------

parts=() ; stestr_args=() ; here=no
while [ $# -gt 0 ]; do
    case $1 in
        -h|--help) usage; exit 0 ;;
        --here) here=yes ;;
        --) shift; stestr_args=("$@"); break ;;
        *) [[ " ${ALL_PARTS[*]} " == *" $1 "* ]] || { echo "unknown part: $1" >&2; usage >&2; exit 2; }
           parts+=("$1") ;;
    esac
    shift
done
[ ${#parts[@]} -gt 0 ] || parts=("${PARTS_BY_DEFAULT[@]}")
chosen() { [[ " ${parts[*]} " == *" $1 "* ]]; }

# --- what the tests need ----------------------------------------------------

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_packages() {
    local wanted=("${BUILD_PACKAGES[@]}") missing=() package
    if chosen style; then wanted+=(shellcheck); fi
    if chosen live || chosen chaos || chosen bench; then wanted+=("${LIVE_PACKAGES[@]}"); fi
    if ! command -v dpkg-query >/dev/null; then
        note "not Debian or Ubuntu: assuming that these, or what corresponds, are installed: ${wanted[*]}"
        return
    fi
    for package in "${wanted[@]}"; do is_installed "$package" || missing+=("$package"); done
    if [ "$(id -u)" != 0 ]; then
        [ ${#missing[@]} = 0 ] || note "not installed, and not root: apt-get install ${missing[*]}"
        return 0
    fi
    # The guest image is built from packages too, so apt has to know them.
    if [ ${#missing[@]} -gt 0 ] || [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit)" ]; then
        apt-get update -q >"$log" 2>&1 || { tail -20 "$log"; return 1; }
    fi
    [ ${#missing[@]} -gt 0 ] || return 0
    say "system packages: ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
        -o DPkg::Lock::Timeout=120 "${missing[@]}" >"$log" 2>&1 || { tail -20 "$log"; return 1; }
}

install_environment() {
    local inputs=(requirements.txt test-requirements.txt doc/requirements.txt constraints.txt setup.cfg)
    local stamp
    stamp=$({ python3 --version; echo "$PWD"; cat "${inputs[@]}"; } | sha256sum)
    [ "$(cat "$VENV/.stamp" 2>/dev/null)" != "$stamp" ] || return 0
    say "Python environment: $VENV"
    { [ -x "$VENV/bin/python" ] || python3 -m venv "$VENV"; } &&
    pip_quietly -r requirements.txt -r test-requirements.txt -r doc/requirements.txt \
        pip setuptools wheel &&
    pip_quietly --no-deps --no-build-isolation -e . || return 1
    echo "$stamp" >"$VENV/.stamp"
}

pip_quietly() {
    "$VENV/bin/python" -m pip install -q --disable-pip-version-check -c constraints.txt "$@" >"$log" 2>&1 ||
        { tail -20 "$log"; return 1; }
}

install_companions() {
    local place=devstack/companions stamp
    stamp=$({ python3 --version; cat "$place/requirements.txt" "$place/constraints.txt"; } | sha256sum)
    [ "$(cat "$COMPANIONS/.stamp" 2>/dev/null)" != "$stamp" ] || return 0
    say "Keystone, Glance and the client: $COMPANIONS"
    [ -x "$COMPANIONS/bin/python" ] || python3 -m venv "$COMPANIONS" || return 1
    # uWSGI has the Python in it that it was built with; pip would take it for another one's too.
    pip_of_companions --no-cache-dir uwsgi && pip_of_companions -r "$place/requirements.txt" || return 1
    echo "$stamp" >"$COMPANIONS/.stamp"
}

pip_of_companions() {
    "$COMPANIONS/bin/python" -m pip install -q --disable-pip-version-check \
        -c devstack/companions/constraints.txt "$@" >"$log" 2>&1 || { tail -20 "$log"; return 1; }
}

# --- the parts --------------------------------------------------------------

failed=() ; ran_tests=no

check() {   # one check of a part: $1 part, then the command
    local part=$1; shift
    printf '   %s\n' "$*"
    "$@" >"$log" 2>&1 || { cat "$log"; failed+=("$part ($1)"); }
}

style() {
    say style
    check style ruff check .
    check style lint-imports
    check style mypy
    check style reno --quiet lint
    if command -v shellcheck >/dev/null; then
        mapfile -t scripts < <(find devstack -name '*.sh' -not -path '*/lib/*')
        check style shellcheck run_tests.sh .ci/run "${scripts[@]}"
    else
        note 'skipped: shellcheck is not installed'
    fi
}

docs() {
    say docs
    check docs sphinx-build -W --keep-going -q -b html doc/source doc/build/html
}

tests_of() {   # $1 part, then options for stestr
    local part=$1; shift
    say "$part"
    if [ -z "$(find "tests/$part" -name 'test_*.py' -print -quit 2>/dev/null)" ]; then
        note "skipped: there are no tests in tests/$part"
        return
    fi
    local stestr=(stestr --test-path "./tests/$part" --top-dir .)
    if [ ${#stestr_args[@]} -gt 0 ] && [ -z "$("${stestr[@]}" list "${stestr_args[@]}" 2>/dev/null)" ]; then
        note "skipped: no test here matches ${stestr_args[*]}"
        return
    fi
    [ $ran_tests = no ] || set -- --combine "$@"
    "${stestr[@]}" run "$@" "${stestr_args[@]}" || failed+=("$part")
    ran_tests=yes
}

live() {   # $1: live or chaos. One after the other: each has the whole machine
    if [ "$(id -u)" != 0 ]; then
        say "$1"
        note 'skipped: needs root (accounts in RabbitMQ and MariaDB, networks, guests)'
        return
    fi
    start_services
    tests_of "$1" --serial
}

bench() {
    say bench
    start_services
    python -m tests.bench || failed+=(bench)
}

services_up=no
start_services() {
    [ $services_up = no ] || return 0
    services_up=yes
    say 'servers for the live tests'
    python -m tests.live.services start "$RUN" 2>&1 | sed 's/^/   /'
}

finish() {
    if [ $services_up = yes ]; then
        services_up=no
        python -m tests.live.services stop "$RUN" 2>&1 | sed 's/^/   /'
    fi
    rm -f "$log"
}

log=$(mktemp) || exit 2
trap finish EXIT
trap 'exit 130' INT TERM
# With a version given, pbr needs no git.
export NOVA_LITE_TEST_RUN=$RUN NOVA_LITE_COMPANIONS=$COMPANIONS PBR_VERSION=${PBR_VERSION:-0.1.0} PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8

if [ $here = no ]; then
    install_packages || { echo 'The system packages could not be installed.' >&2; exit 1; }
    install_environment || { echo 'The Python environment could not be made.' >&2; exit 1; }
    if [ "$(id -u)" = 0 ] && { chosen live || chosen bench; }; then
        install_companions || { echo 'Keystone and Glance could not be installed.' >&2; exit 1; }
    fi
    export PATH=$VENV/bin:$PATH VIRTUAL_ENV=$VENV
fi

started=$SECONDS
for part in "${ALL_PARTS[@]}"; do
    chosen "$part" || continue
    case $part in
        style) style ;;
        docs) docs ;;
        bench) bench ;;
        live|chaos) live "$part" ;;
        *) tests_of "$part" ;;
    esac
done

if [ $ran_tests = yes ]; then
    say "totals of ${parts[*]} ($((SECONDS - started)) s)"
    stestr last --force-subunit-trace 2>/dev/null | sed -n '/^Totals$/,/^Sum of/p'
fi
status=0
if [ ${#failed[@]} -gt 0 ]; then
    status=1
    say "FAILED: $(IFS=,; echo "${failed[*]}")"
fi
finish
if [ $ran_tests = yes ]; then
    stestr last --subunit | python -m tests.totals
fi
exit $status
