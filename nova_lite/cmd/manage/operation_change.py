# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage operation retry`` and ``abandon``: what the sweeper leaves to a person.

``retry`` decides as the sweeper does (operations/sweep.py), only at once.
"""

from nova_lite import exception, wake
from nova_lite.cmd.manage import confirmation, connections
from nova_lite.db.stores import operations_admin
from nova_lite.operations import sweep
from nova_lite.states import operation as op
from nova_lite.states import transitions

DONE = {
    sweep.Remedy.WAKE: 'Operation {id} was announced to {owner} again.',
    sweep.Remedy.RELEASE: 'The lease of operation {id} is void; it was announced to {owner}.',
    sweep.Remedy.WAIT_FOR_HOST: 'Operation {id} waits for host {host}, which alone can go on.',
    sweep.Remedy.GO_ON_WITHOUT_HOST:
        'Host {host} is gone and holds nothing of it: operation {id} goes on with a controller.',
}
NEXT = 'Next: "nova-lite-manage operation show {id}".'


def retry(args):
    """Set an operation in motion.

    :raises OperationHasEnded, OperationBelongsToParent: if it can't be
    :raises LeaseLost: if it has moved by itself in this moment
    """
    operator = connections.operator()
    row = operations_admin.get(operator, args.operation_id)
    remedy = remedy_for(row, release_lease=args.release_lease)
    if remedy is sweep.Remedy.LEAVE:
        print(why_not(row))
        return
    if args.dry_run:
        print(f'Operation {row["id"]} needs: {remedy.value}.')
        return
    with connections.messages():
        sweeper = sweep.Sweeper(wake=wake.owner_of_phase, was_well_for=None)
        if not sweeper.apply(operator, row, remedy):
            raise exception.LeaseLost(operation_id=row['id'], lease=row['lease'])
    print(_filled(DONE[remedy], row))
    print(_filled(NEXT, row))


def remedy_for(row, *, release_lease):
    """Answer what an operation needs; pure.

    :raises OperationHasEnded: if it needs nothing any more
    :raises OperationBelongsToParent: if its parent moves it
    """
    if row['state'] in op.FINISHED:
        raise exception.OperationHasEnded(operation_id=row['id'], state=row['state'])
    known = transitions.TABLE.get(row['kind'])
    phase = known and known.phase(row['phase'])
    if phase is None:
        raise exception.UnknownPhase(
            operation_id=row['id'], kind=row['kind'], phase=row['phase'])
    if phase.waits_for_parent:
        raise exception.OperationBelongsToParent(
            operation_id=row['id'], parent_id=row['parent_id'])
    can_be_run = row['host_is_up'] or phase.owner is transitions.Owner.CONTROLLER
    if release_lease and row['state'] == op.RUNNING and can_be_run:
        return sweep.Remedy.RELEASE
    return sweep.remedy_for(sweep.Symptoms.of(row), wake_up_again_after=-1)


def why_not(row):
    """Say why an operation is left alone; pure."""
    if row['owner_lives']:
        return (f'Operation {row["id"]} is run by {row["owner_binary"]} on {row["owner_host"]}, '
                f'last sign of progress {row["idle"]:.0f} s ago; nothing was done. '
                '--release-lease takes it from there.')
    delete = '' if row['kind'] == transitions.CLEAN_UP else 'delete the server, or '
    return (f'Operation {row["id"]} waits for host {row["host"]}, which is down and may hold '
            f'something of the server; nothing was done. Bring the host back, or {delete}see '
            '"operation abandon".')


def _filled(text, row):
    return text.format(id=row['id'], host=row['host'], owner=row['host'] or 'a conductor')


def abandon(args):
    """End an operation with a fault.

    :raises OperationHasEnded, HostMayHoldGuest: and nothing is changed
    """
    operator = connections.operator()
    row = operations_admin.get(operator, args.operation_id)
    abandonment = operations_admin.Abandonment(
        who=connections.who(), reason=args.reason, even_if_host_holds=args.even_if_host_holds)
    operations_admin.check_abandonment(row, abandonment)
    if not confirmation.is_given(args, *_plan(row, abandonment)):
        return
    operations_admin.abandon(operator, row['id'], abandonment)
    print(f'Operation {row["id"]} has ended: {abandonment.message(row["kind"])}')
    print(_next(row))


def _plan(row, abandonment):
    yield (f'Operation {row["id"]} ({row["kind"]} of server {row["instance_uuid"]}, phase '
           f'{row["phase"]}) ends with "{abandonment.message(row["kind"])}"')
    if row['kind'] == transitions.CLEAN_UP:
        yield (f'What host {row["host"]} holds of the deleted server stays there; its room and '
               'its addresses are given to others.')
    elif row['instance_uuid']:
        yield f'The server goes to {operations_admin.vm_state_after(row["kind"])}.'
        if row['host_may_hold']:
            yield f'It stays on host {row["host"]}, with its room and its addresses.'
    else:
        yield 'Servers that wait for it go to error.'


def _next(row):
    if row['kind'] == transitions.CLEAN_UP:
        return (f'Next, when host {row["host"]} is back: '
                f'"nova-lite-manage audit --host {row["host"]}".')
    if row['instance_uuid']:
        return f'Next: "nova-lite-manage server show {row["instance_uuid"]}"; it can be deleted.'
    return 'Next: "nova-lite-manage server list --state error".'
