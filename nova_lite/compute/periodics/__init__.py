# SPDX-License-Identifier: Apache-2.0
"""Periodic work of a host, one file a task; the manager's list says how often."""
