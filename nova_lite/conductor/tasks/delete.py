# SPDX-License-Identifier: Apache-2.0
"""Delete, the controllers' phase: of a server that is on no host, or whose host is away.

The twin on the host is compute/workflows/delete.py. What a host that is away
may still hold is left to it as an operation of its own, by the record itself.
"""

from nova_lite import objects
from nova_lite.operations import failure, runner
from nova_lite.states import power, transitions, vm


def keep(controller, context, work, error):
    """The server stays, in error, and can be deleted again."""
    return failure.outcome(error, work, vm_state=vm.ERROR)


@runner.workflow(transitions.DELETE, transitions.DELETE_LOCALLY, on_failure=keep)
def delete_locally(controller, context, work, lease):
    """Let the server go without its host."""
    return objects.Outcome(vm_state=vm.DELETED, power_state=power.NOSTATE)
