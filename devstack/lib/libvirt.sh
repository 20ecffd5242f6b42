# shellcheck shell=bash
# libvirt: the daemon that runs the guests.

LIBVIRT_URI=qemu:///system

libvirt_answers() { virsh -q -c "$LIBVIRT_URI" version >/dev/null 2>&1; }

start_libvirt() {
    if [ "$NOVA_LITE_VIRT_DRIVER" != libvirt ]; then
        return
    fi
    start_system_service virtlogd virtlogd virtlogd_answers "journalctl -u virtlogd"
    start_system_service libvirt libvirtd libvirt_answers "journalctl -u libvirtd"
}

# Under systemd its socket starts it.
virtlogd_answers() { [ -S /run/libvirt/virtlogd-sock ] && { has_systemd || pgrep -x virtlogd >/dev/null; }; }

# The names of the domains that compute has made, running or not.
our_domains() {
    local uuid
    for uuid in $(virsh -q -c "$LIBVIRT_URI" list --all --uuid 2>/dev/null); do
        if virsh -q -c "$LIBVIRT_URI" dumpxml "$uuid" 2>/dev/null | grep -q "$STATE_DIR/instances/"; then
            echo "$uuid"
        fi
    done
}

our_running_domains() {
    local uuid running
    running=$(virsh -q -c "$LIBVIRT_URI" list --uuid)
    for uuid in $(our_domains); do
        ! grep -q "$uuid" <<<"$running" || echo "$uuid"
    done
}

remove_domains() {
    local uuid
    for uuid in $(our_domains); do
        virsh -q -c "$LIBVIRT_URI" destroy "$uuid" 2>/dev/null || true
        virsh -q -c "$LIBVIRT_URI" undefine "$uuid" --nvram --managed-save --snapshots-metadata ||
            virsh -q -c "$LIBVIRT_URI" undefine "$uuid"
        note "libvirt: domain $uuid"
    done
}
