# SPDX-License-Identifier: Apache-2.0
"""Networks and the NICs of servers; the bodies are in db/stores/networks.py.

A server carries its NICs with all that a host needs (``NetworkInfo``), so a
host asks nobody when it sets them up. ``to_row`` and ``from_rows`` go to and
from the JSON that is stored with the server.
"""

from oslo_versionedobjects import fields

from nova_lite.objects import base

DEVICE_NAME_LENGTH = 14


@base.register
class Network(base.NovaLiteObject):
    """A flat network.

    ``dhcp_server`` is this network's address of every host, on its bridge.
    """

    VERSION = '1.0'

    fields = {
        'id': fields.IntegerField(),
        'uuid': fields.UUIDField(),
        'label': fields.StringField(),
        'cidr': fields.StringField(),
        'gateway': fields.StringField(),
        'dhcp_server': fields.StringField(),
        'dns1': fields.StringField(nullable=True),
        'dns2': fields.StringField(nullable=True),
        'bridge': fields.StringField(),
        'bridge_interface': fields.StringField(nullable=True),
        'mtu': fields.IntegerField(),
        'project_id': fields.StringField(nullable=True),
    }

    @property
    def nameservers(self):
        """The name servers that guests are told; none given means the host's dnsmasq."""
        return [server for server in (self.dns1, self.dns2) if server]

    def to_row(self):
        """Answer the fields as plain values that JSON can carry."""
        return {name: getattr(self, name) for name in self.fields}


@base.register
class VIF(base.NovaLiteObject):
    """One NIC: ``address`` is its MAC, ``fixed_ips`` are ``{'address': ..., 'version': 4}``."""

    VERSION = '1.0'

    fields = {
        'id': fields.UUIDField(),
        'address': fields.StringField(),
        'network': fields.ObjectField('Network'),
        'fixed_ips': base.JsonField(),
        'device_index': fields.IntegerField(),
        'tag': fields.StringField(nullable=True),
    }

    @classmethod
    def from_row(cls, context, row):
        """Make a NIC of a store's dict, in which the network is a dict too."""
        return super().from_row(
            context, dict(row, network=Network.from_row(context, row['network'])))

    def to_row(self):
        """Answer the fields as plain values that JSON can carry."""
        row = {name: getattr(self, name) for name in self.fields}
        return dict(row, network=self.network.to_row())

    @property
    def devname(self):
        """The name of the tap at the host; known before the tap exists."""
        return f'tap{self.id}'[:DEVICE_NAME_LENGTH]

    @property
    def addresses(self):
        """The fixed addresses alone."""
        return [fixed_ip['address'] for fixed_ip in self.fixed_ips]


@base.register
class NetworkInfo(base.ObjectListBase, base.NovaLiteObject):
    """The NICs of a server in the order in which the guest has them."""

    VERSION = '1.0'

    fields = {'objects': fields.ListOfObjectsField('VIF')}

    @classmethod
    def from_rows(cls, context, rows):
        """Make the NICs of what is stored with a server."""
        made = cls(context, objects=[VIF.from_row(context, row) for row in rows or ()])
        made.obj_reset_changes()
        return made

    def to_rows(self):
        """Answer what is stored with a server."""
        return [nic.to_row() for nic in self]
