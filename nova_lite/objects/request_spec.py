# SPDX-License-Identifier: Apache-2.0
"""What is asked of the scheduler; read by scheduler/request.py."""

from oslo_versionedobjects import fields

from nova_lite.objects import base


@base.register
class Destination(base.NovaLiteObject):
    """A host that the request names, but that has to pass the filters like any other."""

    VERSION = '1.0'

    fields = {
        'host': fields.StringField(nullable=True, default=None),
        'node': fields.StringField(nullable=True, default=None),
    }


@base.register
class RequestSpec(base.NovaLiteObject):
    """The properties of the servers of one request that matter for where they go.

    :ivar force_hosts: hosts that are taken without asking the filters
    :ivar ignore_hosts: hosts that are out
    """

    VERSION = '1.0'

    fields = {
        'project_id': fields.StringField(),
        'num_instances': fields.IntegerField(default=1),
        'flavor': fields.ObjectField('Flavor'),
        'image': fields.ObjectField('ImageMeta', nullable=True, default=None),
        'availability_zone': fields.StringField(nullable=True, default=None),
        'force_hosts': fields.ListOfStringsField(default=[]),
        'force_nodes': fields.ListOfStringsField(default=[]),
        'ignore_hosts': fields.ListOfStringsField(default=[]),
        'requested_destination': fields.ObjectField('Destination', nullable=True, default=None),
        'scheduler_hints': fields.DictOfListOfStringsField(default={}),
    }

    def __init__(self, context=None, **kwargs):
        super().__init__(context, **kwargs)
        self.obj_set_defaults()

    @classmethod
    def for_instance(cls, context, instance, arguments):
        """Make the spec of a server that was recorded.

        :param arguments: of its build operation: force_host, force_node,
            requested_host, requested_hypervisor, num_instances
        """
        return cls(
            context, project_id=instance.project_id, flavor=instance.flavor,
            image=instance.image_meta, availability_zone=instance.requested_zone,
            num_instances=arguments.get('num_instances', 1),
            force_hosts=_names(arguments.get('force_host')),
            force_nodes=_names(arguments.get('force_node')),
            requested_destination=Destination(
                context, host=arguments.get('requested_host'),
                node=arguments.get('requested_hypervisor')),
            scheduler_hints=_lists(instance.scheduler_hints or {}))


def _names(name):
    return [name] if name else []


def _lists(hints):
    """Answer hints as lists of text; a single value is a list of one."""
    return {name: [str(value) for value in (values if isinstance(values, list) else [values])]
            for name, values in hints.items()}
