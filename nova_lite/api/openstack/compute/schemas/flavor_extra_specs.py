# SPDX-License-Identifier: Apache-2.0
"""Schemas of the extra specs of flavors."""

import copy

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts

KEY_PATTERN = r'\A[a-zA-Z0-9\-_:. ]{1,255}\Z'
_VALUE = {'type': ['string', 'number'], 'maxLength': 255}
_PAIRS = {'type': 'object', 'patternProperties': {KEY_PATTERN: _VALUE},
          'additionalProperties': False, validation.DISTINCT_NAMES: True}

CREATE = parts.series(parts.closed({'extra_specs': _PAIRS}))

_ONE = {**copy.deepcopy(_PAIRS), 'properties': {}, 'minProperties': 1, 'maxProperties': 1}
UPDATE = parts.series(_ONE)

_TEXTS = {'type': 'object', 'additionalProperties': parts.TEXT}
ALL_ANSWER = parts.series(parts.closed({'extra_specs': _TEXTS}))
ONE_ANSWER = parts.series({**_TEXTS, 'minProperties': 1, 'maxProperties': 1})
