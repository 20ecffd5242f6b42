# SPDX-License-Identifier: Apache-2.0
"""Options of whom this service is for the other services, [service_user].

Read by nova_lite/keystone_sessions.py, which registers those of keystoneauth1 beside
the one of here; this file is loaded by daemons that know no Keystone.
"""

import importlib

from oslo_config import cfg

GROUP = cfg.OptGroup(
    'service_user',
    title='The user of this service',
    help="""
By whose rights other services are asked when no user's request is being answered, and who
vouches for users' tokens. The user needs the role "service".
""")

OPTIONS = [
    cfg.BoolOpt(
        'send_service_user_token',
        default=False,
        help="""
Send a token of this user beside the token of the caller when another service is asked.

The other service then takes the caller's token though it has expired since the request
came. auth_type and what it needs have to be set.
"""),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    sessions = importlib.import_module('nova_lite.keystone_sessions')
    return {GROUP: [*OPTIONS, *sessions.session_options()]}
