# SPDX-License-Identifier: Apache-2.0
"""Tests of the database's commands; ``DatabaseCommand`` runs one on an empty database."""
