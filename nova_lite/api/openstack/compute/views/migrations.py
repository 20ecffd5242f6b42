# SPDX-License-Identifier: Apache-2.0
"""How migrations are shown."""

from nova_lite.api.openstack.compute.views import links, moments
from nova_lite.api.openstack.microversions import Feature
from nova_lite.policies import enforcement
from nova_lite.policies import migrations as policies
from nova_lite.states import migration as states

SHOWN = ('id', 'instance_uuid', 'status', 'old_instance_type_id', 'new_instance_type_id')
OF_HOSTS = ('source_compute', 'source_node', 'dest_compute', 'dest_node', 'dest_host')


class MigrationView:
    """Shows migrations in the answer to one request."""

    def __init__(self, request):
        self._request = request
        self._links = links.Links(request)
        self._shows_hosts = enforcement.allows(request.context, policies.HOST)

    def whole(self, row):
        """Answer a migration; who may not see hosts sees none."""
        shown = {name: row[name] for name in SHOWN}
        shown.update({name: row[name] if self._shows_hosts else None for name in OF_HOSTS})
        shown.update({name: moments.with_fraction(row[name])
                      for name in ('created_at', 'updated_at')})
        if self._request.offers(Feature.MIGRATION_TYPE):
            shown.update(migration_type=row['migration_type'], **self._address(row))
        if self._request.offers(Feature.MIGRATION_PAGING):
            shown['uuid'] = row['uuid']
        if self._request.offers(Feature.MIGRATION_OWNER):
            shown.update(user_id=row['user_id'], project_id=row['project_id'])
        return shown

    def _address(self, row):
        """Answer the links of what has an address: a live migration as long as it goes on."""
        if (row['migration_type'] != states.LIVE_MIGRATION
                or row['status'] not in states.LIVE_IN_PROGRESS):
            return {}
        return {'links': self._links.pair(
            'servers', row['instance_uuid'], 'migrations', row['id'])}

    def next_page(self, rows):
        """Answer the link to the page after these rows."""
        return self._links.next_page(rows[-1]['uuid'], 'os-migrations')
