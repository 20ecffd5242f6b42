# SPDX-License-Identifier: Apache-2.0
"""Delete on the host, and the clean-up of what a delete without the host has left.

Everything here may be repeated: what is gone already is fine.
"""

from nova_lite import objects
from nova_lite import steps as journals
from nova_lite.operations import failure, runner
from nova_lite.states import power, transitions, vm


def keep(host, context, work, error):
    """The server stays, in error, and can be deleted again."""
    return failure.outcome(error, work, vm_state=vm.ERROR, host=host.name)


def try_again(host, context, work, error):
    """Leave the clean-up for a later try: nobody else can do it.

    :raises Exception: the error itself; the operation stays unfinished
    """
    raise error


@runner.workflow(transitions.DELETE, transitions.DESTROY, on_failure=keep)
def destroy(host, context, work, lease):
    """Remove the guest, its network and its disks."""
    journal = work.journal = journals.Journal(host.name)
    with journal.record('compute_terminate_instance'):
        remove_guest(host, context, work.instance)
    return objects.Outcome(vm_state=vm.DELETED, power_state=power.NOSTATE, events=journal.events)


@runner.workflow(transitions.CLEAN_UP, transitions.REMOVE_LEFTOVERS, on_failure=try_again)
def remove_leftovers(host, context, work, lease):
    """Remove what is left of a server that was deleted while this host was away."""
    remove_guest(host, context, work.instance)
    return objects.Outcome(vm_state=vm.DELETED)


def remove_guest(host, context, instance):
    """Leave nothing of a server on this host."""
    host.driver.destroy(context, instance, instance.network_info)
    host.network.unplug(context, instance, instance.network_info)
