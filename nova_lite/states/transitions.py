# SPDX-License-Identifier: Apache-2.0
"""THE table of operations: one row says all that is known about one operation.

The API's guards, the recovery, the sweeper and the documentation read it;
nothing else knows which state allows what.
"""

import dataclasses
import enum

from nova_lite.states import task, vm


class Relation(enum.Enum):
    """How an operation stands to others on the same server."""

    EXCLUSIVE = 'exclusive'      # one at a time
    SUPERSEDES = 'supersedes'    # takes the server over from whatever runs
    BESIDE = 'beside'            # whatever else runs is not disturbed
    INTERNAL = 'internal'        # started by the product itself, invisible to the guards


class Owner(enum.Enum):
    """Who runs a phase."""

    CONTROLLER = 'controller'
    HOST = 'host'


@dataclasses.dataclass(frozen=True)
class Phase:
    """One stretch of an operation that a single worker runs from start to end.

    :ivar task_state: what the server shows while the phase runs; None keeps it
    :ivar progress_timeout: seconds without a sign of progress after which the
        sweeper calls the worker hung
    :ivar when_host_is_gone: phase of the controller that goes on when the host
        is down; None leaves the operation visibly waiting for its host
    :ivar even_if_host_holds: also when the host may hold something of the guest
    :ivar waits_for_parent: nobody is woken for it, its parent moves it on
    """

    name: str
    owner: Owner
    task_state: str | None
    progress_timeout: int
    when_host_is_gone: str | None = None
    even_if_host_holds: bool = False
    waits_for_parent: bool = False


@dataclasses.dataclass(frozen=True)
class Operation:
    """One row of the table.

    :ivar kind: its name in the database, in logs and in the documentation
    :ivar action: Nova's name in ``os-instance-actions``; None records no action
    :ivar from_vm_states: the states it may start from
    :ivar from_task_states: None for any
    :ivar stopped_by_lock: whether a locked server refuses it to non-admins
    :ivar phases: none where the request itself does all of it in one transaction
    :ivar fails_to: ``vm_state`` after a failure; None leaves it as it was
    """

    kind: str
    action: str | None
    from_vm_states: frozenset
    from_task_states: frozenset | None
    sets_task_state: str | None
    ends_in: frozenset
    relation: Relation
    stopped_by_lock: bool
    policy: str | None
    phases: tuple
    fails_to: str | None = None

    def phase(self, name):
        """Answer the phase of that name; None if this release does not know it."""
        return next((phase for phase in self.phases if phase.name == name), None)


BUILD = 'build'
BUILD_BATCH = 'build_batch'
DELETE = 'delete'
CLEAN_UP = 'clean_up'
UPDATE_METADATA = 'update metadata'
UPDATE_TAGS = 'update tags'
LOCK = 'lock'
UNLOCK = 'unlock'
RESET_STATE = 'reset state'

SCHEDULE = 'schedule'
SPAWN = 'spawn'
RESCHEDULE = 'reschedule'
AWAIT_BATCH = 'await_batch'
DESTROY = 'destroy'
DELETE_LOCALLY = 'delete_locally'
REMOVE_LEFTOVERS = 'remove_leftovers'


def _beside(kind, policy, *, stopped_by_lock):
    """Answer the row of something that the request itself does to a server that is built."""
    return Operation(
        kind=kind, action=None, policy=policy, stopped_by_lock=stopped_by_lock,
        from_vm_states=frozenset({vm.ACTIVE, vm.PAUSED, vm.SUSPENDED, vm.STOPPED}),
        from_task_states=None, sets_task_state=None, ends_in=frozenset(),
        relation=Relation.BESIDE, phases=())


def _by_word(kind, action, policy, *, ends_in=frozenset(), relation=Relation.BESIDE):
    """Answer the row of what is declared of a server: nothing is done to the guest."""
    return Operation(
        kind=kind, action=action, policy=policy, stopped_by_lock=False,
        from_vm_states=vm.ALL - {vm.DELETED}, from_task_states=None, sets_task_state=None,
        ends_in=ends_in, relation=relation, phases=())


TABLE = {row.kind: row for row in (
    Operation(
        kind=BUILD, action='create',
        from_vm_states=frozenset({vm.BUILDING}), from_task_states=frozenset({task.SCHEDULING}),
        sets_task_state=task.SCHEDULING, ends_in=frozenset({vm.ACTIVE}), fails_to=vm.ERROR,
        relation=Relation.EXCLUSIVE, stopped_by_lock=False,
        policy='os_compute_api:servers:create',
        phases=(
            Phase(SCHEDULE, Owner.CONTROLLER, task.SCHEDULING, 60),
            # The host is asked, nothing of the guest may exist there yet: another can be chosen.
            Phase(SPAWN, Owner.HOST, task.SPAWNING, 600, when_host_is_gone=RESCHEDULE),
            Phase(RESCHEDULE, Owner.CONTROLLER, task.SCHEDULING, 60),
            # A child of a multi-create: its parent schedules it together with its siblings.
            Phase(AWAIT_BATCH, Owner.CONTROLLER, task.SCHEDULING, 600, waits_for_parent=True),
        ),
    ),
    Operation(
        kind=BUILD_BATCH, action=None,
        from_vm_states=frozenset(), from_task_states=None,
        sets_task_state=None, ends_in=frozenset(),
        relation=Relation.INTERNAL, stopped_by_lock=False, policy=None,
        phases=(Phase(SCHEDULE, Owner.CONTROLLER, None, 120),),
    ),
    Operation(
        kind=DELETE, action='delete',
        from_vm_states=vm.ALL - {vm.DELETED}, from_task_states=None,
        sets_task_state=task.DELETING, ends_in=frozenset({vm.DELETED}), fails_to=vm.ERROR,
        relation=Relation.SUPERSEDES, stopped_by_lock=True,
        policy='os_compute_api:servers:delete',
        phases=(
            # The guest may be running on the lost host; the clean-up that is left behind for
            # it keeps what the guest may still use, so the server itself can go at once.
            Phase(DESTROY, Owner.HOST, task.DELETING, 300,
                  when_host_is_gone=DELETE_LOCALLY, even_if_host_holds=True),
            Phase(DELETE_LOCALLY, Owner.CONTROLLER, task.DELETING, 60),
        ),
    ),
    Operation(
        kind=CLEAN_UP, action=None,
        from_vm_states=frozenset({vm.DELETED}), from_task_states=None,
        sets_task_state=None, ends_in=frozenset({vm.DELETED}),
        relation=Relation.INTERNAL, stopped_by_lock=False, policy=None,
        phases=(Phase(REMOVE_LEFTOVERS, Owner.HOST, None, 300),),
    ),
    _beside(UPDATE_METADATA, 'os_compute_api:server-metadata:update', stopped_by_lock=True),
    _beside(UPDATE_TAGS, 'os_compute_api:os-server-tags:update', stopped_by_lock=False),
    _by_word(LOCK, 'lock', 'os_compute_api:os-lock-server:lock'),
    _by_word(UNLOCK, 'unlock', 'os_compute_api:os-lock-server:unlock'),
    # It ends what is at work first; whoever still believes to be is fenced off.
    _by_word(RESET_STATE, 'resetState', 'os_compute_api:os-admin-actions:reset_state',
             ends_in=frozenset({vm.ACTIVE, vm.ERROR}), relation=Relation.SUPERSEDES),
)}
