# SPDX-License-Identifier: Apache-2.0
"""A compute host's network code in a process and a network namespace of its own.

tests/live/test_network_host.py starts it, once for each thing it does, so every
call is also a call after a restart. Reads one JSON object from standard input.
"""

import json
import sys
import types

from nova_lite import conf, privsep
from nova_lite.network import api
from nova_lite.objects import network as network_objects
from nova_lite.privsep import guest_network


def main():
    """Do what the order says; the exit status is 1 and standard error says why if it fails."""
    order = json.load(sys.stdin)
    conf.CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
    for name, value in order['options'].items():
        conf.CONF.set_override(name, value)
    privsep.start()
    if order['action'] == 'clear':
        guest_network.clear()
        return
    host = api.HostAPI(conf.CONF)
    servers = [(server['uuid'], server['host_name'],
                network_objects.NetworkInfo.from_rows(None, server['nics']))
               for server in order['servers']]
    if order['action'] == 'restore':
        host.restore(None, [(uuid, nics) for uuid, _name, nics in servers])
        return
    for uuid, name, nics in servers:
        instance = types.SimpleNamespace(uuid=uuid, hostname=name)
        getattr(host, order['action'])(None, instance, nics)


main()
