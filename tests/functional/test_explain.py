# SPDX-License-Identifier: Apache-2.0
"""Why a server went where it is, why it found no host, what would help, and what if."""

from nova_lite.db import engine
from nova_lite.db.stores import decisions, flavors
from tests.functional import test_placement, world

ZONE = 'nova'


class ExplainCase(test_placement.PlacementCase):

    def setUp(self):
        super().setUp()
        flavors.create(self.world.admin, {
            'flavorid': 'big', 'name': 'big', 'memory_mb': 9216, 'vcpus': 1, 'root_gb': 1})

    def server(self, name=None):
        found = self.api.get('/servers/detail?limit=1').json['servers'][0]
        return found[name] if name else found

    def disable(self, host, reason=None):
        body = {'host': host, 'binary': 'nova-compute'}
        if reason:
            body['disabled_reason'] = reason
        self.admin.put('/os-services/disable' + ('-log-reason' if reason else ''), body)

    def decisions(self, query=''):
        return self.admin.get(f'/os-scheduling/decisions{query}').json['decisions']

    def explain(self, **asked):
        return self.admin.post('/os-scheduling/explain', {'explain': asked}).json['explanation']

    def what_if(self, **asked):
        return self.admin.post('/os-scheduling/what-if', {'what_if': asked}).json['explanation']

    def ways(self, found):
        return [way['text'] for way in found['changes']]

    def row(self, found, host):
        return next(row for row in found['hosts'] if row['host'] == host)


class RecordTest(ExplainCase):

    def test_decision_says_why_this_host_and_not_the_next_best(self):
        self.boot()
        (chosen,) = self.boot()
        (newest, _first) = self.decisions()
        (placed,) = newest['placements']
        self.assertEqual((chosen, self.server('id')), (placed['host'], placed['server_id']))
        self.assertIn(f'{chosen} weighs ', placed['text'])
        self.assertEqual(2, len(placed['alternates']))
        self.assertEqual({'count': 1, 'flavor': 'small', 'image': world.IMAGE_ID, 'amounts': {
            'VCPU': 1, 'MEMORY_MB': 64, 'DISK_GB': 1}}, newest['request'])

    def test_refusal_has_its_causes_and_the_nearest_host(self):
        self.disable('cmp1')
        self.boot(flavorRef='big')
        (refused,) = self.decisions('?refused=true')
        self.assertEqual([], refused['placements'])
        self.assertIn('1 is disabled; of the rest, 2 have too little memory', refused['reason'])
        causes = {one['cause']: one for one in refused['causes']}
        self.assertEqual((2, 9216, 7680, 'cmp2'), tuple(causes['memory'][name] for name in (
            'hosts', 'needed', 'nearest', 'nearest_host')))
        self.assertNotIn('cmp', self.fault())

    def test_decisions_are_found_by_server_request_and_operation(self):
        self.boot()
        self.boot(2)
        self.boot(flavorRef='big')
        server = self.admin.get('/servers/detail?all_tenants=1').json['servers'][1]['id']
        (batch,) = self.decisions(f'?server_id={server}')
        self.assertIn(server, [one['server_id'] for one in batch['placements']])
        self.assertEqual([batch], self.decisions(f"?operation_id={batch['operation_id']}"))
        self.assertEqual([batch], self.decisions(f"?request_id={batch['request_id']}"))
        self.assertEqual(batch, self.admin.get(
            f"/os-scheduling/decisions/{batch['id']}").json['decision'])
        self.assertEqual(2, len(self.decisions('?refused=no&project_id=demo')))

    def test_decisions_come_in_pages(self):
        for _number in range(3):
            self.boot()
        page = self.admin.get('/os-scheduling/decisions?limit=2').json
        rest = self.admin.get(page['decisions_links'][0]['href'].partition('/v2.1')[2]).json
        self.assertEqual((2, 1), (len(page['decisions']), len(rest['decisions'])))
        self.assertNotIn('decisions_links', rest)

    def test_only_admins_may_look(self):
        self.boot()
        for path in ('decisions', 'decisions/1'):
            self.assertEqual(403, self.api.send('GET', f'/os-scheduling/{path}').status)
        for path, name in (('explain', 'explain'), ('what-if', 'what_if')):
            self.assertEqual(403, self.api.send(
                'POST', f'/os-scheduling/{path}', {name: {}}).status)

    def test_what_was_never_decided_is_not_there(self):
        for number in ('7', 'x', '9' * 40):
            self.assertEqual(404, self.admin.send(
                'GET', f'/os-scheduling/decisions/{number}').status)
        for body in ({'decision_id': 7}, {'request_id': 'req-x'}, {}, {
                'decision_id': 1, 'operation_id': 1}):
            self.assertEqual(400, self.admin.send(
                'POST', '/os-scheduling/explain', {'explain': body}).status)


class ExplainTest(ExplainCase):

    def test_refusal_is_explained_as_the_cloud_is_now(self):
        self.disable('cmp1', 'maintenance')
        self.boot(flavorRef='big')
        found = self.explain(server_id=self.server('id'))
        self.assertEqual((0, 1, 3), (found['placed'], found['wanted'], found['total_hosts']))
        self.assertEqual(['disabled', 'memory'], [
            one['cause'] for one in self.row(found, 'cmp1')['causes']])
        self.assertEqual('a flavor with 7,680 MB memory instead of 9,216', self.ways(found)[0])
        self.assertIn('hardware with 9,216 MB memory in cmp2, which has 8,192', self.ways(found))
        self.assertEqual(2, found['changes'][0]['fitting_hosts'])
        self.assertEqual(found['decision'], self.decisions()[0])

    def test_disabled_host_is_told_with_its_reason(self):
        for host in test_placement.HOSTS:
            self.disable(host, f'rack of {host}')
        self.boot()
        found = self.explain(server_id=self.server('id'))
        self.assertEqual(['enable cmp1 (disabled: rack of cmp1)'], self.ways(found))

    def test_server_that_runs_is_explained_as_if_it_were_not_there(self):
        flavors.create(self.world.admin, {
            'flavorid': 'all', 'name': 'all', 'memory_mb': 7680, 'vcpus': 1, 'root_gb': 1})
        hosts = self.boot(3, flavorRef='all')
        self.assertEqual(sorted(test_placement.HOSTS), sorted(hosts))
        server = self.server()
        found = self.explain(server_id=server['id'])
        own = self.admin.get(f"/servers/{server['id']}").json['server']
        (placed,) = found['placements']
        self.assertEqual(own['OS-EXT-SRV-ATTR:host'], placed['host'])
        self.assertEqual(1, found['fitting_hosts'])

    def test_server_without_a_record_is_explained_by_what_it_is(self):
        self.boot()
        with engine.writer(self.world.admin) as connection:
            connection.execute(decisions.decisions.delete())
        found = self.explain(server_id=self.server('id'))
        self.assertEqual((None, 1, 3), (
            found['decision'], found['placed'], found['fitting_hosts']))

    def test_several_servers_are_explained_together(self):
        self.boot(3, hints=self.group('anti-affinity'))
        self.world.kill_host('cmp3')
        self.world.pass_time(world.TIME_TO_LIVE * 10)
        number = self.decisions()[0]['id']
        found = self.explain(decision_id=number)
        self.assertEqual((2, 3), (found['placed'], found['wanted']))
        self.assertIn('Only 2 of 3 servers find room', found['reason'])
        self.assertIn('drop the hint group', self.ways(found))
        self.assertIn('bring nova-lite-compute on cmp3 back (not seen since 2026-',
                      ' '.join(self.ways(found)))

    def test_hosts_can_be_named(self):
        self.boot()
        found = self.explain(server_id=self.server('id'), hosts=['cmp2'])
        self.assertEqual(['cmp2'], [row['host'] for row in found['hosts']])

    def test_forced_host_is_compared_with_all_others(self):
        self.boot(flavorRef='big', api=self.admin, availability_zone='nova:cmp2')
        found = self.explain(decision_id=self.decisions()[0]['id'])
        self.assertEqual(3, found['total_hosts'])
        self.assertEqual('is not what was asked for',
                         self.row(found, 'cmp1')['causes'][0]['text'])


class WhatIfTest(ExplainCase):

    def test_nothing_is_claimed_or_written(self):
        found = self.what_if(flavorRef='1', count=3)
        self.assertEqual((3, []), (found['placed'], self.decisions()))
        self.assertEqual(([], 0), (self.world.allocations(), self.world.used()))

    def test_hosts_go_come_and_are_switched(self):
        self.disable('cmp3')
        found = self.what_if(flavorRef='big', count=2, supposed={
            'without_hosts': ['cmp1'], 'disable_hosts': ['cmp2'], 'enable_hosts': ['cmp3'],
            'add_hosts': [{'name': 'cmp9', 'vcpus': 8, 'ram': 16384, 'disk': 50}]})
        self.assertEqual(['cmp9'], [one['host'] for one in found['placements']])
        self.assertEqual({'cmp2', 'cmp3', 'cmp9'}, {row['host'] for row in found['hosts']})
        self.assertEqual(['disabled', 'memory'], [
            one['cause'] for one in self.row(found, 'cmp2')['causes']])
        self.assertEqual(6656, self.row(found, 'cmp9')['causes'][0]['available'])

    def test_ratios_change_what_may_be_promised(self):
        asked = {'vcpus': 16, 'ram': 64, 'disk': 1, 'count': 13}
        found = self.what_if(**asked, supposed={'allocation_ratios': {'VCPU': 1}})
        self.assertEqual((3, 'vcpus'), (found['placed'], found['causes'][0]['cause']))
        found = self.what_if(**asked, supposed={'allocation_ratios': {'VCPU': 5}})
        self.assertEqual(13, found['placed'])

    def test_zone_and_hints_are_weighed_against_the_alternative(self):
        self.boot()
        found = self.what_if(flavorRef='1', availability_zone='west', scheduler_hints={
            'same_host': self.server('id')})
        self.assertEqual(['zone nova instead of west'], self.ways(found))
        self.assertEqual(1, found['changes'][0]['fitting_hosts'])
        changes = {row['change']['text'] for row in found['hosts']}
        self.assertEqual({'zone nova instead of west',
                          'zone nova instead of west; and drop the hint same_host'}, changes)

    def test_what_contradicts_the_cloud_is_refused(self):
        for body in ({'flavorRef': '1', 'supposed': {'without_hosts': ['x']}},
                     {'flavorRef': '1', 'supposed': {'add_hosts': [{'name': 'cmp1'}]}},
                     {}, {'flavorRef': 'none'}, {'flavorRef': '1', 'colour': 'blue'}):
            self.assertEqual(400, self.admin.send(
                'POST', '/os-scheduling/what-if', {'what_if': body}).status, body)
