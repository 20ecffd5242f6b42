# SPDX-License-Identifier: Apache-2.0
import fixtures

from tests.fixtures import records
from tests.unit.api.openstack import case


class ConsoleOutputTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.asked = []
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.compute.rpcapi.ComputeAPI.console_output',
            lambda _api, *arguments: self.answer(*arguments)))

    def answer(self, _context, host, instance, length):
        """Answer instead of a compute host."""
        self.asked.append((host, instance.uuid, length))
        return 'Linux\nlogin: \x1b[0m'

    def active(self):
        records.compute_host(self.context)
        return records.active_server(self.context)

    def ask(self, row, client=None, **body):
        return (client or self.api).post(
            f'/servers/{row["uuid"]}/action', {'os-getConsoleOutput': body})

    def test_log_is_asked_of_the_servers_host(self):
        row = self.active()
        answer = self.ask(row, length=10)
        self.assertEqual((200, 'Linux\nlogin: \x1b[0m'), (answer.status, answer.json['output']))
        self.assertEqual([('cmp1', row['uuid'], 10)], self.asked)

    def test_number_of_lines_has_several_forms(self):
        row = self.active()
        for body in ({}, {'length': None}, {'length': -1}, {'length': '-1'}, {'length': '7'},
                     {'length': 0}):
            self.ask(row, **body)
        self.assertEqual([None, None, None, None, 7, 0], [length for _, _, length in self.asked])

    def test_other_lengths_are_refused(self):
        row = self.active()
        for body in ({'length': -2}, {'length': '-2'}, {'length': 'x'}, {'length': 1.5},
                     {'length': 2 ** 40}, {'length': True}, {'lines': 1}):
            with self.subTest(body=body), self.api.refused(400):
                self.ask(row, **body)

    def test_server_on_no_host_has_no_log(self):
        with self.api.refused(409):
            self.ask(self.make_server())

    def test_host_that_is_down_is_not_asked(self):
        row = self.active()
        self.admin.put('/os-services/force-down', {
            'host': 'cmp1', 'binary': 'nova-lite-compute', 'forced_down': True}, version='2.11')
        with self.api.refused(409):
            self.ask(row)
        self.assertEqual([], self.asked)

    def test_reader_may_not_see_it(self):
        row = self.active()
        self.give_roles('reader')
        with self.api.refused(403):
            self.ask(row)
