# SPDX-License-Identifier: Apache-2.0
"""Errors about requests as such: form, version, address, permission, paging."""

from nova_lite.exception import base


class InvalidInput(base.Invalid):
    """A value has the right form and can't be meant."""

    msg_fmt = 'Invalid input received: %(reason)s'


class ValidationError(base.Invalid):
    """The request does not match the schema of its route and microversion."""

    msg_fmt = '%(detail)s'


class MalformedRequestBody(base.Invalid):
    """The body is not what its content type says."""

    msg_fmt = 'Malformed request body: %(reason)s'


class MalformedRequestUrl(base.Invalid):
    """The URL is not one that a client may form."""

    msg_fmt = 'Malformed request URL: %(reason)s'


class UnsupportedContentType(base.Invalid):
    """The body is of a type that the API does not read."""

    msg_fmt = 'Unsupported Content-Type'
    code = 415


class RequestTooLarge(base.Invalid):
    """The body is longer than [oslo_middleware] max_request_body_size allows."""

    msg_fmt = 'Request is too large.'
    code = 413


class MalformedMicroversion(base.Invalid):
    """The version header is not of the form 2.N or ``latest``."""

    msg_fmt = ('API Version String %(version)s is of invalid format. '
               'Must be of format MajorNum.MinorNum.')


class MicroversionNotSupported(base.Invalid):
    """The version header is outside of what this release knows."""

    msg_fmt = ('Version %(requested)s is not supported by the API. '
               'Minimum is %(minimum)s and maximum is %(maximum)s.')
    code = 406


class RouteNotFound(base.NotFound):
    """There is no such address, or not in the microversion that was asked for."""

    msg_fmt = 'The resource could not be found.'


class ExtensionNotFound(base.NotFound):
    """The API never had an extension of that name."""


class BodyNamesAnother(base.Invalid):
    """The body is about something else than the address."""

    msg_fmt = 'Request body and URI mismatch: the body has to name the same %(thing)s'


class ResourceGone(base.Invalid):
    """The address, or what is asked of it, was taken away from all microversions."""

    msg_fmt = 'This resource is no longer available. No forwarding address is given.'
    code = 410


class MethodNotAllowed(base.Invalid):
    """The address exists and does not know the method.

    :ivar allowed: the methods that it knows
    """

    msg_fmt = 'The method %(method)s is not allowed for this resource.'
    code = 405

    @property
    def allowed(self):
        return self.kwargs['allowed']


class Unauthorized(base.NovaLiteException):
    """The request says nobody's name."""

    msg_fmt = 'This server could not verify that you are authorized to access the document.'
    code = 401
    safe = True


class PolicyNotAuthorized(base.Forbidden):
    """The caller's roles do not allow it."""

    msg_fmt = "Policy doesn't allow %(action)s to be performed."


class PoliciesUnreadable(base.NovaLiteException):
    """The operator's policies are no mapping of names to rules, or not ours to read."""

    msg_fmt = 'The policies in %(path)s can not be read: %(reason)s'


class MarkerNotFound(base.Invalid):
    """The marker of a page is not in the list that the caller may see."""

    msg_fmt = 'marker [%(marker)s] not found'


class InvalidAction(base.Invalid):
    """The body of a request for an action names one that is not there."""

    msg_fmt = 'There is no such action: %(action)s'


class PasteConfigNotFound(base.NovaLiteException):
    """The API can't start without its pipelines."""

    msg_fmt = 'The paste configuration %(path)s could not be found ([wsgi] api_paste_config).'
