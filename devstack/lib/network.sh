# shellcheck shell=bash
# What compute has made on this host for the guests' networks, and its removal.

remove_networks() {
    # The product's own way knows all that it has made; the rest also works where it is broken.
    if [ -e "$CONFIG_DIR/compute.conf" ] && [ -x "$VENV/bin/python" ]; then
        "$VENV/bin/python" - "$CONFIG_DIR/compute.conf" <<'END' || true
import sys
from nova_lite import conf, privsep
from nova_lite.privsep import guest_network
conf.CONF(['--config-file', sys.argv[1]], project='nova_lite')
privsep.start()
guest_network.clear()
END
    fi
    local directory
    for directory in "$STATE_DIR"/networks/*/; do
        [ -d "$directory" ] || continue
        remove_bridge "$(basename "$directory")" "$directory"
    done
    remove_rules
}

remove_bridge() { # $1 its name, $2 the directory of its dnsmasq
    local pid
    ! has_systemd || systemctl stop "nova-lite-dnsmasq-$1" 2>/dev/null || true
    pid=$(cat "$2/pid" 2>/dev/null || true)
    if [ -n "$pid" ] && grep -q dnsmasq "/proc/$pid/comm" 2>/dev/null; then
        kill "$pid"
    fi
    if [ -d "/sys/class/net/$1/bridge" ]; then
        ip link delete "$1"
    fi
    note "network: bridge $1 and its dnsmasq"
}

remove_rules() {
    command -v nft >/dev/null || return 0
    local family
    for family in bridge ip; do
        if nft list table "$family" nova_lite >/dev/null 2>&1; then
            nft delete table "$family" nova_lite
            note "nftables: table $family nova_lite"
        fi
    done
}
