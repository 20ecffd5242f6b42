# SPDX-License-Identifier: Apache-2.0
"""Ids of requests, in what is behind the filter and in the answer."""

import logging
import re

import webob
from oslo_context import context as oslo_context
from oslo_utils import uuidutils

from nova_lite.api.middleware import request_id
from tests import base
from tests.unit.api.openstack import case

GIVEN = f'req-{uuidutils.generate_uuid()}'


class RequestIdTest(base.TestCase):

    def ask(self, path='/', **headers):
        """Answer the answer, and what the application behind saw."""
        seen = {}

        def application(environ, start_response):
            seen.update(environ)
            start_response('200 OK', [('Content-Length', '0')])
            return [b'']
        request = webob.Request.blank(path, headers=headers)
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


class RequestLogTest(case.ApiTestCase):
    """The line that each request leaves in the log."""

    def lines(self):
        return [line for line in self.logs.output.splitlines() if ' status: ' in line]

    def test_it_has_what_was_asked_and_what_was_answered(self):
        self.api.get('/flavors?limit=1', version='2.37')
        (line,) = self.lines()
        self.assertRegex(line, r'"GET /v2\.1/flavors\?limit=1" status: 200 len: \d+ '
                               r'microversion: 2\.37 time: \d\.\d{6}$')

    def test_refusals_and_pages_without_token_have_one_too(self):
        self.api.send('GET', '/servers/x')
        webob.Request.blank('/').get_response(self.api.application)
        self.assertEqual([' status: 404 ', ' status: 200 '],
                         [re.search(' status: [0-9]+ ', line).group() for line in self.lines()])

    def test_address_can_not_begin_a_line(self):
        webob.Request.blank('/x%0aINFO%20"%c3%a4').get_response(self.api.application)
        (line,) = self.lines()
        self.assertIn('"GET /x%0AINFO%20%22%C3%A4" status: 300', line)

    def test_ids_of_the_request_are_shown_whether_a_user_was_found_or_not(self):
        shown, before = [], oslo_context.get_current()
        self.patch(request_id.LOG, 'info', lambda *_given: shown.append(
            oslo_context.get_current().get_logging_values()['request_ids']))
        for path in ('/v2.1/flavors', '/'):
            answer = webob.Request.blank(path, headers={
                'X-Auth-Token': 'fred:demo', 'X-OpenStack-Request-ID': GIVEN,
            }).get_response(self.api.application)
            self.assertEqual(f'{GIVEN} {answer.headers["x-openstack-request-id"]}', shown.pop())
        self.assertIs(before, oslo_context.get_current())

    def test_nothing_is_formatted_where_it_is_not_wanted(self):
        self.patch(request_id.LOG.logger, 'level', logging.WARNING)
        self.patch(request_id, 'note', self.fail)
        self.api.get('/flavors')
