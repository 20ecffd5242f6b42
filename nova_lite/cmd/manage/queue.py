# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage queue``: what an operator looks at first.

The broker's queues, and what waits in the database (recorded_queues.py).
A message is never the only copy of work, so emptying a queue loses nothing:
wake-ups are sent again by the sweeper, and who waits for an answer learns that
none came (doc/source/admin/queues.rst).
"""

from oslo_config import cfg

from nova_lite import exception
from nova_lite.cmd.manage import confirmation, connections, printing, recorded_queues
from nova_lite.db.stores import hosts, services
from nova_lite.rpc import broker, queues

CONF = cfg.CONF

COLUMNS = ('queue', 'ready', 'unacked', 'consumers', 'head_age', 'judgement')
FINE = recorded_queues.FINE
PEEKED = 10


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('queue', help='what waits: depth, readers, age')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    listing = commands.add_parser('list', help='show all queues, the deepest first')
    listing.add_argument('--all', action='store_true',
                         help='also those of answers; needs [rpc] management_url')
    printing.add_format(listing)
    listing.set_defaults(run=list_queues)
    showing = _register_one(commands, 'show', show, 'show a queue and what waits first in it')
    showing.add_argument('--messages', type=int, default=PEEKED, metavar='N',
                         help=f'look at so many messages (default: {PEEKED})')
    printing.add_format(showing)
    purging = _register_one(commands, 'purge', purge, 'drop what waits in a queue')
    confirmation.add_arguments(purging)


def _register_one(commands, name, run, purpose):
    parser = commands.add_parser(name, help=purpose)
    parser.add_argument('queue', metavar='QUEUE', help='name, or conductor, scheduler, or a host')
    parser.set_defaults(run=run)
    return parser


def list_queues(args):
    """Print a line for each queue.

    :raises BrokerRefused: if the broker does not answer
    """
    operator = connections.operator()
    up = _expected(operator)
    view = queues.Amqp(CONF)
    found = _look(args, view, up)
    rows = [_line(queue, up.get(queue.name), _head(view, queue)) for queue in sorted(
        found, key=lambda queue: (-(queue.ready or 0), queue.name))]
    recorded = recorded_queues.lines(operator, slow_after=_announced_again_after())
    printing.rows(args, COLUMNS, [*rows, *recorded])
    _conclude(args, rows, recorded)


def _announced_again_after():
    return CONF.operations.wake_up_again_after + CONF.operations.sweep_interval


def _conclude(args, rows, recorded):
    *operations, notifications = recorded
    bad = sum(row['judgement'] != FINE for row in (*rows, *recorded))
    unfinished = sum(row['ready'] + row['unacked'] for row in operations)
    printing.say(args, f'{len(rows)} queue(s) of the broker, '
                       f'{sum(row["ready"] or 0 for row in rows)} message(s) wait; {unfinished} '
                       f'operation(s) unfinished; {notifications["ready"]} notification(s) wait. '
                       f'{bad} line(s) to look at.')
    if bad:
        printing.say(args, 'Next: "nova-lite-manage queue show QUEUE", "operation list", and '
                           '"service list" for who should be at it.')


def _expected(operator):
    """Answer queue -> whether somebody lives who should read it."""
    alive = {(row['binary'], row['host']) for row in services.list_services(operator)
             if row['is_up']}
    names = {*hosts.names(operator), *(host for binary, host in alive
                                       if binary == 'nova-lite-compute')}
    up = {broker.queue_of('compute', host): ('nova-lite-compute', host) in alive
          for host in names}
    for topic in ('conductor', 'scheduler'):
        up[broker.queue_of(topic)] = any(
            binary == f'nova-lite-{topic}' for binary, _host in alive)
    return up


def _look(args, view, up):
    if CONF.rpc.management_url is None:
        if args.all:
            raise exception.BrokerRefused(
                reason='AMQP does not tell names; set [rpc] management_url')
        return view.look(sorted(up))
    told = queues.Management(CONF.rpc.management_url, view.virtual_host,
                             timeout=CONF.rpc.connect_timeout).look()
    known = {queue.name for queue in told}
    return [*(queue for queue in told if args.all or queue.name in up),
            *(queues.Queue(name) for name in sorted(up) if name not in known)]


def _head(view, queue):
    """Answer the age of the message that waits first, if one does."""
    if not queue.ready:
        return None
    waiting = view.peek(queue.name, 1)
    return waiting[0].age if waiting else None


def _line(queue, reader_lives, head_age):
    return {'queue': queue.name, 'ready': queue.ready, 'unacked': queue.unacked,
            'consumers': queue.consumers, 'type': queue.kind,
            'head_age': None if head_age is None else round(head_age),
            'judgement': judgement(queue, reader_lives, head_age,
                                   slow_after=CONF.operations.wake_up_again_after)}


def judgement(queue, reader_lives, head_age, *, slow_after):
    """Say in words whether a queue is as it should be; pure.

    :param reader_lives: whether a daemon is up that reads it; None if nobody has to
    """
    if queue.ready is None:
        return 'missing, although its daemon is up' if reader_lives else 'not there: never started'
    if not queue.consumers and reader_lives:
        return 'nobody reads it, although its daemon is up'
    if not queue.consumers and queue.ready:
        return 'nobody reads it: its daemon is down'
    if head_age is not None and head_age > slow_after:
        return 'slow: more workers, or something blocks'
    return FINE


def show(args):
    """Print a queue and the messages at its head, without what they say.

    :raises QueueNotFound: if it is not there
    """
    view, name = queues.Amqp(CONF), full_name(args.queue)
    [queue] = view.look([name])
    if queue.ready is None:
        raise exception.QueueNotFound(queue=name)
    printing.record(args, {
        'queue': name, 'ready': queue.ready, 'consumers': queue.consumers,
        'messages': [{
            'method': one.method, 'from': one.sender,
            'age': None if one.age is None else round(one.age),
            'expires_in': round(one.expires_in)} for one in view.peek(name, args.messages)]})


def purge(args):
    """Drop what waits in a queue.

    :raises QueueNotFound: if it is not there
    """
    view, name = queues.Amqp(CONF), full_name(args.queue)
    [queue] = view.look([name])
    if queue.ready is None:
        raise exception.QueueNotFound(queue=name)
    if not confirmation.is_given(
            args, f'Drop {queue.ready} message(s) of {name}. Work is not lost by it: operations '
            'are announced again; questions that wait there get no answer.'):
        return
    print(f'Dropped {view.purge(name)} message(s) of {name}.')
    print('Unfinished operations are announced again within '
          f'{_announced_again_after():.0f} s; '
          '"nova-lite-manage operation list" shows them.')


def full_name(text):
    """Answer the name of a queue that was named whole, or by its topic or host."""
    if queues.is_ours(text):
        return text
    if text in ('conductor', 'scheduler'):
        return broker.queue_of(text)
    return broker.queue_of('compute', text)
