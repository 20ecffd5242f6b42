# SPDX-License-Identifier: Apache-2.0
"""Servers: what is asked of them, and what a host does for them.

Asked: api.py, requests/. Done: manager.py, workflows/, periodics/.
"""
