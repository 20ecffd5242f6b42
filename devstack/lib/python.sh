# shellcheck shell=bash
# Virtual environments; the one with the product and what it needs.

make_environment() {
    make_venv "$VENV"
    install_requirements
    install_product
}

make_venv() { # $1
    # A system upgrade to another Python leaves a venv that does not start.
    if "$1/bin/python" -c 'import pip' 2>/dev/null; then
        return
    fi
    rm -rf "$1"
    mkdir -p "$PREFIX"
    python3 -m venv "$1"
}

install_requirements() {
    local stamp
    stamp=$({ "$VENV/bin/python" --version && cat "$SOURCE/requirements.txt" "$SOURCE/constraints.txt" &&
        pkg-config --modversion libvirt && echo "$NOVA_LITE_API_SERVER"; } | sha256sum)
    if [ "$stamp" = "$(cat "$VENV/.requirements" 2>/dev/null)" ]; then
        return
    fi
    rm -f "$VENV/.product"
    { pip install -c "$SOURCE/constraints.txt" -r "$SOURCE/requirements.txt" pip setuptools wheel &&
        { ! has_uwsgi || install_uwsgi "$VENV" "$SOURCE/constraints.txt"; }; } ||
        fail "pip could not install the requirements; does pip's package index answer? (pip config list)"
    echo "$stamp" >"$VENV/.requirements"
}

# uWSGI has the Python in it that it was built with; pip's cache would take it for another one's too.
install_uwsgi() { # into $1, with the versions of $2
    pip_of "$1" install --no-cache-dir -c "$2" uwsgi
}

install_product() {
    local copy stamp
    stamp=$(source_checksum)
    if [ "$stamp" = "$(cat "$VENV/.product" 2>/dev/null)" ]; then
        return
    fi
    # From a copy: building leaves files behind, which root must not put into somebody's checkout.
    copy=$(mktemp -d)
    product_files | tar -C "$SOURCE" -c -T - | tar -C "$copy" -x --no-same-owner
    PBR_VERSION=$(product_version) pip install --no-deps --no-build-isolation --force-reinstall "$copy"
    rm -rf "$copy"
    echo "$stamp" >"$VENV/.product"
    touch "$VENV/.changed"
}

pip() { pip_of "$VENV" "$@"; }

pip_of() { # $1 the environment, then pip's command and arguments
    PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
        "$1/bin/python" -m pip "$2" -q "${@:3}"
}

product_files() {
    (cd "$SOURCE" && find nova_lite etc setup.py setup.cfg pyproject.toml requirements.txt README* LICENSE* \
        -type f ! -name '*.pyc' 2>/dev/null | LC_ALL=C sort)
}

source_checksum() {
    (cd "$SOURCE" && product_files | tr '\n' '\0' | xargs -0 sha256sum | sha256sum)
}

product_version() {
    local described
    # A tag and the commits since; a copy without git has what setup.py names.
    described=$(git -c safe.directory='*' -C "$SOURCE" describe --tags 2>/dev/null || true)
    if [[ $described =~ ^v?([0-9]+\.[0-9]+\.[0-9]+)(-([0-9]+)-g[0-9a-f]+)?$ ]]; then
        echo "${BASH_REMATCH[1]}${BASH_REMATCH[3]:+.post${BASH_REMATCH[3]}}"
    else
        sed -n "s/^VERSION_WITHOUT_GIT = '\(.*\)'/\1/p" "$SOURCE/setup.py"
    fi
}
