# SPDX-License-Identifier: Apache-2.0
"""How server groups are shown: the newest form is built, then lowered to the request's version."""

from nova_lite.api.openstack.microversions import Feature


def _without_rules(group):
    del group['rules']
    group.update(policies=[group.pop('policy')], metadata={})


def _without_owner(group):
    del group['project_id'], group['user_id']


LOWER = ((Feature.GROUP_RULES, _without_rules), (Feature.GROUP_OWNER, _without_owner))


def whole(request, row):
    """Answer all of a group, as the request's version knows it."""
    shown = {'id': row['uuid'], 'name': row['name'], 'policy': row['policy'],
             'rules': row['rules'], 'members': row['members'],
             'project_id': row['project_id'], 'user_id': row['user_id']}
    for feature, lower in LOWER:
        if not request.offers(feature):
            lower(shown)
    return shown
