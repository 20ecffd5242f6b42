# SPDX-License-Identifier: Apache-2.0
"""Drivers: who puts the hosts in order, chosen by ``[scheduler] driver``."""

from oslo_config import cfg

from nova_lite.scheduler import extensions
from nova_lite.scheduler.drivers import base, chance_scheduler, filter_scheduler

CONF = cfg.CONF
BUILT_IN = {
    'filter_scheduler': filter_scheduler.FilterScheduler,
    'chance_scheduler': chance_scheduler.ChanceScheduler,
}


def configured():
    """Make the configured driver.

    :raises SchedulerExtensionNotFound: if it, or a filter or weigher, can't be found
    """
    name = CONF.scheduler.driver
    if name in BUILT_IN:
        return BUILT_IN[name]()
    return extensions.classes_at(name, base.Driver, 'driver')[0]()
