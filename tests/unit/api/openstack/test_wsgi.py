# SPDX-License-Identifier: Apache-2.0
"""Reading what a client sent, before anything is known of its form."""

import webob

from nova_lite import exception
from nova_lite.api.openstack import wsgi
from tests import base


class Broken:
    """A body whose client left, or whose chunks are none: servers raise several errors."""

    def __init__(self, error):
        self._error = error

    def read(self, _size=-1):
        raise self._error


class ReadBodyTest(base.TestCase):

    def request(self, source):
        http = webob.Request.blank('/', method='POST', content_type='application/json')
        http.environ.update({'wsgi.input': source, 'CONTENT_LENGTH': '10'})
        return http

    def test_body_that_does_not_come_whole_is_refused(self):
        for error in (OSError('the client is gone'), ValueError('no chunk')):
            self.assertRaises(exception.MalformedRequestBody, wsgi.read_body,
                              self.request(Broken(error)))

    def test_limit_of_the_length_is_told_as_such(self):
        self.assertRaises(exception.RequestTooLarge, wsgi.read_body,
                          self.request(Broken(exception.RequestTooLarge())))

    def test_type_is_read_in_whatever_letters(self):
        for kind in ('application/json', 'Application/JSON; charset=UTF-8'):
            http = webob.Request.blank('/', method='POST', content_type=kind, body=b'{}')
            self.assertEqual({}, wsgi.read_body(http))
        http = webob.Request.blank('/', method='POST', content_type='text/json', body=b'{}')
        self.assertRaises(exception.UnsupportedContentType, wsgi.read_body, http)
