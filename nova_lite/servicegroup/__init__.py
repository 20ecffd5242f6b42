# SPDX-License-Identifier: Apache-2.0
"""Whether a daemon lives: its heartbeat, and the watchdog of systemd."""
