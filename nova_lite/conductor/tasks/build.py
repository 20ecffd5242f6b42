# SPDX-License-Identifier: Apache-2.0
"""Build, the controllers' phases: choose a host, or another one after a failure.

The request was checked and recorded by compute/requests/build.py; the host's
phase is compute/workflows/build.py.
"""

from oslo_config import cfg
from oslo_log import log

from nova_lite import exception, objects
from nova_lite import steps as journals
from nova_lite.operations import failure, runner
from nova_lite.states import transitions, vm

LOG = log.getLogger(__name__)
CONF = cfg.CONF


def give_up(controller, context, work, error):
    """End the build: the server goes to error and says why."""
    return failure.outcome(error, work, vm_state=vm.ERROR)


@runner.workflow(transitions.BUILD, transitions.SCHEDULE, on_failure=give_up)
def schedule(controller, context, work, lease):
    """Choose a host for the server and claim its room there."""
    return _choose(controller, context, work, tried=[])


@runner.workflow(transitions.BUILD, transitions.RESCHEDULE, on_failure=give_up)
def reschedule(controller, context, work, lease):
    """Choose another host; nothing of the guest is on the one that failed.

    :raises MaxRetriesExceeded: when enough hosts have been tried
    """
    arguments = work.operation.arguments
    failed_on = arguments.get('failed_on') or [work.instance.host, work.instance.node]
    tried = [*arguments.get('tried', []), failed_on]
    problem = arguments.get('problem')
    if problem and not problem['can_be_tried_elsewhere']:
        raise exception.BuildAbort(reason=problem['message'])
    if len(tried) >= CONF.scheduler.max_attempts:
        raise exception.MaxRetriesExceeded(
            attempts=len(tried), hosts=', '.join(sorted({str(host) for host, _node in tried})),
            reason=(problem or {}).get('message', f'host {tried[-1][0]} was lost'))
    return _choose(controller, context, work, tried=tried)


def _choose(controller, context, work, *, tried):
    """Answer the hand-over to a host that has room and is none of those tried."""
    operation, instance = work.operation, work.instance
    journal = work.journal = journals.Journal(controller.name)
    with journal.record('conductor_schedule_instances') as event:
        selection = controller.scheduler.select_destinations(
            context, objects.RequestSpec.for_instance(context, instance, operation.arguments),
            operation.id, operation.lease, consumers=[instance.uuid], exclude=tried,
            release_first=bool(tried))[0]
        event['details'] = f'chose {selection.host} ({selection.node})'
    return objects.HandOver(
        context, phase=transitions.SPAWN, host=selection.host, node=selection.node,
        changes={'tried': tried, 'problem': None, 'failed_on': None}, allocate_networks=not tried,
        events=journal.events)
