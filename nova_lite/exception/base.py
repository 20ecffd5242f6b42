# SPDX-License-Identifier: Apache-2.0
"""The root of the product's errors and one class per kind of answer.

Each class carries its HTTP status, so that the API translates errors in one
place and no controller needs a ``try``.
"""


class NovaLiteException(Exception):
    """Something went wrong that somebody can act on.

    :cvar msg_fmt: message, formatted with the keywords given to the constructor
    :cvar code: HTTP status when the error reaches the API
    :cvar safe: whether the message may be shown to the user
    :raises KeyError: at once, if a keyword of the message is missing
    """

    msg_fmt = 'An unknown error occurred.'
    code = 500
    safe = False

    def __init__(self, message=None, **kwargs):
        self.kwargs = kwargs
        self.message = message if message is not None else self.msg_fmt % kwargs
        super().__init__(self.message)

    def __reduce__(self):
        return _revive, (type(self), self.message, self.kwargs)


def _revive(cls, message, kwargs):
    error = cls.__new__(cls)
    NovaLiteException.__init__(error, message, **kwargs)
    return error


class Invalid(NovaLiteException):
    """The request can't be accepted as it is."""

    msg_fmt = 'The request is invalid.'
    code = 400
    safe = True


class Forbidden(NovaLiteException):
    """The caller may not do this."""

    msg_fmt = 'Not authorized.'
    code = 403
    safe = True


class NotFound(NovaLiteException):
    """The thing does not exist, or not for this caller."""

    msg_fmt = 'The resource could not be found.'
    code = 404
    safe = True


class Conflict(NovaLiteException):
    """The request contradicts the present state."""

    msg_fmt = 'The request conflicts with the present state of the resource.'
    code = 409
    safe = True


class ServiceUnavailable(NovaLiteException):
    """A part that is needed does not answer at the moment."""

    msg_fmt = 'The service is unavailable at this time.'
    code = 503
    safe = True
