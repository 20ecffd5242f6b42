# SPDX-License-Identifier: Apache-2.0
"""A request as controllers see it, and what they may answer with.

The router makes the request: route and version are known, query and body have
been checked against their schemas, the policy has been asked.
"""

import dataclasses
import json
import re
import typing
import urllib.parse

import webob

from nova_lite import exception
from nova_lite.api.openstack import microversions

CONTEXT = 'nova_lite.context'
VERSION = 'nova_lite.microversion'
LEGACY = 'nova_lite.legacy_v2'
PROJECT_IN_URL = 'nova_lite.project_in_url'
ROUTE = 'nova_lite.route'

JSON_TYPES = ('application/json', 'application/vnd.openstack.compute+json')
LONGEST_LINE_OF_ERROR = 200
ONE_WORD = re.compile('[!#-~]*')
CONSOLE_TOKENS = '/os-console-auth-tokens/'


@dataclasses.dataclass
class Request:
    """One request, ready to be answered.

    :ivar http: the WebOb request, for headers and addresses
    :ivar query: name -> list of values, as far as the route's schema knows the names
    :ivar body: the checked body; None for routes without one
    :ivar target: what the route's ``target`` function answered
    """

    http: webob.Request
    version: microversions.Microversion
    query: dict = dataclasses.field(default_factory=dict)
    body: typing.Any = None
    target: typing.Any = None

    @property
    def context(self):
        """On whose behalf it is made."""
        return self.http.environ[CONTEXT]

    def offers(self, feature):
        """Answer whether the request's microversion knows the feature."""
        return self.version.offers(feature)

    def asked(self, name, default=None):
        """Answer the last value of a query parameter."""
        values = self.query.get(name)
        return values[-1] if values else default


@dataclasses.dataclass(frozen=True)
class Answer:
    """An answer that needs more than a body.

    :ivar status: None takes the route's
    """

    body: typing.Any = None
    headers: dict = dataclasses.field(default_factory=dict)
    status: int | None = None


def respond(answer, status, version=None):
    """Make the HTTP response of a controller's answer.

    :param answer: an Answer, a body, or None for no body
    :param status: the code unless the answer has its own
    """
    if not isinstance(answer, Answer):
        answer = Answer(answer)
    response = webob.Response(status=answer.status or status)
    if answer.body is None:
        response.content_type = None
    else:
        response.content_type = 'application/json'
        response.body = json.dumps(answer.body, separators=(', ', ': ')).encode()
    response.headers.update(answer.headers)
    if version is not None:
        microversions.announce(response.headers, version)
    return response


def read_body(http):
    """Answer the JSON value of a request's body.

    :raises MalformedRequestBody: if there is none or it is no JSON that we keep
    :raises UnsupportedContentType: if it is said to be something else
    """
    raw = _bytes_of(http)
    if http.content_type and http.content_type.lower() not in JSON_TYPES:
        raise exception.UnsupportedContentType
    if not raw:
        raise exception.MalformedRequestBody(reason='there is none')
    try:
        value = json.loads(raw.decode('utf-8'), parse_constant=_refuse_constant)
    except RecursionError:
        raise exception.MalformedRequestBody(reason='it is nested too deeply') from None
    except UnicodeDecodeError:
        raise exception.MalformedRequestBody(reason='it is not UTF-8') from None
    except ValueError as error:
        raise exception.MalformedRequestBody(
            reason=str(error)[:LONGEST_LINE_OF_ERROR]) from error
    if b'\\u' in raw or b'\0' in raw:
        check_texts(value)
    return value


def _bytes_of(http):
    """Answer a body as it came.

    :raises MalformedRequestBody: if the client left in the middle, or its chunks are none
    """
    try:
        return http.body
    except (OSError, ValueError):
        raise exception.MalformedRequestBody(reason='it did not come whole') from None


def _refuse_constant(name):
    raise ValueError(f'{name} is not JSON')


def check_texts(value):
    """Make sure that all texts can be stored.

    :raises MalformedRequestBody: at a NUL or at half of a surrogate pair
    """
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            pending.extend(part)
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
        elif isinstance(part, str) and not is_storable(part):
            raise exception.MalformedRequestBody(
                reason='it has a character that can not be stored')


def is_storable(text):
    """Answer whether a text is without NUL and lone surrogates."""
    return '\0' not in text and not any('\ud800' <= letter <= '\udfff' for letter in text)


def shown(text):
    """Answer a text of a request for the log, where it can not begin a line of its own.

    A token in an address is left out: who reads the log could look at the console.
    """
    if CONSOLE_TOKENS in text:
        text = text[:text.index(CONSOLE_TOKENS) + len(CONSOLE_TOKENS)] + '***'
    return text if ONE_WORD.fullmatch(text) else urllib.parse.quote(
        text.encode('latin-1', 'replace'))
