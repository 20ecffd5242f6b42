# SPDX-License-Identifier: Apache-2.0
"""Check of Keystone: does it answer, and does it let the service in that validates tokens?"""

from keystoneauth1 import exceptions, loading, session
from keystonemiddleware import auth_token
from oslo_config import cfg
from oslo_upgradecheck.upgradecheck import Code, Result

from nova_lite.conf import keystone

CONF = cfg.CONF

TIMEOUT = 10


def tokens():
    """Whether tokens of users could be validated; nothing to check without Keystone."""
    if CONF.api.auth_strategy != keystone.STRATEGY:
        return Result(Code.SUCCESS)
    for group, options in auth_token.list_opts():
        CONF.register_opts(options, group=group)
    group = CONF[keystone.TOKENS]
    try:
        own = loading.load_auth_from_conf_options(CONF, keystone.TOKENS)
        if own is None:
            return Result(Code.FAILURE, '[keystone_authtoken] has no auth_type; set it, or '
                                        '[api] auth_strategy = noauth2.')
        session.Session(
            own, verify=(group.cafile or True) and not group.insecure,
            cert=(group.certfile, group.keyfile) if group.certfile else None,
            timeout=group.http_connect_timeout or TIMEOUT).get_token()
    except (exceptions.ClientException, cfg.Error) as error:
        return Result(Code.FAILURE, f'No token can be validated by [keystone_authtoken]: {error}')
    return Result(Code.SUCCESS)
