# SPDX-License-Identifier: Apache-2.0
"""Kinds and states of the record that a server moves between hosts. The words are Nova's API."""

MIGRATION = 'migration'
RESIZE = 'resize'
LIVE_MIGRATION = 'live-migration'
EVACUATION = 'evacuation'

TYPES = frozenset({MIGRATION, RESIZE, LIVE_MIGRATION, EVACUATION})

QUEUED = 'queued'
PREPARING = 'preparing'
RUNNING = 'running'
POST_MIGRATING = 'post-migrating'

LIVE_IN_PROGRESS = frozenset({QUEUED, PREPARING, RUNNING, POST_MIGRATING})
"""A live migration in one of these has an address of its own below its server."""
