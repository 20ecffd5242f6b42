# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage server reset-state``: what nothing else can set right is declared.

It changes the record only. What the guest does is reported by its host, which
then corrects a wrong declaration between running and stopped.
"""

from nova_lite.cmd.manage import confirmation, connections
from nova_lite.db.stores import instances, operations_admin, state_reset
from nova_lite.states import transitions, vm

STATES = sorted(transitions.TABLE[transitions.RESET_STATE].ends_in)


def add_command(commands):
    """Add the command's parser."""
    parser = commands.add_parser(
        'reset-state', help='declare a server to be in error, or active; nothing is done to it')
    parser.add_argument('uuid', metavar='UUID', help='id of the server')
    parser.add_argument('--state', choices=STATES, default=vm.ERROR,
                        help=f'what it is from now on (default: {vm.ERROR})')
    parser.add_argument('--reason', help="why; the server's actions tell it")
    parser.add_argument('--abandon', action='store_true',
                        help='end what is being done to it first, as "operation abandon" does')
    parser.add_argument('--even-if-host-holds', action='store_true',
                        help='with --abandon: also where a host may hold something of the guest')
    confirmation.add_arguments(parser)
    parser.set_defaults(run=reset_state)


def reset_state(args):
    """Declare what a server is.

    :raises InstanceNotFound: if there is none, or it is deleted
    :raises ServerIsWorkedOn, HostMayHoldGuest, ServerHasNoHost: and nothing is changed
    """
    operator = connections.operator()
    server = instances.get_by_uuid(operator, args.uuid)
    running = state_reset.unfinished(operator, args.uuid)
    wanted = _wanted(args)
    state_reset.check(server, running, wanted)
    if not confirmation.is_given(args, *_plan(server, running, wanted)):
        return
    before = state_reset.reset(operator, args.uuid, wanted)
    print(f'Server {args.uuid} was {before["vm_state"]} and is {wanted.vm_state}.')
    print(f'Next: "nova-lite-manage server show {args.uuid}" says what its host holds of it.')


def _wanted(args):
    who = connections.who()
    abandonment = operations_admin.Abandonment(
        who=who, reason=args.reason, even_if_host_holds=args.even_if_host_holds)
    return state_reset.Reset(vm_state=args.state, who=who, reason=args.reason,
                             abandonment=abandonment if args.abandon else None)


def _plan(server, running, wanted):
    for row in running:
        yield (f'Operation {row["id"]} ({row["kind"]}, phase {row["phase"]}) ends with '
               f'"{wanted.abandonment.message(row["kind"])}"')
    yield (f'Server {server["uuid"]} ({server["display_name"]}), which is {server["vm_state"]} '
           f'with task {server["task_state"] or "none"} on host {server["host"] or "none"}, counts '
           f'as {wanted.vm_state}. Nothing is done to its guest.')
