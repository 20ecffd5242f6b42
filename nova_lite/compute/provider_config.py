# SPDX-License-Identifier: Apache-2.0
"""Provider files: what an operator says that the nodes of this host have, with Nova's format.

All ``*.yaml`` of ``[compute] provider_config_location`` count together. A host
does not start with a file that is wrong; one that becomes wrong later is an
error in the log, and what was read before holds on. tracker.py reads them
before each report, so that a change needs no restart.
"""

import dataclasses
import importlib
import pathlib

import os_resource_classes as orc
import yaml
from oslo_log import log

from nova_lite import demands, exception

LOG = log.getLogger(__name__)

THIS_HOST = '$COMPUTE_NODE'
"""In the place of a uuid: every node of this host that is not named elsewhere."""

SCHEMA_VERSION = '1.0'
BY_DRIVER = (orc.VCPU, orc.MEMORY_MB, orc.DISK_GB)
"""Classes that are the driver's to report."""

_NUMBER = {'type': 'integer', 'minimum': 0, 'maximum': demands.MOST}
_UNIT = {'type': 'integer', 'minimum': 1, 'maximum': demands.MOST}
_FIGURES = {
    'type': 'object', 'required': ['total'], 'additionalProperties': False,
    'properties': {
        'total': _NUMBER, 'reserved': _NUMBER, 'min_unit': _UNIT, 'max_unit': _UNIT,
        'step_size': _UNIT, 'allocation_ratio': {'type': 'number', 'minimum': 0}}}
_CLASS_AND_FIGURES = {
    'type': 'object', 'minProperties': 1, 'maxProperties': 1, 'additionalProperties': _FIGURES}
_IDENTIFICATION = {
    'type': 'object', 'minProperties': 1, 'maxProperties': 1, 'additionalProperties': False,
    'properties': {'name': {'type': 'string', 'minLength': 1},
                   'uuid': {'type': 'string', 'minLength': 1}}}


def _additional(items):
    return {'type': 'object', 'additionalProperties': False,
            'properties': {'additional': {'type': 'array', 'items': items}}}


_PROVIDER = {
    'type': 'object', 'required': ['identification'], 'additionalProperties': False,
    'properties': {'identification': _IDENTIFICATION,
                   'inventories': _additional(_CLASS_AND_FIGURES),
                   'traits': _additional({'type': 'string'})}}
SCHEMA = {
    'type': 'object', 'required': ['meta', 'providers'], 'additionalProperties': False,
    'properties': {
        'meta': {'type': 'object', 'required': ['schema_version'], 'additionalProperties': True,
                 'properties': {'schema_version': {'const': SCHEMA_VERSION}}},
        'providers': {'type': 'array', 'items': _PROVIDER}}}


@dataclasses.dataclass(frozen=True)
class Provider:
    """What the files say of one node.

    :ivar path: the file that says it
    :ivar inventories: resource class -> figures
    """

    path: str
    inventories: dict = dataclasses.field(default_factory=dict)
    traits: frozenset = frozenset()


NOTHING = Provider(path='')


class ProviderFiles:
    """The files of this host, as they were when they were right.

    :ivar by_name: hypervisor_hostname -> Provider
    :ivar by_uuid: uuid of a node, or THIS_HOST -> Provider
    """

    def __init__(self, location):
        """:param location: the directory; there need not be one"""
        self._location = pathlib.Path(location)
        self._seen = None
        self.by_name = {}
        self.by_uuid = {}

    @property
    def asks_for_uuids(self):
        """Whether the uuids of nodes have to be known to understand the files."""
        return bool(self.by_uuid.keys() - {THIS_HOST})

    def load(self):
        """Read the files, if one has changed since.

        :raises ProviderConfigInvalid: if one is wrong; what was read before holds
        """
        paths = sorted(self._location.glob('*.yaml'))
        try:
            seen = [(path, *_marks_of(path)) for path in paths]
        except OSError as error:
            self._seen = None
            raise _unreadable(error.filename, error) from error
        if seen == self._seen:
            return
        # Also if they are wrong: it is said once, not at each report.
        self._seen = seen
        self.by_name, self.by_uuid = _merged(paths)
        if self.by_name or self.by_uuid:
            LOG.info('Read what the nodes of this host have from %s', ', '.join(map(str, paths)))

    def refresh(self):
        """Read the files if one has changed; an error is logged, and nothing changes."""
        try:
            self.load()
        except exception.ProviderConfigInvalid as error:
            LOG.error('%s What was read before holds on.', error)

    def provider_for(self, name, uuid):
        """Answer the Provider of a node; NOTHING without one.

        :param uuid: None if it is not known yet
        """
        return (self.by_name.get(name) or self.by_uuid.get(uuid)
                or self.by_uuid.get(THIS_HOST, NOTHING))


def _marks_of(path):
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _unreadable(path, error):
    return exception.ProviderConfigInvalid(path=path, reason=f'{error.strerror or error}.')


def _merged(paths):
    found = {'name': {}, 'uuid': {}}
    for path in paths:
        for kind, identity, provider in _providers_of(path):
            former = found[kind].get(identity)
            if former is not None:
                raise exception.ProviderConfigInvalid(
                    path=path, reason=f'{identity} is in {former.path}, too.')
            found[kind][identity] = provider
    return found['name'], found['uuid']


def _providers_of(path):
    """Yield (name or uuid, its value, Provider) of each provider of a file."""
    document = _checked(path)
    for number, provider in enumerate(document['providers']):
        (kind, identity), = provider['identification'].items()
        inventories = {}
        for one in provider.get('inventories', {}).get('additional', []):
            (name, figures), = one.items()
            _check_class(path, name, figures, inventories)
            inventories[name] = figures
        traits = provider.get('traits', {}).get('additional', [])
        for trait in traits:
            if not demands.is_trait(trait):
                raise exception.ProviderConfigInvalid(
                    path=path, reason=f'providers.{number}: there is no trait {trait}; names of '
                                      'your own begin with CUSTOM_.')
        if kind == 'uuid' and identity != THIS_HOST:
            identity = identity.lower()
        yield kind, identity, Provider(str(path), inventories, frozenset(traits))


def _checked(path):
    """Answer what is in a file, if it has the right form."""
    try:
        document = yaml.safe_load(path.read_text(encoding='utf-8'))
    except OSError as error:
        raise _unreadable(path, error) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        words = ' '.join(str(error).split())
        raise exception.ProviderConfigInvalid(path=path, reason=f'no YAML: {words}.') from error
    # Few hosts have such files, and it is 2 MB.
    jsonschema = importlib.import_module('jsonschema')
    error = jsonschema.exceptions.best_match(
        jsonschema.Draft202012Validator(SCHEMA).iter_errors(document))
    if error is not None:
        where = '.'.join(map(str, error.absolute_path)) or 'the whole file'
        raise exception.ProviderConfigInvalid(path=path, reason=f'{where}: {error.message}.')
    return document


def _check_class(path, name, figures, known):
    """Refuse figures of a class that can't be.

    :raises ProviderConfigInvalid: with the reason
    """
    reason = None
    if name in BY_DRIVER:
        reason = 'the driver reports it, so it can not be added'
    elif not demands.is_resource_class(name):
        reason = 'there is no such resource class; names of your own begin with CUSTOM_'
    elif name in known:
        reason = 'it is there twice'
    elif figures.get('reserved', 0) > figures['total']:
        reason = 'more is reserved than there is'
    elif figures.get('min_unit', 1) > figures.get('max_unit', demands.MOST):
        reason = 'min_unit is above max_unit'
    elif figures['total'] * figures.get('allocation_ratio', 1.0) > demands.MOST:
        reason = f'no more than {demands.MOST} can be promised'
    if reason is not None:
        raise exception.ProviderConfigInvalid(path=path, reason=f'{name}: {reason}.')
