# SPDX-License-Identifier: Apache-2.0
"""Policies of servers."""

from nova_lite.policies import base

INDEX = 'os_compute_api:servers:index'
INDEX_ALL_TENANTS = 'os_compute_api:servers:index:get_all_tenants'
DETAIL = 'os_compute_api:servers:detail'
DETAIL_ALL_TENANTS = 'os_compute_api:servers:detail:get_all_tenants'
ALLOW_ALL_FILTERS = 'os_compute_api:servers:allow_all_filters'
SHOW = 'os_compute_api:servers:show'
SHOW_HOST_STATUS = 'os_compute_api:servers:show:host_status'
SHOW_UNKNOWN_HOST_STATUS = 'os_compute_api:servers:show:host_status:unknown-only'
SHOW_EXTRA_SPECS = 'os_compute_api:servers:show:flavor-extra-specs'
SHOW_EXTENDED_ATTRIBUTES = 'os_compute_api:os-extended-server-attributes'
CREATE = 'os_compute_api:servers:create'
CREATE_FORCED_HOST = 'os_compute_api:servers:create:forced_host'
CREATE_REQUESTED_DESTINATION = 'compute:servers:create:requested_destination'
CREATE_ATTACH_NETWORK = 'os_compute_api:servers:create:attach_network'
CREATE_TRUSTED_CERTS = 'os_compute_api:servers:create:trusted_certs'
CREATE_ZERO_DISK_FLAVOR = 'os_compute_api:servers:create:zero_disk_flavor'
UPDATE = 'os_compute_api:servers:update'
DELETE = 'os_compute_api:servers:delete'

_LIST = 'GET /servers'
_DETAIL = 'GET /servers/detail'
_SHOW = 'GET /servers/{server_id}'
_CREATE = 'POST /servers'
_CREATE_OF_OLD = 'POST /os-volumes_boot'
_UPDATE = 'PUT /servers/{server_id}'

_FORMER_EXTRA_SPECS = base.formerly(
    'os_compute_api:os-flavor-extra-specs:index', base.FORMER_OWNER,
    'Extra specs that are shown with servers have a policy of their own; for those that are '
    'shown with flavors it stays.', '25.0.0')

RULES = [
    base.rule(INDEX, base.PROJECT_READER_OR_ADMIN, 'List servers.', _LIST),
    base.rule(INDEX_ALL_TENANTS, base.ADMIN, 'List the servers of all projects.', _LIST),
    base.rule(DETAIL, base.PROJECT_READER_OR_ADMIN, 'List servers with details.', _DETAIL),
    base.rule(DETAIL_ALL_TENANTS, base.ADMIN,
              'List the servers of all projects with details.', _DETAIL),
    base.rule(ALLOW_ALL_FILTERS, base.ADMIN,
              'Use all filters when listing servers.', _LIST, _DETAIL),
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN, 'Show a server.', _SHOW),
    base.rule(SHOW_HOST_STATUS, base.ADMIN,
              'Show the state of the host with its servers.', _SHOW, _DETAIL, _UPDATE),
    base.rule(SHOW_UNKNOWN_HOST_STATUS, base.ADMIN,
              'Show the state of the host with its servers where it is UNKNOWN, if the policy '
              'above does not show it always.', _SHOW, _DETAIL, _UPDATE),
    base.rule(SHOW_EXTRA_SPECS, base.PROJECT_READER_OR_ADMIN,
              "Show the flavor's extra specs with a server.", _SHOW, _DETAIL, _UPDATE,
              instead_of=_FORMER_EXTRA_SPECS),
    base.rule(SHOW_EXTENDED_ATTRIBUTES, base.ADMIN,
              'Show where a server is and how it was made.', _SHOW, _DETAIL, _UPDATE),
    base.rule(CREATE, base.PROJECT_MEMBER_OR_ADMIN, 'Create servers.', _CREATE, _CREATE_OF_OLD),
    base.rule(CREATE_FORCED_HOST, base.ADMIN,
              'Create servers on a host that is named with the availability zone.', _CREATE),
    base.rule(CREATE_REQUESTED_DESTINATION, base.ADMIN,
              'Create servers on a host or hypervisor that is named.', _CREATE),
    base.rule(CREATE_ATTACH_NETWORK, base.PROJECT_MEMBER_OR_ADMIN,
              'Create servers with networks that are named.', _CREATE),
    base.rule(CREATE_TRUSTED_CERTS, base.PROJECT_MEMBER_OR_ADMIN,
              'Create servers with trusted image certificates.', _CREATE),
    base.rule(CREATE_ZERO_DISK_FLAVOR, base.ADMIN,
              'Create servers from an image with a flavor whose root disk is 0 GB.', _CREATE),
    base.rule(UPDATE, base.PROJECT_MEMBER_OR_ADMIN, 'Rename or change a server.', _UPDATE),
    base.rule(DELETE, base.PROJECT_MEMBER_OR_ADMIN, 'Delete a server.',
              'DELETE /servers/{server_id}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
