# SPDX-License-Identifier: Apache-2.0
"""Servers: what is asked of them (api.py, requests/) and what a host does (manager.py, workflows/)."""
