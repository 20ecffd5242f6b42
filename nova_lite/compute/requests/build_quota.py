# SPDX-License-Identifier: Apache-2.0
"""Whether the quota has room for what a create request asks for, and for how many servers.

The limits are read before the transaction that records the servers; what is
used is counted in it.
"""

import base64
import dataclasses

from nova_lite.compute.requests import build_placement
from nova_lite.quota import api as quota
from nova_lite.quota import resources


def limits_for(context, request):
    """Answer the limits that the request is under, once what it carries keeps to them.

    :raises QuotaExceeded: too much metadata, too many files, or too large ones
    """
    limits = quota.limits_of(context)
    quota.check_metadata(limits, len(request.metadata))
    quota.check_injected_files(limits, [
        (path.encode(), base64.b64decode(content)) for path, content in request.injected_files])
    return limits


def fit(context, request, limits):
    """Answer the request for as many servers as there is room for; first in the transaction.

    :raises QuotaExceeded: if that is fewer than the request wants at least
    """
    flavor = request.flavor
    number = quota.fit_servers(
        context, limits,
        {resources.INSTANCES: 1, resources.CORES: flavor.vcpus, resources.RAM: flavor.memory_mb},
        least=request.min_count, most=request.max_count,
        group=request.scheduler_hints.get(build_placement.GROUP_HINT))
    return dataclasses.replace(request, max_count=number)
