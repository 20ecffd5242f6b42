# SPDX-License-Identifier: Apache-2.0
"""Periodic work of a host."""
