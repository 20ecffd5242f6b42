# SPDX-License-Identifier: Apache-2.0
"""A client of the compute API inside the test's process.

It speaks to the WSGI application that PasteDeploy makes of the shipped
configuration, and holds each answer against the OpenAPI document of its
microversion, so a test that uses it also tests that.
"""

import contextlib
import json
import pathlib

import fixtures
import webob
from oslo_config import cfg

from nova_lite.api import wsgi as api_wsgi
from nova_lite.api.openstack import microversions
from tests.fixtures import documented

CONF = cfg.CONF
PASTE = pathlib.Path(__file__).resolve().parents[2] / 'etc' / 'nova_lite' / 'api-paste.ini'


class ApiError(AssertionError):
    """The API did not answer with success, which the test expected."""

    def __init__(self, answer):
        super().__init__(f'{answer.status} {answer.text}')
        self.answer = answer


class Answer:
    """What came back.

    :ivar json: the decoded body; None if there is none
    """

    def __init__(self, response):
        self.status = response.status_int
        self.headers = response.headers
        self.text = response.text if response.body else ''
        self.json = json.loads(self.text) if self.text else None

    @property
    def message(self):
        """What an error says."""
        return next(iter(self.json.values()))['message']

    @property
    def fault(self):
        """The name of an error."""
        return next(iter(self.json))


class ApiClient(fixtures.Fixture):
    """Sends requests as one user.

    ``get``, ``post``, ``put`` and ``delete`` fail unless the answer is a
    success; ``send`` takes every answer. ``path`` is below /v2.1 unless it
    begins with ``/v2``.
    """

    def __init__(self, user='fred', project='demo', *, application=None):
        super().__init__()
        self.token = f'{user}:{project}'
        self.application = application

    def _setUp(self):
        if self.application is None:
            CONF.set_override('api_paste_config', str(PASTE), group='wsgi')
            self.addCleanup(CONF.clear_override, 'api_paste_config', group='wsgi')
            self.application = api_wsgi.load_app('osapi_compute')

    def as_user(self, user, project='demo'):
        """Answer a client of the same application for somebody else."""
        return type(self)(user, project, application=self.application)

    def get(self, path, **options):
        return self._expecting_success('GET', path, None, **options)

    def post(self, path, body, **options):
        return self._expecting_success('POST', path, body, **options)

    def put(self, path, body, **options):
        return self._expecting_success('PUT', path, body, **options)

    def delete(self, path, **options):
        return self._expecting_success('DELETE', path, None, **options)

    def _expecting_success(self, method, path, body, **options):
        answer = self.send(method, path, body, **options)
        if answer.status >= 300:
            raise ApiError(answer)
        return answer

    def send(self, method, path, body=None, *, version=None, headers=None):
        """Send a request; answer whatever comes back.

        :param body: bytes go as they are, anything else as JSON
        :param version: microversion, such as '2.37' or 'latest'
        """
        http = webob.Request.blank(
            path if path.startswith('/v2') else f'/v2.1{path}', method=method,
            headers={'X-Auth-Token': self.token})
        if body is not None:
            http.body = body if isinstance(body, bytes) else json.dumps(body).encode()
            http.content_type = 'application/json'
        if version is not None:
            http.headers[microversions.HEADER] = f'compute {version}'
        http.headers.update(headers or {})
        # The application shortens the path on its way in.
        address = _below_the_root(http.environ['PATH_INFO'])
        answer = Answer(http.get_response(self.application))
        documented.check(method, address, sent=http.body, answer=answer)
        return answer

    @contextlib.contextmanager
    def refused(self, status):
        """Expect that the request inside is refused with that status; gives its answer."""
        caught = []
        try:
            yield caught
        except ApiError as error:
            if error.answer.status != status:
                raise
            caught.append(error.answer)
        else:
            raise AssertionError(f'the API did not refuse with {status}')


def _below_the_root(path):
    """Answer the address as text, of the bytes that WSGI has for it."""
    path = path.encode('latin-1').decode('utf-8', 'replace')
    return '/' + path.partition('/v2')[2].partition('/')[2]
