# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/quota/settings.py: which limits can be set."""

from nova_lite import exception
from nova_lite.quota import limits, settings
from tests import base
from tests.fixtures import database, records


class SettingsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def change(self, user_id=None, force=False, **wanted):
        return settings.change(self.context, 'demo', user_id, wanted, force=force)

    def test_limits_that_are_not_named_stay(self):
        self.change(cores=40)
        found = self.change(ram=-1)
        self.assertEqual((40, -1, 10), (found.of('cores'), found.of('ram'), found.of('instances')))

    def test_limit_can_not_go_below_what_is_used_unless_forced(self):
        records.servers(self.context, min_count=3, max_count=3)
        self.assertEqual(3, self.change(instances=3).of('instances'))
        error = self.assertRaises(exception.QuotaLimitTooLow, self.change, instances=2)
        self.assertEqual((400, True), (error.code, 'reserved 3' in str(error)))
        self.assertEqual(3, limits.read(self.context, 'demo').of('instances'))
        self.assertEqual(2, self.change(instances=2, force=True).of('instances'))

    def test_refused_limit_leaves_the_others_of_the_request_as_they_were(self):
        records.servers(self.context)
        self.assertRaises(exception.QuotaLimitTooLow, self.change, cores=40, instances=0)
        self.assertEqual(20, limits.read(self.context, 'demo').of('cores'))

    def test_users_get_what_the_project_has_left(self):
        self.change(cores=10)
        self.assertEqual(6, self.change('fred', cores=6).of('cores'))
        self.assertEqual(4, self.change('wilma', cores=4).of('cores'))
        error = self.assertRaises(exception.QuotaLimitTooHigh, self.change, 'wilma', cores=5)
        self.assertEqual((400, True), (error.code, 'equal to 4.' in str(error)))
        self.assertRaises(exception.QuotaLimitTooHigh, self.change, 'wilma', cores=-1)
        self.assertEqual(5, self.change('wilma', cores=5, force=True).of('cores'))

    def test_user_may_have_any_limit_in_a_project_without(self):
        self.change(cores=-1)
        for limit in (-1, 0, 1000):
            self.assertEqual(limit, self.change('fred', cores=limit).of('cores'))

    def test_users_limit_can_not_go_below_what_the_user_has(self):
        records.servers(records.caller('wilma'), min_count=2, max_count=2)
        self.change('fred', instances=0)
        self.assertRaises(exception.QuotaLimitTooLow, self.change, 'wilma', instances=1)

    def test_project_can_not_go_below_what_its_users_were_promised(self):
        self.change('fred', cores=6)
        self.change('wilma', cores=4)
        self.assertRaises(exception.QuotaLimitTooLow, self.change, cores=9)
        self.assertEqual(10, self.change(cores=10).of('cores'))

    def test_without_quotas_any_limit_is_taken_and_none_holds(self):
        self.override('quota', driver='nova.quota.NoopQuotaDriver')
        records.servers(self.context)
        self.assertEqual(-1, self.change(instances=0).of('instances'))

    def test_used_is_what_is_there(self):
        records.servers(self.context, min_count=2, max_count=2)
        records.servers(records.caller('wilma'))
        for user_id, number in ((None, 3), ('fred', 2), ('betty', 0)):
            used = settings.used(self.context, 'demo', user_id)
            self.assertEqual((number, number, number * 64, 0), (
                used['instances'], used['cores'], used['ram'], used['key_pairs']))
