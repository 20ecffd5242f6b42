# SPDX-License-Identifier: Apache-2.0
"""Ids of requests, in what is behind the filter and in the answer."""

import webob
from oslo_utils import uuidutils

from nova_lite.api.middleware import request_id
from tests import base

GIVEN = f'req-{uuidutils.generate_uuid()}'


class RequestIdTest(base.TestCase):

    def ask(self, **headers):
        """Answer the answer, and what the application behind saw."""
        seen = {}

        def application(environ, start_response):
            seen.update(environ)
            start_response('200 OK', [('Content-Length', '0')])
            return [b'']
        request = webob.Request.blank('/', headers=headers)
        return request.get_response(request_id.RequestId.factory({})(application)), seen

    def test_answer_tells_the_id_under_both_names(self):
        answer, seen = self.ask()
        own = seen['openstack.request_id']
        self.assertRegex(own, '^req-[0-9a-f-]{36}$')
        self.assertEqual([own] * 2, [answer.headers[name] for name in request_id.HEADERS])

    def test_each_request_has_its_own_whatever_the_caller_sends(self):
        _answer, first = self.ask(**{'X-OpenStack-Request-ID': GIVEN})
        _answer, second = self.ask(**{'X-OpenStack-Request-ID': GIVEN})
        self.assertEqual([GIVEN] * 2, [seen['openstack.global_request_id']
                                       for seen in (first, second)])
        self.assertEqual(3, len({GIVEN, *(seen['openstack.request_id']
                                          for seen in (first, second))}))

    def test_callers_id_that_is_none_is_dropped(self):
        for strange in ('req-1', GIVEN + '\n', 'x' * 1000, ''):
            _answer, seen = self.ask(**{'X-OpenStack-Request-ID': strange})
            self.assertNotIn('openstack.global_request_id', seen)
