# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage network``: the built-in networks.

What a network may be is decided in nova_lite/network/definition.py. Nothing
happens on the hosts until the first server comes to them.
"""

from nova_lite import conf, exception
from nova_lite.cmd.manage import connections, printing
from nova_lite.db.stores import networks
from nova_lite.network import definition as network_definition

CONF = conf.CONF
DEFAULT_MTU = 1500
COLUMNS = ('uuid', 'label', 'cidr', 'gateway', 'bridge', 'mtu', 'project_id', 'used', 'usable')


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('network', help='networks that servers are connected to')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    _register_create(commands)
    listing = commands.add_parser('list', help='show all networks and how full they are')
    printing.add_format(listing)
    listing.set_defaults(run=list_networks)
    deleting = commands.add_parser('delete', help='delete a network that no server uses')
    deleting.add_argument('network', metavar='NETWORK', help='label or UUID')
    deleting.set_defaults(run=delete)


def _register_create(commands):
    parser = commands.add_parser('create', help='make a network')
    parser.add_argument('--label', required=True, help='name of the network')
    _add(parser, 'fixed-range-v4', dest='cidr', required=True, metavar='CIDR',
         help='addresses of the network, such as 10.20.0.0/24')
    _add(parser, 'gateway', metavar='ADDRESS',
         help='way out for the guests; the first address if not given')
    _add(parser, 'dhcp-server', metavar='ADDRESS',
         help='address that every host has on the bridge; the gateway if not given. With another '
              'one the gateway is a router outside, and hosts translate no addresses')
    _add(parser, 'allowed-start', metavar='ADDRESS', help='first address that servers may have')
    _add(parser, 'allowed-end', metavar='ADDRESS', help='last address that servers may have')
    _add(parser, 'dns1', metavar='ADDRESS', help='name server; that of the host if not given')
    _add(parser, 'dns2', metavar='ADDRESS', help='second name server')
    _add(parser, 'bridge', metavar='NAME',
         help='name of the bridge on the hosts; the next free one if not given')
    _add(parser, 'bridge-interface', metavar='NAME',
         help="interface that joins the hosts' bridges; each host's flat_interface if not given")
    _add(parser, 'mtu', type=int, default=DEFAULT_MTU,
         help=f'largest packet in bytes ({DEFAULT_MTU} if not given)')
    _add(parser, 'project-id', metavar='PROJECT',
         help='the only project that may use it; every project may if not given')
    _add(parser, 'uuid', help='its UUID; a new one if not given')
    parser.add_argument('--if-absent', action='store_true',
                        help='do nothing if there is a network of that label')
    parser.set_defaults(run=create)


def _add(parser, name, **settings):
    """Add an option that may also be written as nova-manage has it, with underscores."""
    names = dict.fromkeys([f'--{name}', f'--{name.replace("-", "_")}'])
    parser.add_argument(*names, **settings)


def create(args):
    """Record a network with its addresses, and say what comes of it."""
    operator = connections.operator()
    present = networks.list_networks(operator)
    if args.if_absent and any(network['label'] == args.label for network in present):
        print(f'Network {args.label} is there already, nothing to do.')
        return
    wishes = dict(vars(args), bridge=args.bridge or network_definition.next_bridge(
        CONF.flat_network_bridge, {network['bridge'] for network in present}))
    definition = network_definition.define(wishes)
    print(f'Creating network {args.label}: {definition.row["cidr"]}, '
          f'{definition.free_count()} addresses for servers ...')
    row = networks.create(operator, definition)
    print(_description_of(row))


def _description_of(row):
    owner = f'only project {row["project_id"]}' if row['project_id'] else 'every project'
    wire = row['bridge_interface'] or 'flat_interface of each host, if it is set'
    return '\n'.join([
        f'Created network {row["label"]}',
        f'  UUID              {row["uuid"]}',
        f'  addresses         {row["cidr"]}',
        f'  gateway           {row["gateway"]}'
        + ('' if row['gateway'] == row['dhcp_server'] else ' (a router outside)'),
        f'  on the hosts      bridge {row["bridge"]} with {row["dhcp_server"]}, MTU {row["mtu"]}',
        f'  between hosts     {wire}',
        f'  may be used by    {owner}',
        'Next: boot a server; it gets an address of the network by itself if there is no other '
        f'one,\nelse name it in the request: "networks": [{{"uuid": "{row["uuid"]}"}}]',
    ])


def list_networks(args):
    """Show all networks, oldest first."""
    operator = connections.operator()
    usage = networks.usage(operator)
    rows = [_fields(row, usage) for row in networks.list_networks(operator)]
    printing.rows(args, COLUMNS, rows, words={'project_id': lambda project: project or 'every'})
    printing.say(args, f'{len(rows)} network(s).' if rows else
                 'There are no networks. Make one: nova-lite-manage network create '
                 '--label private --fixed-range-v4 10.20.0.0/24')


def _fields(row, usage):
    columns = {name: value for name, value in row.items() if name not in ('id', 'created_at')}
    return {**columns, **usage[row['id']]}


def delete(args):
    """Forget a network; refused while a server uses it."""
    operator = connections.operator()
    found = [row for row in networks.list_networks(operator)
             if args.network in (row['label'], row['uuid'])]
    if not found:
        raise exception.NetworkNotFound(network_id=args.network)
    networks.delete(operator, found[0])
    print(f'Deleted network {found[0]["label"]} ({found[0]["cidr"]}). A host that still has its '
          f'bridge {found[0]["bridge"]} removes\nit when it needs another one, or when '
          'nova-lite-compute is restarted.')
