# SPDX-License-Identifier: Apache-2.0
"""A server that is only asked about, as a RequestSpec: what if somebody wanted it.

The API and nova-lite-manage make wishes; scheduler/inquiry.py answers them.
"""

import dataclasses

from nova_lite import exception, objects
from nova_lite.image import api as image_api

SPARE = {'id': 0, 'flavorid': '', 'name': '', 'memory_mb': 0, 'vcpus': 0, 'root_gb': 0,
         'ephemeral_gb': 0, 'swap': 0, 'rxtx_factor': 1.0, 'is_public': True, 'disabled': False,
         'description': None}
"""The flavor of a wish that names none."""


@dataclasses.dataclass(frozen=True)
class Wish:
    """What is wanted; None leaves it open.

    :ivar flavor_id: whose sizes and extra specs hold where nothing else is said
    :ivar zone: as in a create request: ``zone``, ``zone:host``, ``zone:host:node``
    :ivar host: that the server shall go to if the filters allow
    """

    project_id: str
    flavor_id: str | None = None
    vcpus: int | None = None
    memory_mb: int | None = None
    disk_gb: int | None = None
    extra_specs: dict | None = None
    image_id: str | None = None
    zone: str | None = None
    host: str | None = None
    node: str | None = None
    ignore_hosts: tuple = ()
    hints: dict = dataclasses.field(default_factory=dict)

    def spec(self, context):
        """Answer the RequestSpec.

        :raises NotFound: if there is no such flavor or image
        :raises InvalidInput: if nothing is asked for, or a host in two ways
        """
        zone, *forced = (self.zone or '').split(':')
        if len(forced) > 2:
            raise exception.InvalidInput(reason=f'{self.zone} is no zone:host:node')
        if any(forced) and (self.host or self.node):
            raise exception.InvalidInput(reason='a host is named in two ways')
        host, node = [*forced, '', ''][:2]
        return objects.RequestSpec(
            context, project_id=self.project_id, flavor=self._flavor(context),
            image=self._image(context), availability_zone=zone or None,
            force_hosts=_names(host), force_nodes=_names(node),
            ignore_hosts=list(self.ignore_hosts), scheduler_hints=_lists(self.hints),
            requested_destination=objects.Destination(context, host=self.host, node=self.node))

    def _flavor(self, context):
        sizes = {'vcpus': self.vcpus, 'memory_mb': self.memory_mb}
        if self.disk_gb is not None:
            sizes.update(root_gb=self.disk_gb, ephemeral_gb=0, swap=0)
        if self.flavor_id is not None:
            flavor = objects.Flavor.get_by_flavorid(context, self.flavor_id)
        elif any(sizes.values()):
            flavor = objects.Flavor(context, extra_specs={}, **SPARE)
        else:
            raise exception.InvalidInput(
                reason='name a flavor, or how many vCPUs, how much memory and disk are wanted')
        for name, value in sizes.items():
            if value is not None:
                setattr(flavor, name, value)
        if self.extra_specs is not None:
            flavor.extra_specs = self.extra_specs
        return flavor

    def _image(self, context):
        return self.image_id and image_api.API().get(context, self.image_id)


def _names(name):
    return [name] if name else []


def _lists(hints):
    """Answer hints as lists of text, as a create request's become."""
    return {name: [str(value) for value in (values if isinstance(values, list) else [values])]
            for name, values in hints.items()}
