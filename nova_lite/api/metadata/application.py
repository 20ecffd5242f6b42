# SPDX-License-Identifier: Apache-2.0
"""The WSGI application of the metadata service.

A guest is known by the address that its request comes from; the network of its
host makes sure that it can use no other. There are no credentials.
"""

import ipaddress

import webob
from oslo_config import cfg
from oslo_log import log

from nova_lite import exception
from nova_lite.api.metadata import guests, pages
from nova_lite.db.models import password

LOG = log.getLogger(__name__)

MAX_PATH = 1024

_NOT_FOUND = 'There is nothing of that name for this server.\n'
_UNKNOWN = 'No server has the address of this request.\n'


def application_factory(_global_conf, **_local_conf):
    """Make the application; PasteDeploy calls it."""
    return Application(guests.Guests())


class Application:
    """Answers guests.

    :param known: guests.Guests
    """

    def __init__(self, known):
        self._guests = known

    def __call__(self, environ, start_response):
        request = webob.Request(environ)
        try:
            response = self._answer(request)
        except Exception:
            LOG.exception('Metadata request from %s failed', request.remote_addr)
            response = _text(500, 'The metadata service failed; try again in a moment.\n')
        return response(environ, start_response)

    def _answer(self, request):
        segments = _segments(request.environ)
        if segments is None:
            return _text(404, _NOT_FOUND)
        refusal = _refused_method(request.method, segments)
        if refusal is not None:
            return refusal
        guest = self._guest(request)
        if guest is None:
            return _text(404, _UNKNOWN)
        if pages.is_password(segments):
            return self._password(request, guest)
        page = pages.find(guest, segments)
        if page is None:
            return _text(404, _NOT_FOUND)
        return _response(200, page)

    def _guest(self, request):
        address = _address(request)
        guest = address and self._guests.at(address)
        if guest is None:
            LOG.warning("Metadata was asked for by %s, which is no server's address", address)
        return guest

    def _password(self, request, guest):
        if request.method != 'POST':
            return _text(200, self._guests.password(guest))
        text = _password_in(request)
        if text is None:
            return _text(400, 'A password is 1 to '
                              f'{password.MAX_LENGTH} printable ASCII characters.\n')
        try:
            self._guests.set_password(guest, text)
        except exception.PasswordIsSet as error:
            return _text(409, f'{error}\n')
        return _text(200, '')


def _password_in(request):
    """Answer the text of the body; None if it can be no password (base64 in lines, mostly)."""
    body = request.body_file.read(password.MAX_LENGTH + 1)
    if not 0 < len(body) <= password.MAX_LENGTH or not body.isascii():
        return None
    text = body.decode('ascii')
    return text if text.replace('\r', '').replace('\n', '').isprintable() else None


def _segments(environ):
    """Answer the parts of the path; None if nothing can have it.

    WSGI gives the path as bytes that were read as Latin-1.
    """
    path = environ.get('PATH_INFO', '')
    if len(path) > MAX_PATH:
        return None
    try:
        path = path.encode('latin-1').decode('utf-8')
    except UnicodeError:
        return None
    return [segment for segment in path.split('/') if segment]


def _refused_method(method, segments):
    allowed = ['GET', 'HEAD', 'POST'] if pages.is_password(segments) else ['GET', 'HEAD']
    if method in allowed:
        return None
    response = _text(405, f'The method {method} is not allowed here.\n')
    response.allow = allowed
    return response


def _address(request):
    """Answer the guest's address in its usual form; None if it is none."""
    text = request.remote_addr
    if cfg.CONF.api.use_forwarded_for:
        text = request.headers.get('X-Forwarded-For', text)
    try:
        address = ipaddress.ip_address((text or '').rpartition(',')[2].strip())
    except ValueError:
        return None
    # A socket that listens for both versions shows IPv4 clients in this form.
    return str(getattr(address, 'ipv4_mapped', None) or address)


def _response(status, page):
    return webob.Response(
        status=status, body=page.body, content_type=page.content_type,
        charset='UTF-8' if page.content_type == pages.TEXT else None)


def _text(status, text):
    return _response(status, pages.Page(text.encode()))
