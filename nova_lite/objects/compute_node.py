# SPDX-License-Identifier: Apache-2.0
"""Hypervisors as their hosts report them; the bodies are in db/stores/compute_nodes.py."""

from oslo_versionedobjects import fields

from nova_lite.objects import base


@base.register
class ComputeNode(base.NovaLiteObject):
    """One hypervisor."""

    VERSION = '1.2'

    fields = {
        'id': fields.IntegerField(),
        'uuid': fields.UUIDField(),
        'host': fields.StringField(),
        'hypervisor_hostname': fields.StringField(),
        'hypervisor_type': fields.StringField(),
        'hypervisor_version': fields.IntegerField(),
        'vcpus': fields.IntegerField(),
        'memory_mb': fields.IntegerField(),
        'local_gb': fields.IntegerField(),
    }

    @base.remotable_classmethod
    def report(cls, context, host, reports):
        """Record what the host's nodes have; usage is not the host's to say.

        :param reports: a list of dicts, one a node: the columns of
            ``compute_nodes`` and ``inventories`` (resource class -> total,
            reserved, allocation_ratio and, since 1.1, min_unit, max_unit,
            step_size); since 1.1 also ``traits``, those of the hypervisor, and
            ``provider_traits``, those of the provider files. A host that says
            neither leaves the traits as they are. Since 1.2 also ``uptime``,
            None where it is not known.
        :returns: hypervisor_hostname -> uuid of the nodes, since 1.1
        """
        return base.store('compute_nodes').report(context, host, reports)
