# SPDX-License-Identifier: Apache-2.0
"""What a process says that it waits for."""

from nova_lite import context, exception, rpc
from nova_lite.conf import CONF
from nova_lite.rpc import keys, pending
from nova_lite.rpc import server as rpc_server
from tests import base
from tests.fixtures import bus


class Endpoint:
    """Looks at the report while it answers."""

    def __init__(self):
        self.seen = []

    def look(self, context):
        self.seen = [pending.questions.described(), pending.requests.described(), rpc.described()]
        raise exception.RecipientUnknown(method='x', recipient='y')


class PendingTest(base.TestCase):

    def setUp(self):
        super().setUp()
        path = self.temporary_directory() / 'key'
        keys.save(path, keys.ControllerKeys.generate())
        self.override('rpc', key_file=str(path))
        self.useFixture(bus.Bus(CONF))
        # Other tests of this process serve queues and never stop.
        serves = set()
        for module in (rpc, rpc_server):
            self.patch(module, 'serving', serves)

    def test_a_call_is_seen_by_both_sides_until_it_ends(self):
        rpc.init(CONF, host='ctl', binary='nova-lite-scheduler')
        endpoint = Endpoint()
        server = rpc.Server('scheduler', 'ctl', [endpoint])
        server.start()
        self.addCleanup(server.stop)
        self.assertRaises(exception.RecipientUnknown, rpc.Client('scheduler').call,
                          context.get_admin_context(), 'look')
        waiting, answering, described = endpoint.seen
        self.assertRegex(waiting[0], r'^look \(scheduler\), for \d+\.\d s$')
        self.assertRegex(answering[0], r'^look \(.*ctl.*\), for ')
        self.assertEqual(1, len(waiting))
        self.assertIn('scheduler.ctl', described['serves'])
        self.assertIn('look', described['waits for'])
        self.assertEqual([[], []], [pending.questions.described(), pending.requests.described()])
        self.assertEqual('nothing', rpc.described()['waits for'])

    def test_a_process_that_serves_nothing_says_so(self):
        rpc.init(CONF, host='ctl', binary='nova-lite-api')
        described = rpc.described()
        self.assertEqual('no queue', described['serves'])
        self.assertIn('nova-lite-api', described['sends as'])
