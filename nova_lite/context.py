# SPDX-License-Identifier: Apache-2.0
"""On whose behalf something is done, and what it is a part of.

The API makes one per HTTP request, rpc carries it from process to process, and
the operation's runner makes it again from the record. The newest context of a
thread is the one that its log lines show (log_lines.py): where a thread begins
something else, it says so by ``afresh``, and by ``about`` which server comes now.
"""

import contextlib
import secrets

from oslo_context import context
from oslo_utils import timeutils, uuidutils

SPAN_BYTES = 8
TRACE_DIGITS = 32


class RequestContext(context.RequestContext):
    """The caller, the request and the place in its trace.

    :ivar sender: which process the message came from, an ``rpc.Sender``; None
        where no message brought the context. Only the dispatcher of verified
        messages sets it, it is never read from the wire.
    :ivar user_auth_plugin: what has the caller's token and catalog, for keystone_sessions.py;
        None without Keystone. It is never sent or kept, so only the process that answers
        the request has it.
    :ivar trace_id: 32 hexadecimal digits, the same for all work of a request
    :ivar span_id: 16 hexadecimal digits, this process's part of that work
    :ivar parent_span_id: the part that caused this one; None for the first
    """

    FROM_DICT_EXTRA_KEYS = ['timestamp', 'trace_id', 'span_id', 'parent_span_id']

    def __init__(self, user_id=None, project_id=None, *, is_admin=None, timestamp=None,
                 trace_id=None, span_id=None, parent_span_id=None, **kwargs):
        """Make a context.

        :param is_admin: None has the roles decide
        """
        super().__init__(user_id=user_id, project_id=project_id, is_admin=bool(is_admin), **kwargs)
        if not uuidutils.is_uuid_like(self.resource_uuid):
            # It may have come in a message, and stands at the begin of log lines.
            self.resource_uuid = None
        if is_admin is None:
            self.is_admin = 'admin' in self.roles
        self.timestamp = _moment(timestamp)
        self.trace_id = trace_id or _trace_id_for(self.request_id)
        self.span_id = span_id or secrets.token_hex(SPAN_BYTES)
        self.parent_span_id = parent_span_id
        self.sender = None
        self.user_auth_plugin = None
        self._logged = None

    def to_dict(self):
        """Answer what goes to another process; empty fields and the token stay here."""
        values = super().to_dict()
        values.update(timestamp=self.timestamp.isoformat(), trace_id=self.trace_id,
                      span_id=self.span_id, parent_span_id=self.parent_span_id)
        for repeated in ('auth_token', 'project', 'user_identity'):
            values.pop(repeated, None)
        return {name: value for name, value in values.items() if value or value is False}

    def get_logging_values(self):
        """Answer what formats of log lines may name; ``request_ids`` leaves out what is not.

        Each line asks twice, and nearly all lines of a request have the same.
        """
        if self._logged is None or self._logged['resource_uuid'] != self.resource_uuid:
            values = super().get_logging_values()
            values['project'] = self.project_id
            values['resource_uuid'] = self.resource_uuid
            values['request_ids'] = ' '.join(
                found for found in (self.global_request_id, self.request_id) if found)
            self._logged = values
        return dict(self._logged)

    def elevated(self):
        """Answer a context for the service's own work in the same request."""
        values = self.to_dict()
        values['is_admin'] = True
        values['roles'] = sorted({*self.roles, 'admin'})
        return self._derived(values)

    def _derived(self, values):
        derived = type(self).from_dict(values, overwrite=False)
        derived.sender = self.sender
        derived.user_auth_plugin = self.user_auth_plugin
        return derived

    def child(self):
        """Answer the context of the next part of the work, in the process that begins it."""
        values = self.to_dict()
        values['parent_span_id'] = values.pop('span_id')
        return type(self).from_dict(values)


def _moment(timestamp):
    if timestamp is None:
        return timeutils.utcnow()
    if isinstance(timestamp, str):
        return timeutils.normalize_time(timeutils.parse_isotime(timestamp))
    return timestamp


def _trace_id_for(request_id):
    """A trace is found by its request's id, so it is the same digits where there are enough."""
    digits = request_id.removeprefix('req-').replace('-', '')
    if len(digits) == TRACE_DIGITS and set(digits) <= set('0123456789abcdef'):
        return digits
    return secrets.token_hex(TRACE_DIGITS // 2)


def get_admin_context(server_uuid=None):
    """Answer a context for work that no request asked for.

    :param server_uuid: the server that all of this work is about
    """
    return RequestContext(is_admin=True, overwrite=False, resource_uuid=server_uuid)


def for_operation(operation, global_request_id=None):
    """Answer the context in which the work of a record goes on.

    It has the ids of who asked and the service's own rights: the request was
    allowed when it was recorded, and its token is not kept.

    :param operation: has request_id, user_id, project_id and instance_uuid
    :param global_request_id: of whoever asked, as far as a message has told it
    """
    return RequestContext(operation.user_id, operation.project_id, is_admin=True,
                          request_id=operation.request_id,
                          global_request_id=global_request_id,
                          resource_uuid=operation.instance_uuid)


@contextlib.contextmanager
def afresh():
    """Inside, log lines show only what is begun there, and afterwards what they showed before.

    Around each thing that a thread does which serves one after the other.
    """
    before = context.get_current()
    _show(None)
    try:
        yield
    finally:
        _show(before)


@contextlib.contextmanager
def about(ctxt, server_uuid):
    """Inside, log lines are of one server, though the work around is of several.

    :returns: the context for what is asked of other processes about it
    """
    before = context.get_current()
    inside = ctxt._derived({**ctxt.to_dict(), 'resource_uuid': server_uuid})
    _show(inside)
    try:
        yield inside
    finally:
        _show(before)


def _show(found):
    if found is not None:
        found.update_store()
        return
    with contextlib.suppress(AttributeError):
        # oslo.context knows how to replace the thread's context, not how to leave it without.
        del context._request_store.context
