# SPDX-License-Identifier: Apache-2.0
"""The OpenStack documents, and from which version on each exists.

A version only ever adds. Beside these, the metadata service has ``password``,
which is state of the server and not a document (nova_lite/api/metadata).
"""

import base64
import dataclasses
import json
import os
import types

from nova_lite.instance_metadata import network_data, vendor_data

FOLSOM = '2012-08-10'
GRIZZLY = '2013-04-04'
HAVANA = '2013-10-17'
LIBERTY = '2015-10-15'
NEWTON_ONE = '2016-06-30'
NEWTON_TWO = '2016-10-06'
OCATA = '2017-02-22'
ROCKY = '2018-08-27'
VICTORIA = '2020-10-14'
VERSIONS = (FOLSOM, GRIZZLY, HAVANA, LIBERTY, NEWTON_ONE, NEWTON_TWO, OCATA, ROCKY, VICTORIA)
LATEST = 'latest'

META_DATA = 'meta_data.json'
USER_DATA = 'user_data'
CONTENT = 'content'

_SEED_SIZE = 512


@dataclasses.dataclass(frozen=True)
class Document:
    """One file of a version's directory; ``render`` answers bytes, None if there is none."""

    since: str
    render: types.FunctionType


def is_version(name):
    """Whether there is a directory of that name."""
    return name == LATEST or name in VERSIONS


def documents(version):
    """Answer the documents that a version knows, by name."""
    return {name: document for name, document in _DOCUMENTS.items()
            if has(version, document.since)}


def has(version, since):
    """Whether a version has what came with ``since``; dates sort as text."""
    return version == LATEST or version >= since


def content_name(number):
    """The name of a personality file's content under ``openstack/content``."""
    return f'{number:04}'


def contents(facts):
    """Answer the personality files' contents by name."""
    return {content_name(number): file.content for number, file in enumerate(facts.files)}


def _meta_data(facts, version):
    document = {
        'uuid': facts.uuid,
        'name': facts.name,
        'hostname': facts.hostname,
        'availability_zone': facts.availability_zone,
        'launch_index': facts.launch_index,
    }
    document.update(_what_was_asked_for(facts))
    if has(version, GRIZZLY):
        document['random_seed'] = base64.b64encode(os.urandom(_SEED_SIZE)).decode()
    if has(version, LIBERTY):
        document['project_id'] = facts.project_id
    if has(version, NEWTON_ONE):
        document['devices'] = _tagged_nics(facts.nics)
    if has(version, VICTORIA):
        # None of the flavors that this release knows pins a virtual CPU.
        document['dedicated_cpus'] = []
    return _json(document)


def _what_was_asked_for(facts):
    """The parts that are only there if the server was created with them."""
    asked = {}
    if facts.metadata:
        asked['meta'] = facts.metadata
    if facts.key is not None:
        asked['public_keys'] = {facts.key.name: facts.key.public_key}
        asked['keys'] = [
            {'name': facts.key.name, 'type': facts.key.type, 'data': facts.key.public_key}]
    if facts.files:
        asked['files'] = [
            {'path': file.path, 'content_path': f'/{CONTENT}/{content_name(number)}'}
            for number, file in enumerate(facts.files)]
    if facts.admin_password is not None:
        asked['admin_pass'] = facts.admin_password
    return asked


def _tagged_nics(nics):
    """Nova's device entries; where on which bus is not said, the MAC identifies a NIC."""
    return [{'type': 'nic', 'bus': 'none', 'address': 'none', 'mac': nic['address'],
             'tags': [nic['tag']]}
            for nic in nics if nic.get('tag')]


def _user_data(facts, _version):
    return facts.user_data


def _network_data(facts, _version):
    return _json(network_data.render(facts.nics))


def _vendor_data(_facts, _version):
    return _json(vendor_data.static())


def _vendor_data_by_provider(_facts, _version):
    return _json(vendor_data.by_provider())


def _json(document):
    return json.dumps(document).encode()


_DOCUMENTS = {
    META_DATA: Document(FOLSOM, _meta_data),
    USER_DATA: Document(FOLSOM, _user_data),
    'vendor_data.json': Document(HAVANA, _vendor_data),
    'network_data.json': Document(LIBERTY, _network_data),
    'vendor_data2.json': Document(NEWTON_TWO, _vendor_data_by_provider),
}
