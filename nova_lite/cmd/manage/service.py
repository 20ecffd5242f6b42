# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage service``: the daemons, and which hosts get new servers.

The same as ``/os-services`` of the API, for when there is no API.
"""

from oslo_config import cfg

from nova_lite import exception
from nova_lite.cmd.manage import confirmation, connections, printing
from nova_lite.db.stores import services

CONF = cfg.CONF

COMPUTE = 'nova-lite-compute'
COLUMNS = ('id', 'binary', 'host', 'zone', 'status', 'state', 'last_seen', 'version', 'reason')
ENABLED = {'disabled': False, 'disabled_reason': None}


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('service', help='daemons: look, enable, disable, force down')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    listing = commands.add_parser('list', help='show the daemons and whether they live')
    listing.add_argument('--host', help='only those of a host')
    listing.add_argument('--binary', help=f'only those of a program, such as {COMPUTE}')
    printing.add_format(listing)
    listing.set_defaults(run=list_services)
    _register_compute(commands, 'enable', enable, 'let new servers come to a host')
    disabling = _register_compute(commands, 'disable', disable,
                                  'keep new servers away from a host')
    disabling.add_argument('--reason', help='why; shown in lists')
    forcing = _register_compute(
        commands, 'force-down', force_down,
        'declare a host dead, so that its servers can be worked on without it')
    confirmation.add_arguments(forcing)
    _register_compute(commands, 'unset-force-down', unset_force_down,
                      'let a host be believed again when it reports')
    deleting = _register_compute(commands, 'delete', delete, 'forget a daemon that is gone')
    deleting.add_argument('--binary', default=COMPUTE, help=f'which one (default: {COMPUTE})')
    confirmation.add_arguments(deleting)


def _register_compute(commands, name, run, purpose):
    parser = commands.add_parser(name, help=purpose)
    parser.add_argument('host', metavar='HOST', help='name of the host, as in "service list"')
    parser.set_defaults(run=run)
    return parser


def list_services(args):
    """Print a line for each daemon."""
    rows = [in_words(row) for row in services.list_services(
        connections.operator(), host=args.host, binary=args.binary)]
    printing.rows(args, COLUMNS, rows)
    down = sum(row['state'] == 'down' for row in rows)
    printing.say(args, f'{len(rows)} service(s), {down} down.')


def in_words(row):
    """Answer what is shown of a service."""
    return {
        'id': row['id'], 'uuid': row['uuid'], 'binary': row['binary'], 'host': row['host'],
        'zone': row['availability_zone'],
        'status': 'disabled' if row['disabled'] else 'enabled',
        'state': 'up' if row['is_up'] else 'down', 'forced_down': row['forced_down'],
        'last_seen': row['last_seen_at'], 'version': row['version'],
        'reason': ' '.join(filter(None, [
            row['disabled_reason'], '(forced down)' if row['forced_down'] else None])) or None}


def enable(args):
    """Let the scheduler choose a host."""
    row = _change(args.host, ENABLED)
    print(f'Host {args.host} is enabled; it gets new servers.' + (
        '' if row['is_up'] else f' It is down: start {COMPUTE} there.'))


def disable(args):
    """Keep the scheduler away from a host."""
    _change(args.host, {'disabled': True, 'disabled_reason': args.reason})
    print(f'Host {args.host} is disabled: it gets no new servers, those that are there stay.')
    print(f'Next: "nova-lite-manage host show {args.host}" lists them; '
          f'"nova-lite-manage service enable {args.host}" takes this back.')


def force_down(args):
    """Declare a host dead, whatever it reports."""
    row = services.get_by_host(connections.operator(), args.host, COMPUTE)
    if not confirmation.is_given(
            args, f'Host {args.host} is declared dead although it may run. Its power must be off: '
            'its servers can then be deleted without it, while their guests perhaps run.'):
        return
    services.update(connections.operator(), row['id'], {'forced_down': True})
    print(f'Host {args.host} counts as down. When it is repaired: '
          f'"nova-lite-manage service unset-force-down {args.host}".')


def unset_force_down(args):
    """Believe a host's reports again."""
    row = _change(args.host, {'forced_down': False})
    print(f'Host {args.host} is no longer forced down; it is '
          f'{"up" if row["is_up"] else f"down until {COMPUTE} reports"}.')
    print(f'Next: "nova-lite-manage audit --host {args.host}" says whether it holds what it '
          'should.')


def delete(args):
    """Forget a daemon's record; of a compute host its nodes and its room too.

    :raises ServiceIsUp: if it would come back by itself
    :raises ServiceInUse: if the host has servers, or is about to get one
    """
    row = services.get_by_host(connections.operator(), args.host, args.binary)
    if row['is_up']:
        raise exception.ServiceIsUp(
            binary=args.binary, host=args.host, seconds=CONF.service_down_time)
    if not confirmation.is_given(
            args, f'Forget {args.binary} on {args.host}.' + _what_goes_too(args.binary)):
        return
    services.delete(connections.operator(), row)
    print(f'{args.binary} on {args.host} is forgotten.')
    if args.binary == COMPUTE:
        print(f'Next: "nova-lite-manage host revoke {args.host}" voids its key and its broker '
              'account.')


def _what_goes_too(binary):
    if binary != COMPUTE:
        return ''
    return (' Its nodes and their room go too, it leaves its aggregates, and what it was still to '
            'clean up is given up: make sure that the machine is off.')


def _change(host, changes):
    operator = connections.operator()
    row = services.get_by_host(operator, host, COMPUTE)
    return services.update(operator, row['id'], changes)
