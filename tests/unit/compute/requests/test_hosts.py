# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/hosts.py: which hosts are asked, and what no answer means."""

from nova_lite import exception, manager
from nova_lite.compute.requests import hosts
from tests.unit.compute.requests import case


class Host(manager.Manager):
    """Answers, or not."""

    RPC_VERSION = '1.1'
    error = None

    def host_uptime(self, context):
        """Answer something that only it knows."""
        if self.error is not None:
            raise self.error
        return f'up, says {context.user_id}'


class UptimeTest(case.RequestCase):

    def setUp(self):
        super().setUp()
        self.host = Host()
        self.serve_host(self.host)

    def ask(self, host='cmp1', is_up=True):
        return hosts.uptime(self.context, host, is_up)

    def test_host_is_asked(self):
        self.assertEqual('up, says fred', self.ask())
        self.assertEqual('up, says fred', hosts.uptime_if_known(self.context, 'cmp1', True))

    def test_host_that_is_down_is_not_asked(self):
        error = self.assertRaises(exception.HostUptimeUnavailable, self.ask, is_up=False)
        self.assertEqual((400, []), (error.code, self.bus.sent))
        self.assertIsNone(hosts.uptime_if_known(self.context, 'cmp1', False))

    def test_host_that_does_not_answer_is_as_good_as_down(self):
        self.assertRaises(exception.HostUptimeUnavailable, self.ask, 'lost')
        self.assertIsNone(hosts.uptime_if_known(self.context, 'lost', True))

    def test_host_that_can_not_tell_says_why(self):
        self.host.error = exception.UptimeUnknown(reason='no such program')
        error = self.assertRaises(exception.HostUptimeUnavailable, self.ask)
        self.assertIn('no such program', str(error))

    def test_error_of_the_program_is_no_answer(self):
        self.host.error = KeyError('x')
        self.assertRaises(exception.RemoteError, self.ask)
