# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/consoles.py: whom a console log is asked of."""

from nova_lite import exception, manager
from nova_lite.compute.requests import consoles
from tests.fixtures import records
from tests.unit.compute.requests import case


class Host(manager.Manager):
    """Answers what it was asked."""

    def console_output(self, context, instance, length):
        """Answer the arguments."""
        return f'{instance.uuid} {length}'


class ConsoleOutputTest(case.RequestCase):

    def setUp(self):
        super().setUp()
        self.serve_host(Host())

    def test_log_is_the_answer_of_the_servers_host(self):
        server = records.active_server(self.context)
        self.assertEqual(f'{server["uuid"]} 20', consoles.output(self.context, server, 20))
        self.assertEqual(f'{server["uuid"]} None', consoles.output(self.context, server, None))

    def test_server_without_a_host_has_no_log(self):
        (row,), _operation_id = records.servers(self.context)
        self.assertRaises(exception.ConsoleLogNotAvailable, consoles.output, self.context, row, 1)
        self.assertEqual([], self.bus.sent)

    def test_host_that_is_down_is_not_asked(self):
        server = records.active_server(self.context)
        self.clock.advance_time_seconds(61)
        error = self.assertRaises(exception.ComputeServiceUnavailable, consoles.output,
                                  self.context, server, 1)
        self.assertEqual((409, []), (error.code, self.bus.sent))
