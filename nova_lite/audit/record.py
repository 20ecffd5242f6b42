# SPDX-License-Identifier: Apache-2.0
"""The tables held against each other.

What can't be true at any moment is asked by stores/record_audit.py; here it
becomes findings with their repairs.
"""

import functools

from nova_lite import objects, wake
from nova_lite.audit import finding as findings
from nova_lite.audit.finding import Finding
from nova_lite.db.stores import (
    inventory_audit,
    operations_admin,
    record_audit,
    record_repair,
    secrets,
    sweeping,
)
from nova_lite.operations import sweep
from nova_lite.scheduler import request as scheduler_request
from nova_lite.states import transitions

STUCK_AFTER = 120
"""Seconds after which no sweeper would still leave alone what it could move."""

MOST = 10_000
UNATTENDED = 'What was being done to the server was lost; ended by the audit.'
NO_PARENT = 'The request that made the server has ended without it.'


def look(context):
    """Yield what is wrong, in no order."""
    for question in (_room, _addresses, _servers, _operations, _hosts):
        yield from question(context)


def _room(context):
    for row in inventory_audit.recount(context, repair=False):
        yield Finding(
            findings.USED_DIFFERS, f'node {row["node_id"]} {row["resource_class"]}', fields=row,
            repair=functools.partial(_recount, context, row['node_id'], row['resource_class']))
    for uuid in sorted({row['consumer_uuid'] for row in inventory_audit.orphans(context)}):
        yield Finding(findings.CLAIM_OF_NOBODY, uuid,
                      repair=functools.partial(record_repair.release, context, uuid))
    for row in record_audit.unclaimed(context):
        yield Finding(findings.SERVER_WITHOUT_CLAIM, row['uuid'], row['host'],
                      repair=functools.partial(_claim_again, context, row['uuid']))
    for row in record_audit.claimed_elsewhere(context):
        yield Finding(
            findings.CLAIM_ELSEWHERE, row['uuid'], row['host'],
            fields={'claimed_on': row['claimed_on'] or 'a node that is gone'},
            repair=row['host'] and functools.partial(_claim_again, context, row['uuid']))


def _recount(context, node_id, resource_class):
    """Repair the whole node; answer whether this class was still wrong."""
    return any(row['resource_class'] == resource_class
               for row in inventory_audit.recount_node(context, node_id, repair=True))


def _claim_again(context, uuid):
    server = objects.Instance.get_by_uuid(context, uuid)
    return record_repair.claim_again(
        context, uuid, scheduler_request.amounts_of(server.flavor))


def _addresses(context):
    for row in record_audit.addresses_of_nobody(context):
        yield Finding(
            findings.ADDRESS_OF_NOBODY, row['instance_uuid'],
            repair=functools.partial(record_repair.release, context, row['instance_uuid']))
    for row in record_audit.addresses_without_nic(context):
        yield Finding(
            findings.ADDRESS_WITHOUT_NIC, row['address'], fields={'server': row['instance_uuid']},
            repair=functools.partial(
                record_repair.free_address, context, row['id'], row['instance_uuid']))
    for row in record_audit.nics_without_address(context):
        yield Finding(findings.NIC_WITHOUT_ADDRESS, row['uuid'],
                      fields={'server': row['instance_uuid']})
    for row in record_audit.nics_elsewhere(context):
        yield Finding(
            findings.NIC_ELSEWHERE, row['uuid'], row['host'], fields=row,
            repair=functools.partial(record_repair.set_host_of_nics, context, row['uuid']))


def _servers(context):
    for row in record_audit.unattended(context):
        yield Finding(
            findings.UNATTENDED, row['uuid'], row['host'], fields=row,
            repair=functools.partial(
                record_repair.end_unattended, context, row['uuid'], UNATTENDED))
    for row in record_audit.on_unknown_hosts(context):
        yield Finding(findings.UNKNOWN_HOST, row['uuid'], row['host'])
    for row in record_audit.without_host(context):
        yield Finding(findings.SERVER_WITHOUT_HOST, row['uuid'], fields=row)


def _operations(context):
    for row in record_audit.operations_of_nobody(context):
        yield Finding(
            findings.OPERATION_OF_NOBODY, str(row['id']), fields=_fields_of(row),
            repair=functools.partial(record_repair.end_operation_of_nobody, context, row['id']))
    for row in record_audit.children_without_parent(context):
        yield Finding(
            findings.CHILD_WITHOUT_PARENT, str(row['id']), fields=_fields_of(row),
            repair=functools.partial(record_repair.fail_child, context, row, NO_PARENT))
    for row in record_audit.secrets_of_ended(context):
        yield Finding(findings.SECRETS_KEPT, str(row['id']),
                      repair=functools.partial(_forget_secrets, context, row['id']))
    expired = record_audit.count_expired_keys(context)
    if expired:
        yield Finding(findings.KEYS_KEPT, str(expired),
                      repair=functools.partial(_forget_keys, context))
    quiet = operations_admin.listing(
        context, operations_admin.Wanted(quiet_for=STUCK_AFTER), limit=MOST)
    for row in quiet:
        yield from _of_quiet(context, row)


def _fields_of(row):
    return {'kind': row['kind'], 'phase': row['phase'], 'server': row['instance_uuid'],
            'parent_id': row['parent_id']}


def _of_quiet(context, row):
    """Tell an operation that nobody moves from one that waits for good reason."""
    fields = {**_fields_of(row), 'idle': round(row['idle'])}
    known = transitions.TABLE.get(row['kind'])
    if known is None or known.phase(row['phase']) is None:
        yield Finding(findings.UNKNOWN_PHASE, str(row['id']), row['host'], fields)
        return
    remedy = sweep.remedy_for(sweep.Symptoms.of(row), wake_up_again_after=STUCK_AFTER)
    if remedy is not sweep.Remedy.LEAVE:
        yield Finding(findings.STUCK, str(row['id']), row['host'], fields,
                      repair=functools.partial(_move, context, row, remedy))


def _move(context, row, remedy):
    sweeper = sweep.Sweeper(wake=wake.owner_of_phase, was_well_for=None)
    return sweeper.apply(context, row, remedy)


def _forget_secrets(context, operation_id):
    secrets.forget(context, operation_id)
    return True


def _forget_keys(context):
    sweeping.forget_expired_keys(context)
    return True


def _hosts(context):
    for row in record_audit.computes_without_key(context):
        yield Finding(findings.HOST_WITHOUT_KEY, row['host'])
    for row in record_audit.aggregates_of_unknown_hosts(context):
        yield Finding(findings.AGGREGATE_OF_NOBODY, row['host'],
                      fields={'aggregate_id': row['aggregate_id']})
