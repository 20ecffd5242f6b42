# SPDX-License-Identifier: Apache-2.0
"""Guests of QEMU and KVM by libvirt; driver.py is the front door."""
