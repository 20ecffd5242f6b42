# SPDX-License-Identifier: Apache-2.0
"""The addresses of the scheduler's decisions and of questions to it; Nova has none of them."""

from nova_lite.api.openstack.compute import scheduling
from nova_lite.api.openstack.compute.schemas import scheduling as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import scheduling as policies

ROOT = '/os-scheduling'
DECISIONS = f'{ROOT}/decisions'

ROWS = (
    Route(method='GET', path=DECISIONS, controller=scheduling.Scheduling, handler='index',
          policy=policies.INDEX, query=schemas.LIST_QUERY, response=schemas.LIST_ANSWER),
    Route(method='GET', path=f'{DECISIONS}/{{decision_id}}', controller=scheduling.Scheduling,
          handler='show', policy=policies.SHOW, response=schemas.ONE_ANSWER),
    Route(method='POST', path=f'{ROOT}/explain', controller=scheduling.Scheduling,
          handler='explain', policy=policies.EXPLAIN, body=schemas.EXPLAIN,
          response=schemas.EXPLAIN_ANSWER, missing_is_bad_request=True),
    Route(method='POST', path=f'{ROOT}/what-if', controller=scheduling.Scheduling,
          handler='what_if', policy=policies.WHAT_IF, body=schemas.WHAT_IF,
          response=schemas.WHAT_IF_ANSWER, missing_is_bad_request=True),
)
