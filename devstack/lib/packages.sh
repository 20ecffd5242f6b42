# shellcheck shell=bash
# System packages: what is missing is installed in one go.

wanted_packages() {
    local packages=(
        python3 python3-venv python3-dev gcc libc6-dev pkg-config # the virtual environment and what it compiles
        libmariadb-dev libvirt-dev
        ca-certificates curl iproute2 iputils-ping openssh-client procps sudo
    )
    if is_controller; then
        packages+=(
            "$(database_package)" rabbitmq-server
            busybox-static e2fsprogs xz-utils zstd # the guest image
            qemu-utils
        )
    fi
    if is_compute && [ "$NOVA_LITE_VIRT_DRIVER" = libvirt ]; then
        packages+=(
            libvirt-daemon-system libvirt-daemon-driver-qemu libvirt-clients
            qemu-system-x86 qemu-utils e2fsprogs
            dnsmasq-base nftables
        )
    fi
    has_systemd || packages+=(supervisor)
    printf '%s\n' "${packages[@]}" | sort -u
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_packages() {
    local missing=() package
    for package in $(wanted_packages); do
        is_installed "$package" || missing+=("$package")
    done
    if [ ${#missing[@]} = 0 ]; then
        note 'all of them were there'
        return
    fi
    # Lists that are older than a day miss packages; on a bare machine there are none.
    if [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -mtime -1 -print -quit 2>/dev/null)" ]; then
        apt-get update -q || fail 'apt-get update failed: does /etc/apt/sources.list name a mirror that answers?'
    fi
    # Servers of packages that are new here are this product's to arrange; clean.sh reads the list.
    remember_new_packages "${missing[@]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -qy --no-install-recommends -o DPkg::Lock::Timeout=120 "${missing[@]}" ||
        { apt-get update -q && apt-get install -qy --no-install-recommends "${missing[@]}"; } ||
        fail "apt-get could not install: ${missing[*]}"
    note "installed: ${missing[*]}"
}

remember_new_packages() {
    mkdir -p "$STATE_DIR"
    printf '%s\n' "$@" >>"$STATE_DIR/packages-installed"
}

was_installed_by_us() {
    grep -qx "$1" "$STATE_DIR/packages-installed" 2>/dev/null
}
