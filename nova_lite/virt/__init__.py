# SPDX-License-Identifier: Apache-2.0
"""What runs the guests: the contract (driver.py) and its drivers (libvirt, fake)."""
