# SPDX-License-Identifier: Apache-2.0
"""Questions to the scheduler, against a database."""

from nova_lite import exception, objects
from nova_lite.db.stores import decisions
from nova_lite.scheduler import aggregates, drivers, explain, inquiry, what_if
from tests import base
from tests.fixtures import database, records

REQUEST = {'amounts': {'VCPU': 1, 'MEMORY_MB': 64}, 'flavor': 'small', 'count': 2,
           'extra_specs': {'x': 'y'}, 'image': 'b' * 8 + '-1111-4111-8111-111111111111',
           'image_properties': {'os': 'linux'}, 'hints': {'same_host': ['a']}, 'zone': 'nova',
           'tried': [['cmp1', 'cmp1']], 'ignored_hosts': ['cmp7']}


class InquiryTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.inquiry = inquiry.Inquiry(drivers.configured(), aggregates.Aggregates())

    def decide(self, operation_id=1, **request):
        decisions.add(self.context, {
            'operation_id': operation_id, 'project_id': 'demo', 'considered': 0, 'causes': {},
            'message': 'none', 'selections': [], 'request': {**REQUEST, **request}})
        return decisions.of_operation(self.context, operation_id)[-1]

    def what_if(self, count=1, supposed=None, **sizes):
        spec = objects.RequestSpec(
            self.context, project_id='demo', flavor=records.flavor(**sizes))
        return self.inquiry.what_if(self.context, spec, supposed or what_if.Supposed(),
                                    explain.Question(count=count))

    def test_request_is_made_again_of_its_record(self):
        row = self.decide()
        spec, tried = inquiry.spec_of(self.context, row)
        request = inquiry.requests.of_spec(spec, tried)
        self.assertEqual(
            inquiry.decision.kept_of(request.summary(), 2), row['request'])

    def test_forced_hosts_stay_forced(self):
        row = self.decide(forced=True, hosts=['cmp1'])
        spec, _tried = inquiry.spec_of(self.context, row)
        self.assertEqual(['cmp1'], spec.force_hosts)

    def test_number_of_statements_does_not_depend_on_hosts(self):
        figures = []
        for names in (('cmp1',), [f'cmp{number}' for number in range(2, 9)]):
            for name in names:
                records.compute_host(self.context, name)
            self.what_if()
            with self.database.statements() as sent:
                self.what_if(memory_mb=10 ** 6, supposed=what_if.Supposed(
                    disable_hosts=('cmp1',), allocation_ratios={'VCPU': 2.0}))
            figures.append(len(sent))
        self.assertEqual([3, 3], figures)

    def test_several_servers_of_a_decision_are_explained_together(self):
        records.compute_host(self.context)
        row = self.decide(hints={}, tried=[], zone=None, extra_specs={})
        found = self.inquiry.explain(
            self.context, inquiry.Subject(decision_id=row['id']), explain.Question())
        self.assertEqual((2, 2, row['id']), (
            found['wanted'], found['placed'], found['decision']))

    def test_what_was_not_decided_is_not_explained(self):
        for subject in (inquiry.Subject(decision_id=9), inquiry.Subject(operation_id=9),
                        inquiry.Subject(request_id='r')):
            error = self.assertRaises(
                exception.DecisionNotFound, self.inquiry.explain, self.context, subject,
                explain.Question())
            self.assertIn(str(subject), str(error))

    def test_server_that_is_not_there_is_not_explained(self):
        self.assertRaises(
            exception.InstanceNotFound, self.inquiry.explain, self.context,
            inquiry.Subject(server_id='a' * 36), explain.Question())
