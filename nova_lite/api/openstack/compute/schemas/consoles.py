# SPDX-License-Identifier: Apache-2.0
"""Schemas of consoles."""

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts

LINES = {'type': ['integer', 'string', 'null'], 'pattern': r'\A(-1|[0-9]{1,9})\Z',
         'minimum': -1, 'maximum': validation.HIGHEST_INTEGER}
"""Lines from the end; -1 and null are all of them."""

OUTPUT = parts.series(parts.closed(
    {'os-getConsoleOutput': parts.some_of({'length': LINES})}))
OUTPUT_ANSWER = parts.series(parts.closed({'output': parts.TEXT}))
