# SPDX-License-Identifier: Apache-2.0
"""What tests/fixtures/documented.py lets pass, and what it does not."""

import json
import types

from tests import base
from tests.fixtures import documented

IDS = {'x-openstack-request-id': 'req-1', 'x-compute-request-id': 'req-1',
       'X-OpenStack-Nova-API-Version': '2.50'}
TAGS = '/servers/x/tags'


class DocumentedTest(base.TestCase):

    def check(self, status, body, *, path=TAGS, method='GET', sent=b'', **headers):
        text = '' if body is None else json.dumps(body)
        kind = {'Content-Type': 'application/json'} if text else {}
        documented.check(method, path, sent=sent, answer=types.SimpleNamespace(
            status=status, text=text, headers={**IDS, **kind, **headers}))

    def refuse(self, words, *arguments, **more):
        error = self.assertRaises(
            documented.Undocumented, self.check, *arguments, **more)
        self.assertIn(words, str(error))

    def test_what_is_documented_passes(self):
        self.check(200, {'tags': ['a']})
        self.check(404, {'itemNotFound': {'code': 404, 'message': 'x'}})
        self.check(204, None, method='DELETE')
        self.check(200, {'tags': []}, path=f'/project{TAGS}')

    def test_code_that_is_not_documented_does_not(self):
        self.refuse('is not documented', 202, {'tags': []})

    def test_field_that_is_not_documented_or_is_missing_does_not(self):
        self.refuse('breaks the schema', 200, {'tags': [], 'more': 1})
        self.refuse('breaks the schema', 200, {})
        self.refuse('breaks the schema', 404, {'itemNotFound': {'code': 400, 'message': 'x'}})

    def test_type_and_presence_of_the_body_are_held_too(self):
        self.refuse('not JSON', 200, {'tags': []}, **{'Content-Type': 'text/html'})
        self.refuse('not JSON', 200, None)
        self.refuse('has a body', 204, {}, method='DELETE')

    def test_header_that_every_answer_has_is_not_missing(self):
        headers = dict(IDS)
        del headers['x-compute-request-id']
        self.assertRaises(documented.Undocumented, documented.check, 'GET', TAGS, sent=b'',
                          answer=types.SimpleNamespace(status=200, text='{"tags": []}', headers={
                              **headers, 'Content-Type': 'application/json'}))

    def test_microversion_of_the_answer_chooses_the_document(self):
        self.refuse('is of an address that is not documented', 200, {'tags': []},
                    **{'X-OpenStack-Nova-API-Version': '2.1'})

    def test_action_has_its_own_answer(self):
        sent = b'{"os-getConsoleOutput": {}}'
        self.check(200, {'output': ''}, path='/servers/x/action', method='POST', sent=sent)
        self.refuse('breaks the schema', 200, {'tags': []}, path='/servers/x/action',
                    method='POST', sent=sent)

    def test_nothing_but_refusals_comes_from_other_addresses(self):
        self.check(404, {'itemNotFound': {'code': 404, 'message': 'x'}}, path='/nothing')
        self.refuse('not documented', 200, {}, path='/nothing')
