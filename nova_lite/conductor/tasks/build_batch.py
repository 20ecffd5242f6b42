# SPDX-License-Identifier: Apache-2.0
"""Multi-create: all servers of one request are scheduled together, all or none."""

from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, objects, wake
from nova_lite import steps as journals
from nova_lite.objects import base as objects_base
from nova_lite.operations import failure, runner
from nova_lite.states import transitions, vm

LOG = log.getLogger(__name__)


def fail_all(controller, context, work, error):
    """No child could be scheduled: each goes to error with the same reason."""
    outcome = failure.outcome(error, work, vm_state=vm.ERROR)
    for child in _waiting_children(context, work):
        with nova_context.about(context, child['instance_uuid']):
            LOG.info('Operation %s (%s) ends with its batch: %s', child['id'],
                     transitions.BUILD, error)
        objects_base.store('batches').fail_child(context, child, outcome)
    return failure.outcome(error, work, vm_state=None)


@runner.workflow(transitions.BUILD_BATCH, transitions.SCHEDULE, on_failure=fail_all)
def schedule(controller, context, work, lease):
    """Choose a host for each server and hand each over to its host.

    After a crash the children that have been handed over are left alone, and
    the claims of the others are found again by the scheduler.
    """
    children = _waiting_children(context, work)
    if children:
        _hand_over(context, work, children, _select(controller, context, work, children))
    return objects.Outcome()


def _waiting_children(context, work):
    return objects_base.store('batches').waiting_children(context, work.operation.id)


def _select(controller, context, work, children):
    first = objects.Instance.get_by_uuid(context.elevated(), children[0]['instance_uuid'])
    spec = objects.RequestSpec.for_instance(context, first, children[0]['arguments'])
    journal = work.journal = journals.Journal(controller.name)
    with journal.record('conductor_schedule_instances'):
        return controller.scheduler.select_destinations(
            context, spec, work.operation.id, work.operation.lease,
            consumers=[child['instance_uuid'] for child in children], exclude=[])


def _hand_over(context, work, children, selections):
    for child, selection in zip(children, selections, strict=True):
        with nova_context.about(context, child['instance_uuid']) as context_of_child:
            _hand_over_child(context_of_child, work, child, selection)


def _hand_over_child(context, work, child, selection):
    next_phase = objects.HandOver(
        context, phase=transitions.SPAWN, host=selection.host, node=selection.node,
        changes={'tried': []}, allocate_networks=True, events=work.events)
    try:
        objects_base.store('batches').start_child(context, child, next_phase)
    except exception.LeaseLost:
        # Deleted while it waited: its claim came too late for the delete to free it.
        LOG.info('Operation %s (%s) was taken over while it waited', child['id'],
                 transitions.BUILD)
        objects_base.store('inventories').release(context, child['instance_uuid'])
        return
    except exception.ServiceUnavailable:
        # No fault of the child's: it waits, and the parent is run again.
        raise
    except exception.NovaLiteException as error:
        LOG.warning('Operation %s (%s) failed: %s', child['id'], transitions.BUILD, error)
        objects_base.store('batches').fail_child(
            context, child, failure.outcome(error, work, vm_state=vm.ERROR))
        return
    LOG.info('Operation %s (%s) goes on as %s on %s', child['id'], transitions.BUILD,
             transitions.SPAWN, selection.host)
    wake.owner_of_phase(context, child['id'], child['instance_uuid'], selection.host)
