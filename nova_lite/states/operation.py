# SPDX-License-Identifier: Apache-2.0
"""The states of the record of an operation."""

PENDING = 'pending'                    # nobody owns the phase; a wake-up is on its way
RUNNING = 'running'                    # an incarnation owns the phase
WAITING_FOR_HOST = 'waiting_for_host'  # only a host that is away can go on
DONE = 'done'
FAILED = 'failed'
SUPERSEDED = 'superseded'

UNFINISHED = frozenset({PENDING, RUNNING, WAITING_FOR_HOST})
FINISHED = frozenset({DONE, FAILED, SUPERSEDED})
