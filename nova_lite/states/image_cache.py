# SPDX-License-Identifier: Apache-2.0
"""What became of an image that a host was to fetch ahead of time."""

CACHED = 'cached'
EXISTING = 'existing'
ERROR = 'error'

SUCCESSES = frozenset({CACHED, EXISTING})
