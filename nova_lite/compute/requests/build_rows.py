# SPDX-License-Identifier: Apache-2.0
"""A build request as the rows that record it. Pure, but for the key pair it looks up."""

import re
import secrets

from oslo_config import cfg
from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.objects import base as objects_base
from nova_lite.states import task, vm

CONF = cfg.CONF
RESERVATION_ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'
HOSTNAME_LENGTH = 63
DEVICE_PREFIXES = {'virtio': 'vd', 'xen': 'xvd', 'ide': 'hd'}
"""Disk bus -> beginning of the names of its disks; those of all others are ``sd``."""


def key_of(context, request):
    """Answer the row of the key pair that was asked for, None without one.

    :raises RequestedKeypairNotFound: if the user has none of that name
    """
    if request.key_name is None:
        return None
    try:
        return objects_base.store('keypairs').get_by_name(
            context, context.user_id, request.key_name)
    except exception.KeypairNotFound as error:
        raise exception.RequestedKeypairNotFound(name=request.key_name) from error


def servers(context, request, image_meta, key):
    """Answer the rows of the servers of a request."""
    reservation = 'r-' + ''.join(secrets.choice(RESERVATION_ALPHABET) for _ in range(8))
    common = {
        **_who(context), **_what(request, image_meta, key),
        'reservation_id': reservation, 'vm_state': vm.BUILDING, 'task_state': task.SCHEDULING,
        'fence': 1, 'power_state': 0, 'progress': 0, 'locked': False, 'deleted': False,
        'network_info': [], 'host': None, 'node': None}
    uuids = [uuidutils.generate_uuid() for _number in range(request.max_count)]
    return [dict(common, uuid=uuid, launch_index=number, **_names(request, number, uuid))
            for number, uuid in enumerate(uuids)]


def _who(context):
    return {'project_id': context.project_id, 'user_id': context.user_id}


def _what(request, image_meta, key):
    flavor = request.flavor
    return {
        'display_description': request.description,
        'flavor_id': flavor.flavorid, 'flavor': flavor.to_dict(), 'vcpus': flavor.vcpus,
        'memory_mb': flavor.memory_mb, 'root_gb': flavor.root_gb,
        'ephemeral_gb': flavor.ephemeral_gb,
        'image_ref': image_meta.id, 'image_meta': image_meta.to_row(),
        'kernel_id': image_meta.kernel_id, 'ramdisk_id': image_meta.ramdisk_id,
        'key_name': key and key['name'], 'key_data': key and key['public_key'],
        'user_data': request.user_data, 'metadata': request.metadata, 'tags': request.tags,
        'root_device_name': root_device_for(image_meta),
        'config_drive': wants_config_drive(request, image_meta),
        'auto_disk_config': request.disk_config == 'AUTO',
        'access_ip_v4': request.access_ip_v4, 'access_ip_v6': request.access_ip_v6,
        'requested_zone': request.availability_zone,
        'availability_zone': request.availability_zone,
        'scheduler_hints': request.scheduler_hints, 'trusted_certs': request.trusted_certs,
    }


def root_device_for(image_meta):
    """Answer the name that the guest's kernel gives its first disk, by the disk's bus."""
    prefix = DEVICE_PREFIXES.get(image_meta.properties.get('hw_disk_bus', 'virtio'), 'sd')
    return f'/dev/{prefix}a'


def wants_config_drive(request, image_meta):
    """Whether the server gets a config drive: asked for, or the image or the cloud insists."""
    return (request.config_drive or CONF.force_config_drive
            or image_meta.properties.get('img_config_drive') == 'mandatory')


def _names(request, number, uuid):
    """Answer the names of one of the servers; several are numbered from 1."""
    name = request.name if request.max_count == 1 else f'{request.name}-{number + 1}'
    return {'display_name': name,
            'hostname': request.hostname or hostname_for(name) or f'Server-{uuid}'}


def hostname_for(name):
    """Answer a host name made of a display name: letters, digits and hyphens.

    A name is no domain, whatever dots it has; '' if nothing is left of it.
    """
    made = re.sub(r'[ ._]', '-', name)
    made = re.sub(r'[^\w-]+', '', made, flags=re.ASCII).lower().strip('-')
    return made[:HOSTNAME_LENGTH].rstrip('-')


def wanted_networks(request):
    """Answer what was asked of networks as plain values."""
    if not isinstance(request.networks, list):
        return request.networks
    return [{'uuid': network.uuid, 'fixed_ip': network.fixed_ip, 'tag': network.tag}
            for network in request.networks]


def arguments_of(request, count):
    """Answer what the operation keeps of the request and the server's row does not."""
    return {
        'networks': wanted_networks(request), 'force_host': request.force_host,
        'force_node': request.force_node, 'requested_host': request.requested_host,
        'requested_hypervisor': request.requested_hypervisor, 'num_instances': count}


def secrets_of(request):
    """Answer what only the host may see, until the server is built."""
    found = {'admin_password': request.admin_password, 'injected_files': request.injected_files}
    return {name: value for name, value in found.items() if value}
