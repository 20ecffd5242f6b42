# SPDX-License-Identifier: Apache-2.0
"""Checks of what lies on this controller: options, policies, keys, the broker's account."""

import json
import os
import pathlib

import amqp
import oslo_messaging
from cryptography import fernet
from oslo_config import cfg
from oslo_messaging import opts
from oslo_upgradecheck.upgradecheck import Code, Result

from nova_lite import exception, policies
from nova_lite.cmd.status import options
from nova_lite.policies import enforcement
from nova_lite.rpc import keys as rpc_keys

CONF = cfg.CONF

RABBIT = 'oslo_messaging_rabbit'


def configuration():
    """Whether the files set options that nobody reads, or that will go."""
    if not CONF.config_file:
        return Result(Code.WARNING, 'No configuration file was read; every option has its default.')
    unknown, deprecated = options.questionable(CONF.config_file)
    found = []
    if unknown:
        found.append(f'Nobody reads: {", ".join(unknown)} (a word misspelt, or a section?).')
    if deprecated:
        found.append(f'Will not be read for ever: {", ".join(deprecated)}.')
    return Result(Code.WARNING, ' '.join(found)) if found else Result(Code.SUCCESS)


def policy_file():
    """Whether the operator's policies can be read, and are about something."""
    path = CONF.find_file(CONF.oslo_policy.policy_file)
    try:
        rules = enforcement.read(CONF)
    except enforcement.UNREADABLE as error:
        return Result(Code.FAILURE, f'{path} can not be read: {error}')
    if path and _is_json(pathlib.Path(path).read_text(encoding='utf-8')):
        return Result(Code.FAILURE, f'{path} is JSON, which is deprecated for policy files. '
                                    'Convert it with "oslopolicy-convert-json-to-yaml".')
    found = [f'{name} is deprecated{text}' for name, text in enforcement.outdated(rules).items()]
    unknown = sorted(_rules_nobody_asks(rules.file_rules))
    if unknown:
        found.append(f'Nothing refers to {", ".join(unknown)}.')
    return Result(Code.WARNING, ' '.join(found)) if found else Result(Code.SUCCESS)


def _is_json(text):
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _rules_nobody_asks(rules):
    """Yield the names that neither the product nor another rule of the file uses."""
    known = {rule.name for rule in policies.list_rules()}
    known |= {rule.deprecated_rule.name for rule in policies.list_rules() if rule.deprecated_rule}
    for name in rules.keys() - known:
        if not any(f'rule:{name}' in rule.check_str for rule in rules.values()):
            yield name


def keys():
    """Whether the keys of messages and secrets are there, and are controllers'."""
    try:
        found = rpc_keys.load(CONF.rpc.key_file)
    except exception.KeyFileUnusable as error:
        return Result(Code.FAILURE, str(error))
    if not isinstance(found, rpc_keys.ControllerKeys):
        return Result(Code.FAILURE, f"{CONF.rpc.key_file} is a compute host's key. A controller "
                                    'has the one of "nova-lite-manage host create_key".')
    path = CONF.operations.secrets_key_file
    try:
        fernet.Fernet(pathlib.Path(path).read_bytes().strip())
    except (OSError, ValueError) as error:
        return Result(Code.FAILURE, f'{path} can not be used ({error}). Make it with '
                                    '"nova-lite-manage operation create_key", or copy it from '
                                    'another controller.')
    readable_by_all = [path for path in (CONF.rpc.key_file, path) if os.stat(path).st_mode & 0o007]
    if readable_by_all:
        return Result(Code.WARNING, f'Everybody on this machine can read '
                                    f'{", ".join(readable_by_all)}.')
    return Result(Code.SUCCESS)


def broker():
    """Whether RabbitMQ lets this controller in."""
    _register_broker_options()
    url = oslo_messaging.TransportURL.parse(CONF)
    if not url.hosts:
        return Result(Code.FAILURE, 'The transport_url names no host.')
    refusals = [f'{host.hostname}: {refusal}' for host in url.hosts
                if (refusal := _refusal(host, url.virtual_host))]
    if len(refusals) == len(url.hosts):
        return Result(Code.FAILURE, f'No broker lets this controller in ({"; ".join(refusals)}). '
                                    'Is its account there, with rights on the virtual host?')
    if refusals:
        return Result(Code.WARNING, f'Some brokers do not answer: {"; ".join(refusals)}.')
    return Result(Code.SUCCESS)


def _register_broker_options():
    """The library registers these when it connects, and may wait long for a broker then."""
    for group, listed in opts.list_opts():
        if getattr(group, 'name', group) == RABBIT:
            CONF.register_opts(listed, group=RABBIT)


def _refusal(host, virtual_host):
    """Answer why a broker does not let us in; None if it does."""
    timeout = CONF.rpc.connect_timeout
    connection = amqp.Connection(
        f'{host.hostname}:{host.port or 5672}', userid=host.username, password=host.password,
        virtual_host=virtual_host or '/', connect_timeout=timeout, read_timeout=timeout,
        ssl=CONF[RABBIT].ssl)
    try:
        connection.connect()
    except (OSError, amqp.AMQPError) as error:
        return str(error) or type(error).__name__
    finally:
        connection.collect()
    return None
