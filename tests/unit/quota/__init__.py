# SPDX-License-Identifier: Apache-2.0
"""Unit tests: the tree mirrors the package file by file."""
