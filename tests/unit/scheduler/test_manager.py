# SPDX-License-Identifier: Apache-2.0
"""Who may ask the scheduler."""

from nova_lite import exception, objects, rpc
from nova_lite.scheduler import manager
from tests import base
from tests.fixtures import database, records


class SchedulerManagerTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.manager = manager.SchedulerManager()
        self.manager.init_host()

    def ask(self):
        records.compute_host(self.context)
        incarnation = records.controller(self.context)
        work = objects.Work.take(
            self.context, records.servers(self.context)[1], incarnation, None)
        spec = objects.RequestSpec(self.context, project_id='demo', flavor=records.flavor())
        return self.manager.select_destinations(
            self.context, spec, work.operation.id, work.operation.lease,
            consumers=['a' * 36], exclude=[], release_first=False)

    def test_controllers_get_an_answer(self):
        self.context.sender = rpc.Sender(kind='controller', host=None)
        self.assertEqual(['cmp1'], [one.host for one in self.ask()])

    def test_hosts_are_refused(self):
        self.context.sender = rpc.Sender(kind='host', host='cmp1')
        self.assertRaises(exception.NotAllowed, self.ask)

    def test_filters_are_loaded_anew_when_the_options_have_changed(self):
        self.context.sender = rpc.Sender(kind='controller', host=None)
        self.override('filter_scheduler', enabled_filters=['IsolatedHostsFilter'],
                      isolated_hosts=['cmp1'])
        self.manager.options_changed()
        self.assertRaises(exception.NoValidHost, self.ask)

    def test_one_that_can_not_be_found_changes_nothing(self):
        self.context.sender = rpc.Sender(kind='controller', host=None)
        self.override('filter_scheduler', enabled_filters=['NoSuchFilter'])
        self.manager.options_changed()
        self.assertEqual(['cmp1'], [one.host for one in self.ask()])
        self.assertIn('NoSuchFilter', self.logs.output)
