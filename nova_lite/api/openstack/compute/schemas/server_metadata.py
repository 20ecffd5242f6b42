# SPDX-License-Identifier: Apache-2.0
"""Schemas of the metadata of servers."""

from nova_lite.api.openstack.compute.schemas import parts

SET = parts.series(parts.closed({'metadata': parts.METADATA}))
SET_ONE = parts.series(parts.closed({
    'meta': {**parts.METADATA, 'minProperties': 1, 'maxProperties': 1}}))

_PAIRS = {'type': 'object', 'additionalProperties': parts.TEXT}
ALL_ANSWER = parts.series(parts.closed({'metadata': _PAIRS}))
ONE_ANSWER = parts.series(parts.closed({
    'meta': {**_PAIRS, 'minProperties': 1, 'maxProperties': 1}}))
