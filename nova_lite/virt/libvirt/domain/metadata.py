# SPDX-License-Identifier: Apache-2.0
"""What a domain carries of its server: who it is, whose, and which operation started it.

The fence tells a stale process of this host that it is stale, and an auditor
what runs. The owner tells guests of this service from those of another one
that uses the same hypervisor.
"""

import dataclasses

from lxml import etree
from lxml.builder import ElementMaker

NAMESPACE = 'urn:nova-lite:guest:1'
PREFIX = 'nova_lite'

_E = ElementMaker(namespace=NAMESPACE, nsmap={PREFIX: NAMESPACE})
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclasses.dataclass(frozen=True)
class Owner:
    """The service that a guest belongs to.

    :ivar host: ``[DEFAULT] host`` of the compute service
    :ivar instances_path: two services on one machine differ at least in this
    """

    host: str
    instances_path: str


def element(context, instance, owner):
    """Make the element that goes into the domain."""
    flavor = instance.flavor
    return _E.guest(
        _E.name(printable(instance.display_name or instance.name)),
        _E.flavor(
            name=flavor.name, memory_mb=str(flavor.memory_mb), vcpus=str(flavor.vcpus),
            root_gb=str(flavor.root_gb), ephemeral_gb=str(flavor.ephemeral_gb),
            swap_mb=str(flavor.swap)),
        _E.project(id=instance.project_id or ''),
        _E.user(id=instance.user_id or ''),
        _E.image(id=instance.image_ref or ''),
        _E.operation(fence=str(instance.fence), request_id=context.request_id or ''),
        _E.owner(host=owner.host, instances_path=owner.instances_path))


def printable(text):
    """Answer a text without what XML can't carry."""
    return ''.join(letter for letter in text if letter.isprintable())


def fence_of(text):
    """Answer the fence in a domain's element; 0 if there is none."""
    operation = _part(text, 'operation')
    return 0 if operation is None else int(operation.get('fence', 0))


def owner_of(text):
    """Answer the owner in a domain's element; None if there is none."""
    found = _part(text, 'owner')
    return None if found is None else Owner(**found.attrib)


def _part(text, name):
    # libvirt takes the namespace away when it is asked for the element by it.
    return etree.fromstring(text, _PARSER).find(f'{{*}}{name}')
