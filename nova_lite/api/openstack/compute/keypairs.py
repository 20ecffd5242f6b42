# SPDX-License-Identifier: Apache-2.0
"""Key pairs: list, show, import, generate, delete.

Since 2.10 an admin may do all of it for another user. The keys themselves are
read and made in nova_lite/keypairs.py.
"""

from nova_lite import keypairs
from nova_lite.api.openstack.compute import paging
from nova_lite.api.openstack.compute.views import keypairs as views
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import keypairs as store
from nova_lite.policies import enforcement
from nova_lite.policies import keypairs as policies
from nova_lite.quota import api as quota


class Keypairs:
    """``/os-keypairs`` and ``/os-keypairs/{keypair_name}``."""

    def index(self, request):
        """List the key pairs of a user."""
        user_id = user_of(request, policies.INDEX, request.asked('user_id'))
        pages = request.offers(Feature.KEYPAIR_PAGING)
        limit = paging.limit_of(request) if pages else None
        rows = store.list_keypairs(
            request.context, user_id, marker=paging.marker_of(request), limit=limit)
        view = views.KeypairView(request)
        answer = {'keypairs': [view.in_list(row) for row in rows]}
        if pages and paging.is_full(request, rows):
            answer['keypairs_links'] = view.next_page(rows)
        return answer

    def show(self, request, keypair_name):
        """Show a key pair."""
        user_id = user_of(request, policies.SHOW, request.asked('user_id'))
        return views.KeypairView(request).whole(
            store.get_by_name(request.context, user_id, keypair_name))

    def create(self, request):
        """Import or generate a key pair."""
        wanted = request.body['keypair']
        user_id = user_of(request, policies.CREATE, wanted.get('user_id'))
        kind = wanted.get('type', keypairs.SSH)
        public_key, private_key = wanted.get('public_key'), None
        if public_key is None:
            made = keypairs.generate(kind, user_id)
            public_key, private_key = made.public_key, made.private_key
        values = {
            'user_id': user_id, 'name': wanted['name'], 'type': kind, 'public_key': public_key,
            'fingerprint': keypairs.fingerprint_of(kind, public_key)}
        row = quota.add_key_pair(request.context, user_id, lambda: store.create(
            request.context, values, is_imported=private_key is None))
        return views.KeypairView(request).created(row, private_key)

    def delete(self, request, keypair_name):
        """Delete a key pair."""
        user_id = user_of(request, policies.DELETE, request.asked('user_id'))
        store.delete(request.context, user_id, keypair_name)


def user_of(request, policy, named):
    """Answer whose key pairs are meant: the caller's own unless the request names a user.

    :raises PolicyNotAuthorized: if the caller may not touch that user's
    """
    context = request.context
    if named is None:
        return context.user_id
    enforcement.authorize(
        context, policy, {'user_id': named, 'project_id': context.project_id})
    return named
