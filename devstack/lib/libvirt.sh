# shellcheck shell=bash
# libvirt: the daemon that runs the guests.

LIBVIRT_URI=qemu:///system

# As the compute service sees it, which is not root.
libvirt_answers() { runuser -u "$SERVICE_USER" -- virsh -q -c "$LIBVIRT_URI" version >/dev/null 2>&1; }

# Under systemd its socket starts it.
virtlogd_answers() { [ -S /run/libvirt/virtlogd-sock ] && { has_systemd || pgrep -x virtlogd >/dev/null; }; }

start_libvirt() {
    if [ "$NOVA_LITE_VIRT_DRIVER" != libvirt ]; then
        return
    fi
    open_kvm_device
    start_system_service virtlogd virtlogd virtlogd_answers "journalctl -u virtlogd"
    if ! has_systemd; then
        refuse_foreign_libvirtd
        install -m 0644 "$SOURCE/etc/supervisor/libvirtd.conf" "$CONFIG_DIR/libvirtd.conf"
    fi
    start_system_service libvirt libvirtd libvirt_answers "the log of libvirtd"
}

# udev gives the device to the group kvm. Where no udev runs (containers) nobody does, and libvirt, which sees KVM but
# can not use it, then asks QEMU anew for each guest what it can do, which takes seconds.
open_kvm_device() {
    [ -e /dev/kvm ] && getent passwd libvirt-qemu >/dev/null || return 0
    if ! runuser -u libvirt-qemu -- test -w /dev/kvm; then
        chgrp kvm /dev/kvm
        chmod 0660 /dev/kvm
    fi
}

# One that somebody has started by hand asks polkit, which does not run here, and lets only root in.
refuse_foreign_libvirtd() {
    local pid
    pid=$(cat /run/libvirtd.pid 2>/dev/null) || return 0
    if kill -0 "$pid" 2>/dev/null && ! libvirt_answers; then
        fail "libvirtd (process $pid) runs, but does not let the user $SERVICE_USER in. Stop it (kill $pid; guests go on)
and run this again: it is then started with a configuration that does."
    fi
}

# The names of the domains that compute has made, running or not.
our_domains() {
    local uuid
    for uuid in $(virsh -q -c "$LIBVIRT_URI" list --all --uuid 2>/dev/null); do
        if grep -q "$STATE_DIR/instances/" <<<"$(virsh -q -c "$LIBVIRT_URI" dumpxml "$uuid" 2>/dev/null)"; then
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
    command -v virsh >/dev/null || return 0
    if ! virsh -q -c "$LIBVIRT_URI" version >/dev/null; then
        note 'libvirt does not answer: guests, if there are any, stay'
        return
    fi
    for uuid in $(our_domains); do
        virsh -q -c "$LIBVIRT_URI" destroy "$uuid" 2>/dev/null || true
        virsh -q -c "$LIBVIRT_URI" undefine "$uuid" --nvram --managed-save --snapshots-metadata ||
            virsh -q -c "$LIBVIRT_URI" undefine "$uuid"
        note "libvirt: domain $uuid"
    done
}
