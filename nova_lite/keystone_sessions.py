# SPDX-License-Identifier: Apache-2.0
"""HTTP sessions with the other services of OpenStack, made of groups of options.

A group such as ``[glance]`` has the options that all of OpenStack knows: TLS and time
limits, which endpoint of the catalog, and whom the service itself is (``auth_type``,
``username`` ...). A group that says nothing of the last takes ``[service_user]``'s.

How a service is asked::

    sessions = importlib.import_module('nova_lite.keystone_sessions')
    mine = sessions.session_for('glance')                                # as the service
    theirs = sessions.session_for('glance', sessions.auth_of_user(ctxt)) # as the caller
    glance = openstack.connection.Connection(session=theirs, oslo_conf=CONF)
    sessions.adapter_for('glance').get('/v2/images')                     # without the SDK

The caller's token is there in the process that answers his request and nowhere else, see
``RequestContext.user_auth_plugin``; operations have none and are done as the service.
All sessions of a group share their connections, and may be used from several threads.

Loaded by name where it is needed: keystoneauth1 and requests are megabytes that a daemon
without Keystone does not have. The options are registered when it is (``register``).
"""

import functools

from keystoneauth1 import loading, service_token
from oslo_config import cfg

from nova_lite import exception

CONF = cfg.CONF

SERVICE_USER = 'service_user'
PLUGIN_OF_SAMPLE = 'v3password'
SILENCE = 20
"""Seconds after which a service does not answer, if the group's ``timeout`` says nothing.

Keystone too, when it is asked for a token: who waits holds a thread."""


def register(group):
    """Make a group's options known; nothing happens if they are."""
    loading.register_session_conf_options(CONF, group)
    loading.register_auth_conf_options(CONF, group)
    loading.register_adapter_conf_options(CONF, group)


def session_options():
    """Answer the options of a group's TLS, time limits and user, for the sample."""
    return [*connection_options(), *loading.get_auth_common_conf_options(), *user_options()]


def connection_options():
    """Answer the options of a group's TLS and time limits, for the sample."""
    return loading.get_session_conf_options()


def user_options():
    """Answer the options of the most usual kind of user, for the sample."""
    return loading.get_auth_plugin_conf_options(PLUGIN_OF_SAMPLE)


def adapter_options():
    """Answer the options that choose an endpoint of the catalog, for the sample."""
    return loading.get_adapter_conf_options(include_deprecated=False)


def session_for(group, auth=None):
    """Answer a session by the options of a group.

    :param auth: who asks, a plugin of keystoneauth1; the service itself by default
    :raises NoServiceUser: if it is the service and the options do not say who that is
    """
    own = _connections(group)
    return loading.load_session_from_conf_options(
        CONF, group, auth=auth or _auth(group), session=own.session, timeout=timeout_of(group))


def adapter_for(group, auth=None):
    """Answer what asks the endpoint that the options of a group name; as ``session_for``."""
    return loading.load_adapter_from_conf_options(CONF, group, session=session_for(group, auth))


def timeout_of(group):
    """Answer the seconds after which a service does not answer."""
    return CONF[group].timeout or SILENCE


def auth_of_user(context):
    """Answer the plugin by which the caller's own rights are used.

    With [service_user] send_service_user_token the other service is told by whom the
    caller is spoken for, and takes a token that has expired meanwhile.

    :raises NoTokenOfUser: if the context is of no request with a token of Keystone
    """
    if context.user_auth_plugin is None:
        raise exception.NoTokenOfUser
    if not CONF.service_user.send_service_user_token:
        return context.user_auth_plugin
    return service_token.ServiceTokenAuthWrapper(
        user_auth=context.user_auth_plugin, service_auth=_auth(SERVICE_USER))


def forget():
    """Read the options anew with the next question."""
    _auth.cache_clear()
    _connections.cache_clear()


@functools.lru_cache
def _connections(group):
    """Answer the session whose connections the others of the group use."""
    register(group)
    return loading.load_session_from_conf_options(CONF, group, timeout=timeout_of(group))


@functools.lru_cache
def _auth(group):
    """Answer the service's own user; it keeps its token until shortly before the end."""
    register(group)
    found = loading.load_auth_from_conf_options(CONF, group)
    if found is not None:
        return found
    if group == SERVICE_USER:
        raise exception.NoServiceUser
    return _auth(SERVICE_USER)
