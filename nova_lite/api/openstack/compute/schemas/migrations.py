# SPDX-License-Identifier: Apache-2.0
"""Schemas of migrations."""

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature
from nova_lite.states import migration as states


def _paged(schema):
    schema['properties'].update({
        **parts.PAGING, 'marker': parts.parameter(format='uuid'),
        'changes-since': parts.MOMENT_PARAMETER})
    parts.without_unknown(schema)


def _until(schema):
    schema['properties']['changes-before'] = parts.MOMENT_PARAMETER


def _of_whom(schema):
    schema['properties'].update(user_id=parts.parameter(), project_id=parts.parameter())


QUERY = parts.series(
    parts.query_of({name: parts.parameter() for name in (
        'hidden', 'host', 'instance_uuid', 'migration_type', 'source_compute', 'status')}),
    (Feature.MIGRATION_PAGING, _paged),
    (Feature.CHANGES_BEFORE, _until),
    (Feature.MIGRATION_OWNER, _of_whom),
)

_NUMBER_OR_NULL = {'type': ['integer', 'null'], 'maximum': validation.HIGHEST_INTEGER}
_MIGRATION = {
    'id': parts.INTEGER, 'instance_uuid': parts.UUID, 'status': parts.TEXT,
    **dict.fromkeys(('source_compute', 'source_node', 'dest_compute', 'dest_node', 'dest_host'),
                    parts.TEXT_OR_NULL),
    'old_instance_type_id': _NUMBER_OR_NULL, 'new_instance_type_id': _NUMBER_OR_NULL,
    'created_at': parts.FINE_MOMENT_OR_NULL, 'updated_at': parts.FINE_MOMENT_OR_NULL}


def _add(schema, optional=(), **properties):
    migration = schema['properties']['migrations']['items']
    migration['properties'].update(properties)
    migration['required'] = [*migration['required'],
                             *(name for name in properties if name not in optional)]


def _has_type(schema):
    _add(schema, migration_type={'enum': sorted(states.TYPES)}, links=parts.LINKS,
         optional=('links',))


def _has_uuid(schema):
    _add(schema, uuid=parts.UUID)
    schema['properties']['migrations_links'] = parts.NEXT_PAGE


def _has_owner(schema):
    _add(schema, user_id=parts.TEXT, project_id=parts.TEXT)


LIST_ANSWER = parts.series(
    parts.closed({'migrations': parts.array_of(parts.closed(_MIGRATION))}),
    (Feature.MIGRATION_TYPE, _has_type),
    (Feature.MIGRATION_PAGING, _has_uuid),
    (Feature.MIGRATION_OWNER, _has_owner),
)
