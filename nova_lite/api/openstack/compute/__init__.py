# SPDX-License-Identifier: Apache-2.0
"""The compute resources; routes.py lists every address."""
