# SPDX-License-Identifier: Apache-2.0
"""How key pairs are shown."""

from nova_lite.api.openstack.compute.views import links, moments
from nova_lite.api.openstack.microversions import Feature


class KeypairView:
    """Shows key pairs in the answer to one request."""

    def __init__(self, request):
        self._request = request

    def in_list(self, row):
        """Answer what lists show."""
        return {'keypair': self._brief(row)}

    def whole(self, row):
        """Answer all of a key pair."""
        return {'keypair': {
            **self._brief(row), 'user_id': row['user_id'], 'id': row['id'],
            'created_at': moments.with_fraction(row['created_at']),
            'updated_at': moments.with_fraction(row['updated_at']),
            'deleted': False, 'deleted_at': None}}

    def created(self, row, private_key):
        """Answer a new key pair.

        :param private_key: None if the user has it already
        """
        shown = {**self._brief(row), 'user_id': row['user_id']}
        if private_key is not None:
            shown['private_key'] = private_key
        return {'keypair': shown}

    def next_page(self, rows):
        """Answer the link to the page after these rows."""
        return links.Links(self._request).next_page(rows[-1]['name'], 'os-keypairs')

    def _brief(self, row):
        shown = {name: row[name] for name in ('name', 'public_key', 'fingerprint')}
        if self._request.offers(Feature.KEYPAIR_TYPE):
            shown['type'] = row['type']
        return shown
