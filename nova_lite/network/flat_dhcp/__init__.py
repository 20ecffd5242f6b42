# SPDX-License-Identifier: Apache-2.0
"""Flat networks with DHCP: on each host a bridge, a dnsmasq and packet rules a network.

Every host is gateway, DHCP server and way to the metadata for its own guests
only, with the same address on each, so no host is a bottleneck and none is
missed by others. host.py acts, plan.py says what is wanted in plain values, and
nova_lite/privsep does it as root.
"""
