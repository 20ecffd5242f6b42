# SPDX-License-Identifier: Apache-2.0
"""The tests; see tests/base.py for what they share."""
