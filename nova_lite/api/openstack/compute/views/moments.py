# SPDX-License-Identifier: Apache-2.0
"""Times in answers."""


def whole_seconds(moment):
    """Answer ``2026-01-31T12:00:00Z``; None for no time."""
    return moment and moment.strftime('%Y-%m-%dT%H:%M:%SZ')


def with_fraction(moment):
    """Answer ``2026-01-31T12:00:00.000000``; None for no time."""
    return moment and moment.strftime('%Y-%m-%dT%H:%M:%S.%f')
