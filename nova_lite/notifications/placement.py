# SPDX-License-Identifier: Apache-2.0
"""Requests to the scheduler in notifications. Pure."""

import datetime

from nova_lite.notifications import flavor, form

IMAGE_COPIED = ('id', 'name', 'status', 'visibility', 'protected', 'checksum', 'owner', 'size',
                'container_format', 'disk_format', 'min_ram', 'min_disk', 'virtual_size')

NEVER = ('instance_group', 'numa_topology', 'pci_requests', 'retry')
"""Fields of Nova's that have no meaning here."""


def payload(server, arguments):
    """Answer RequestSpecPayload.

    :param server: row of the first server of the request
    :param arguments: of the operation that builds it
    """
    named = arguments.get('requested_host') or arguments.get('requested_hypervisor')
    return form.versioned(
        'RequestSpecPayload', '1.1', instance_uuid=server['uuid'],
        project_id=server['project_id'], user_id=server['user_id'],
        availability_zone=server['requested_zone'], flavor=flavor.payload(server['flavor']),
        image=server['image_meta'] and _image(server['image_meta']),
        num_instances=arguments.get('num_instances', 1),
        force_hosts=_names(arguments.get('force_host')),
        force_nodes=_names(arguments.get('force_node')), ignore_hosts=[],
        requested_destination=_destination(arguments) if named else None,
        scheduler_hints=server['scheduler_hints'] or {}, security_groups=[],
        limits=_limits(server['flavor']), **dict.fromkeys(NEVER))


def _names(name):
    return [name] if name else None


def _image(image):
    return form.versioned(
        'ImageMetaPayload', '1.0', **{name: image.get(name) for name in IMAGE_COPIED},
        **{name: _moment(image.get(name)) for name in ('created_at', 'updated_at')},
        direct_url=None, tags=[], properties=form.versioned(
            'ImageMetaPropsPayload', '1.0', **image.get('properties', {})))


def _moment(text):
    return text and form.moment(datetime.datetime.fromisoformat(text))


def _destination(arguments):
    return form.versioned(
        'DestinationPayload', '1.0', host=arguments.get('requested_host'),
        node=arguments.get('requested_hypervisor'), aggregates=None, cell=None)


def _limits(of_flavor):
    return form.versioned(
        'SchedulerLimitsPayload', '1.0', vcpu=of_flavor['vcpus'],
        memory_mb=of_flavor['memory_mb'], disk_gb=of_flavor['root_gb'], numa_topology=None)


def selected(server, arguments, *, is_successful):
    """Answer what is told of a choice: that it began, and that it ended if hosts were found."""
    stages = (form.START, form.END) if is_successful else (form.START,)
    return [form.Event(f'scheduler.select_destinations.{stage}', server['uuid'],
                       form.publisher(form.SCHEDULER), payload(server, arguments))
            for stage in stages]


def failed(server, arguments, fault):
    """Answer what is told when a controller gives a build up."""
    return form.Event(
        'compute_task.build_instances.error', server['uuid'], form.publisher(form.CONDUCTOR),
        form.versioned(
            'ComputeTaskPayload', '1.0', instance_uuid=server['uuid'],
            request_spec=payload(server, arguments), state=server['vm_state'], reason=fault),
        form.ERROR)
