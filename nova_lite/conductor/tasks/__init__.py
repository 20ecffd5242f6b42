# SPDX-License-Identifier: Apache-2.0
"""The phases of operations that belong to controllers, one file a family."""

from nova_lite.conductor.tasks import build, build_batch, delete
from nova_lite.scheduler import rpcapi as scheduler_rpcapi

ALL = (build, build_batch, delete)


class Controller:
    """What the tasks work with.

    :ivar name: of this controller in the record
    :ivar scheduler: client of the scheduler
    """

    def __init__(self, name):
        self.name = name
        self.scheduler = scheduler_rpcapi.SchedulerAPI()
