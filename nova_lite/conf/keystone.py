# SPDX-License-Identifier: Apache-2.0
"""Options of Keystone: whose tokens are believed, [keystone_authtoken], and [service_user].

[keystone] says where it is asked about projects, by the token of the caller (api/projects.py).

Only ours are registered here, because daemons that know no Keystone load this file. Those of
keystonemiddleware are registered by nova_lite/api/middleware/auth_token.py, those of
keystoneauth1 by nova_lite/keystone_sessions.py; the sample has all of them.
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

TOKENS = 'keystone_authtoken'
IDENTITY = 'keystone'
STRATEGY = 'keystone'


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    sessions = importlib.import_module('nova_lite.keystone_sessions')
    return {GROUP: [*OPTIONS, *sessions.session_options()], TOKENS: _options_of_tokens(sessions),
            IDENTITY: [*sessions.connection_options(), *sessions.adapter_options()]}


def _options_of_tokens(sessions):
    middleware = importlib.import_module('keystonemiddleware.auth_token')
    listed = [option for _, options in middleware.list_opts() for option in options]
    return [*listed, *sessions.user_options()]
