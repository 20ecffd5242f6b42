# SPDX-License-Identifier: Apache-2.0
"""Domains as XML: one class an element (parts.py, devices.py), and what of a server goes where."""
