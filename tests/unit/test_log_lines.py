# SPDX-License-Identifier: Apache-2.0
"""What a line of the log looks like, by oslo.log's own formatter and our form of it."""

from oslo_context import context as oslo_context
from oslo_log import log

from nova_lite import context
from tests import base
from tests.fixtures import log_lines as fixture

LOG = log.getLogger('nova_lite.test')

SERVER = '7d0b7b1c-1f0c-4c55-9d5a-0a8e3c3c2b11'
OTHER = '0c9a6a52-94f4-4bb7-8b0f-1a6cf1b3a6d5'
REQUEST = 'req-df585b71-f792-44d7-9e10-199c1c381eac'
GLOBAL = 'req-11111111-f792-44d7-9e10-199c1c381eac'


class LinesTestCase(base.TestCase):
    """Lines of this thread, formatted."""

    def setUp(self):
        super().setUp()
        self.log = self.useFixture(fixture.LogLines())

    def line(self):
        """Answer a line, from its logger on."""
        LOG.info('it %s', 'works')
        return self.log.lines[-1]

    def request(self, **more):
        return context.RequestContext('fred', 'demo', request_id=REQUEST, **more)

    def test_a_request_has_its_id_and_whose_it_is(self):
        self.request()
        self.assertEqual(f'nova_lite.test [{REQUEST} fred demo - - - -] it works',
                         self.line())

    def test_the_global_id_comes_first_where_there_is_one(self):
        self.request(global_request_id=GLOBAL)
        self.assertEqual(f'nova_lite.test [{GLOBAL} {REQUEST} fred demo - - - -] it works',
                         self.line())

    def test_work_for_a_server_has_its_id(self):
        self.request(resource_uuid=SERVER)
        self.assertEqual(
            f'nova_lite.test [{REQUEST} fred demo - - - -] [instance: {SERVER}] it works',
            self.line())

    def test_a_server_that_is_found_later_stands_in_the_lines_from_then_on(self):
        found = self.request()
        found.resource_uuid = SERVER
        self.assertIn(f'[instance: {SERVER}] it works', self.line())

    def test_lines_without_context_have_none(self):
        self.assertEqual('nova_lite.test [-] it works', self.line())

    def test_of_several_servers_each_line_has_its_own(self):
        request = self.request()
        for server in (SERVER, OTHER):
            with context.about(request, server) as inside:
                self.assertIn(f'{REQUEST} fred demo - - - -] [instance: {server}] it', self.line())
                self.assertEqual(server, inside.resource_uuid)
        self.assertNotIn('instance', self.line())
        self.assertIn(REQUEST, self.line())

    def test_what_a_thread_did_before_is_not_in_its_next_lines(self):
        self.request(resource_uuid=SERVER)
        with context.afresh():
            self.assertEqual('nova_lite.test [-] it works', self.line())
            context.RequestContext('anna', 'lab', resource_uuid=OTHER)
            self.assertIn(f'anna lab - - - -] [instance: {OTHER}]', self.line())
        self.assertIn(f'{REQUEST} fred demo - - - -] [instance: {SERVER}]', self.line())

    def test_an_error_leaves_no_server_behind(self):
        request = self.request()
        try:
            with context.about(request, SERVER):
                raise KeyError
        except KeyError:
            self.assertNotIn(SERVER, self.line())

    def test_nothing_but_the_id_of_a_server_gets_into_a_line(self):
        self.request(resource_uuid=f'{SERVER}\nroot logged in')
        self.assertNotIn('root', self.line())
        self.assertIsNone(oslo_context.get_current().resource_uuid)
