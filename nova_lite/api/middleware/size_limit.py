# SPDX-License-Identifier: Apache-2.0
"""No body is longer than [oslo_middleware] max_request_body_size.

oslo.middleware has such a filter too; its answer is HTML, not a fault in Nova's form.
"""

from oslo_config import cfg

from nova_lite import exception
from nova_lite.api.middleware import base

CONF = cfg.CONF


class SizeLimit(base.Filter):
    """WSGI filter."""

    def __call__(self, environ, start_response):
        limit = CONF.oslo_middleware.max_request_body_size
        length = environ.get('CONTENT_LENGTH')
        if length:
            if not (length.isascii() and length.isdecimal()):
                raise exception.MalformedRequestBody(reason='Content-Length is not a number')
            if int(length[:LONGEST_LENGTH]) > limit or len(length) > LONGEST_LENGTH:
                raise exception.RequestTooLarge
        elif 'HTTP_TRANSFER_ENCODING' in environ:
            environ['wsgi.input'] = LimitedReader(environ['wsgi.input'], limit)
        return self.application(environ, start_response)


LONGEST_LENGTH = 18


class LimitedReader:
    """A body of unknown length that ends with an error when it gets too long."""

    def __init__(self, source, limit):
        self._source = source
        self._left = limit

    def read(self, size=-1):
        """Read as a file does.

        :raises RequestTooLarge: once more than the limit has come
        """
        wanted = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        return self._counted(self._source.read(wanted))

    def readline(self, size=-1):
        """Read a line as a file does."""
        wanted = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        return self._counted(self._source.readline(wanted))

    def _counted(self, part):
        self._left -= len(part)
        if self._left < 0:
            raise exception.RequestTooLarge
        return part
