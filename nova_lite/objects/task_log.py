# SPDX-License-Identifier: Apache-2.0
"""The log of tasks that hosts do once a period, and what the usage audit looks at.

The bodies are in db/stores/task_log.py and usage.py.
"""

from oslo_utils import timeutils
from oslo_versionedobjects import fields

from nova_lite import exception, usage
from nova_lite.objects import base
from nova_lite.objects import instance as instances


@base.register
class TaskLog(base.NovaLiteObject):
    """One run of a task of one host for one period."""

    VERSION = '1.0'

    fields = {
        'task_name': fields.StringField(),
        'host': fields.StringField(),
        'period_beginning': fields.DateTimeField(tzinfo_aware=False),
        'period_ending': fields.DateTimeField(tzinfo_aware=False),
        'state': fields.StringField(),
        'message': fields.StringField(),
        'task_items': fields.IntegerField(),
        'errors': fields.IntegerField(),
    }

    @base.remotable_classmethod
    def begin(cls, context, host, task_name, period, message):
        """Record that a host begins; answer whether it has to: False if it is done already.

        :param period: beginning and ending, as ISO 8601
        """
        return base.store('task_log').begin(
            context, host, task_name, period_of(period), message)

    @base.remotable_classmethod
    def end(cls, context, host, task_name, period, outcome):
        """Record how the run ended.

        :param outcome: dict with ``message``, ``task_items`` and ``errors``
        """
        base.store('task_log').end(
            context, host, task_name, period_of(period), message=str(outcome['message']),
            task_items=int(outcome['task_items']), errors=int(outcome['errors']))


@base.register
class ActiveInstanceList(base.ObjectListBase, base.NovaLiteObject):
    """Servers that ran in a period, also those that are deleted since."""

    VERSION = '1.0'

    fields = {'objects': fields.ListOfObjectsField('Instance')}

    @base.remotable_classmethod
    def get_by_host(cls, context, host, period, marker, limit):
        """Answer a page of those of a host, in the order of their ids, without user data.

        :param period: beginning and ending, as ISO 8601
        :param marker: id of the last one of the page before; 0 for the first page
        """
        rows = base.store('usage').list_active_on_host(
            context, host, period_of(period), marker=marker, limit=limit)
        return cls(context, objects=[
            instances.Instance.from_row(context, row) for row in rows])


def period_of(texts):
    """Answer the period of two texts.

    :raises Invalid: if they are no times
    """
    try:
        beginning, ending = (
            timeutils.normalize_time(timeutils.parse_isotime(text)) for text in texts)
    except (ValueError, TypeError) as error:
        raise exception.Invalid(f'{texts} is no period of time') from error
    return usage.Period(beginning, ending)
