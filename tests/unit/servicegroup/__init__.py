# SPDX-License-Identifier: Apache-2.0
"""Heartbeats and the watchdog."""
