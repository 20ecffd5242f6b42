# SPDX-License-Identifier: Apache-2.0
"""Every part of the bench: what it is called, where it can be measured, and by what."""

from tests.bench import boots, counts, daemons, identity, requests, scheduling

HTTP = {'boot': boots.boot, 'load': boots.load, 'batch': boots.batch,
        'requests': requests.requests}
"""By HTTP alone, so of any Nova-compatible API."""

OWN = {'start': daemons.start, 'idle': daemons.idle, 'counts': counts.counts,
       'boot': boots.boot, 'load': boots.load, 'memory': daemons.memory, 'batch': boots.batch,
       'requests': requests.requests, 'identity': identity.identity,
       'scheduler': scheduling.scheduler}
"""Of a cloud of the bench's own, in this order: memory is that after the load."""
