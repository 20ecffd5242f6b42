# SPDX-License-Identifier: Apache-2.0
"""The compute host: its manager, with a conductor instead of a database."""

from oslo_log import log

from nova_lite import exception, objects, privsep, service
from nova_lite.cmd import serve
from nova_lite.compute import manager
from nova_lite.conductor import api as conductor_api
from nova_lite.conf import CONF
from nova_lite.objects import base as objects_base
from nova_lite.rpc import identity

LOG = log.getLogger(__name__)

BINARY = 'nova-lite-compute'
TOPIC = 'compute'


def prepare():
    """Have the objects ask a conductor, or the database where that is allowed.

    :raises KeyFileUnusable: with the controllers' key, which nobody who writes to a host expects
    """
    if not identity.current().sender.is_host:
        raise exception.KeyFileUnusable(
            path=CONF.rpc.key_file, reason="it is the controllers' key, a host has its own")
    privsep.start()
    if CONF.conductor.use_local:
        LOG.info('This host uses the database itself ([conductor] use_local)')
        serve.use_database()
    else:
        objects.register_all()
        objects_base.NovaLiteObject.indirection_api = conductor_api.IndirectionAPI()


def services(_listening):
    """Answer what the process does."""
    return [(service.Service(binary=BINARY, topic=TOPIC, make_manager=manager.ComputeManager,
                             prepare=prepare, only_one=True), None)]
