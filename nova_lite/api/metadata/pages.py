# SPDX-License-Identifier: Apache-2.0
"""What lies under a path: documents and the listings of directories. Pure.

Which guest asks has been found out by the application; the documents are those
of nova_lite/instance_metadata, which the config drive carries too.
"""

import dataclasses

from nova_lite.instance_metadata import ec2, openstack

TEXT = 'text/plain'
JSON = 'application/json'
BYTES = 'application/octet-stream'

OPENSTACK = 'openstack'
PASSWORD = 'password'


@dataclasses.dataclass(frozen=True)
class Page:
    """An answer's body."""

    body: bytes
    content_type: str = TEXT


def find(guest, segments):
    """Answer the page under a path; None if there is none.

    :param segments: the path's parts, none of them empty
    """
    if not segments:
        return _listing([*ec2.VERSIONS, ec2.LATEST])
    if segments[0] == OPENSTACK:
        return _find_openstack(guest, segments[1:])
    if ec2.is_version(segments[0]):
        return _find_in_tree(ec2.tree(guest, segments[0]), segments[1:])
    return None


def is_password(segments):
    """Whether the path is that of the guest's password in a version that has it."""
    return (len(segments) == 3 and segments[0] == OPENSTACK and segments[2] == PASSWORD
            and _has_password(segments[1]))


def _has_password(version):
    return openstack.is_version(version) and openstack.has(version, openstack.GRIZZLY)


def _find_openstack(guest, segments):
    match segments:
        case []:
            return _listing([*openstack.VERSIONS, openstack.LATEST])
        case [openstack.CONTENT, name]:
            content = openstack.contents(guest).get(name)
            return None if content is None else Page(content, BYTES)
        case [version] if openstack.is_version(version):
            return _version_listing(guest, version)
        case [version, name] if openstack.is_version(version):
            return _document(guest, version, name)
    return None


def _version_listing(guest, version):
    names = [name for name in openstack.documents(version)
             if name != openstack.USER_DATA or guest.user_data is not None]
    if _has_password(version):
        names.append(PASSWORD)
    return _listing(sorted(names))


def _document(guest, version, name):
    document = openstack.documents(version).get(name)
    content = document and document.render(guest, version)
    if content is None:
        return None
    return Page(content, JSON if name.endswith('.json') else BYTES)


def _find_in_tree(node, segments):
    for segment in segments:
        if not isinstance(node, dict) or segment not in node:
            return None
        node = node[segment]
    if isinstance(node, dict):
        return _listing([_entry(name, value) for name, value in sorted(node.items())])
    if isinstance(node, bytes):
        return Page(node, BYTES)
    return Page(node.encode())


def _entry(name, value):
    if isinstance(value, ec2.Labelled):
        return f'{name}={value.label}'
    return f'{name}/' if isinstance(value, dict) else name


def _listing(names):
    return Page('\n'.join(names).encode())
