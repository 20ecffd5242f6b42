# SPDX-License-Identifier: Apache-2.0
"""The operator's policy.yaml while a real API of two workers runs, and when it starts."""

import time

from tests.live import base, cloud, compute_client, own_servers

WORKERS = 2
REQUESTS = 6
"""Over connections of their own, so that each worker gets some."""

SOON = 10
"""Seconds after which a change has to count on a machine that has much else to do; it is
looked for each second."""

REFUSED = 403
INDEX = '"os_compute_api:servers:index"'


class PoliciesTest(base.LiveTestCase):
    """An API, a conductor and a scheduler."""

    needs = ('rabbitmq', 'mariadb')

    def setUp(self):
        super().setUp()
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database, hosts=[],
            options={'DEFAULT': {'osapi_compute_workers': WORKERS}}))
        self.file = self.cloud.directory / 'policy.yaml'
        self.api = self.cloud.daemons['api']

    def statuses(self):
        """Answer what some requests of a member for the list of servers are answered with."""
        found = set()
        for _ in range(REQUESTS):
            self.cloud.client.disconnect()
            try:
                self.cloud.client.send('GET', '/servers')
                found.add(200)
            except compute_client.Refused as error:
                found.add(error.status)
        return found

    def wait_until_all(self, status):
        began = time.monotonic()
        own_servers.wait_until(lambda: self.statuses() == {status}, f'answers {status}')
        self.assertLess(time.monotonic() - began, SOON)

    def test_changes_count_without_a_restart(self):
        # One test, for the start of the daemons takes longer than all of it.
        self.assertEqual({200}, self.statuses())
        self.file.write_text(f'{INDEX}: "!"')
        self.wait_until_all(REFUSED)
        self.check_broken_file_changes_nothing()
        self.file.write_text(f'{INDEX}: "role:member"')
        self.wait_until_all(200)
        self.file.write_text(f'{INDEX}: "role:auditor"')
        self.wait_until_all(REFUSED)
        self.file.unlink()
        self.wait_until_all(200)
        self.check_names_of_old_are_told_of()
        self.check_there_is_no_start_with_a_broken_file()

    def check_broken_file_changes_nothing(self):
        self.file.write_text(f'{INDEX}: [')
        own_servers.wait_until(
            lambda: self.statuses() and 'The policies stay as they were' in self.api.log(),
            'the line in the log')
        self.assertEqual({REFUSED}, self.statuses())

    def check_names_of_old_are_told_of(self):
        self.file.write_text('"os_compute_api:os-services": "role:member"')
        own_servers.wait_until(self.lists_services, 'services for members')
        self.assertIn('names the policy os_compute_api:os-services, which is deprecated',
                      self.api.log())

    def lists_services(self):
        try:
            return self.cloud.client.send('GET', '/os-services')['services'] is not None
        except compute_client.Refused:
            return False

    def check_there_is_no_start_with_a_broken_file(self):
        self.file.write_text('- nothing')
        self.assertEqual(0, self.api.stop())
        self.api.start()
        own_servers.wait_until(self.api.has_ended, 'the end of the API')
        self.assertIn('The policies in policy.yaml can not be read', self.api.log())
        self.file.unlink()
        self.api.start()
        self.api.wait_until_it_serves()
        self.assertEqual({200}, self.statuses())
