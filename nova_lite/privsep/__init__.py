# SPDX-License-Identifier: Apache-2.0
"""What only root may do: the contexts, and how they are started.

A function of this package that is decorated with a context's ``entrypoint`` can
be called from an unprivileged daemon and runs in a helper process that sudo has
started with the context's capabilities. Its arguments cross a trust boundary:
they are plain values and are checked there (privsep/arguments.py); settings that
decide what root reads or starts come from the configuration file, not from the
caller. In a daemon that is root already the functions run in place.
"""

import os
import shlex
import sys

from oslo_privsep import capabilities, priv_context

from nova_lite import conf

CONF = conf.CONF

network_context = priv_context.PrivContext(
    'nova_lite',
    cfg_section='nova_lite_network',
    pypath=f'{__name__}.network_context',
    capabilities=[
        capabilities.CAP_NET_ADMIN,         # links, addresses, nftables
        capabilities.CAP_NET_RAW,           # a socket bound to one bridge
        capabilities.CAP_NET_BIND_SERVICE,
        capabilities.CAP_KILL,              # dnsmasq runs as a user of its own
        capabilities.CAP_DAC_OVERRIDE,      # the state directory belongs to the service user
    ])

console_context = priv_context.PrivContext(
    'nova_lite',
    cfg_section='nova_lite_console',
    pypath=f'{__name__}.console_context',
    capabilities=[capabilities.CAP_DAC_READ_SEARCH])

CONTEXTS = {'nova_lite_network': network_context, 'nova_lite_console': console_context}


def start():
    """Decide how privileged work is done in this process; before the first such call.

    May be called again. The helper itself is started by the first call that needs it.
    """
    for section, context in CONTEXTS.items():
        if os.geteuid() == 0:
            context.set_client_mode(False)
        else:
            CONF.set_default('helper_command', helper_command(), group=section)


def helper_command():
    """Answer the command to which oslo.privsep adds the context and its socket.

    /etc/sudoers.d/nova-lite allows this command word by word.
    """
    command = [*shlex.split(CONF.privsep.root_helper),
               os.path.join(sys.prefix, 'bin', 'privsep-helper')]
    for path in CONF.config_file or ():
        command += ['--config-file', os.path.abspath(path)]
    return shlex.join(command)
