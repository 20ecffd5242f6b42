# SPDX-License-Identifier: Apache-2.0
"""The hint ``query``: a condition on a host's attributes, as nested lists of JSON.

``["and", [">=", "$free_ram_mb", 1024], ["=", "$hypervisor_type", "QEMU"]]``
"""

import functools
import json
import operator

from nova_lite.scheduler import attributes
from nova_lite.scheduler.filters import base

HINT = 'query'
NAME, DOT = '$', '.'
UNWANTED = base.Cause('json_query', 'does not meet the hint query', 'do not meet the hint query')
UNREADABLE = base.Cause('json_query_unreadable', 'can not be held against the hint query',
                        'can not be held against the hint query')


class JsonFilter(base.Filter):
    """The query, read for the host, is true."""

    def concerns(self, request):
        return bool(request.hint(HINT))

    def needs_for(self, request):
        """Only what is named is read."""
        text = request.hint(HINT)[0]
        return attributes.facts_for(name for name in attributes.NEEDS if NAME + name in text)

    def why_not(self, request, host):
        """Work the query out; one that is no query excludes all hosts."""
        if not request.hint(HINT):
            return None
        try:
            met = _worked_out(_parsed(request.hint(HINT)[0]), host)
        except (ValueError, RecursionError):
            return base.Rejection(UNREADABLE)
        return None if met else base.Rejection(UNWANTED)


@functools.lru_cache(maxsize=256)
def _parsed(text):
    return json.loads(text)


def _worked_out(query, host):
    """Answer the value of a part of a query.

    :raises ValueError: if it names an operation that there is not
    """
    if isinstance(query, str) and query.startswith(NAME):
        return attributes.value_of(host, query[len(NAME):].split(DOT))
    if not isinstance(query, list) or not query:
        return query if query != [] else True
    name, *operands = query
    if not isinstance(name, str) or name not in OPERATIONS:
        raise ValueError(name)
    return OPERATIONS[name]([_worked_out(one, host) for one in operands])


def _comparison(compare):
    """An operation: the first operand stands in a relation to each of the others."""
    def works_out(operands):
        first, *others = operands or [None]
        try:
            return bool(others) and all(compare(first, other) for other in others)
        except TypeError:
            return False
    return works_out


def _is_among(operands):
    return bool(operands) and operands[0] in operands[1:]


def _is_not(operands):
    return not any(operands)


OPERATIONS = {
    '=': _comparison(operator.eq), '<': _comparison(operator.lt), '>': _comparison(operator.gt),
    '<=': _comparison(operator.le), '>=': _comparison(operator.ge), 'in': _is_among,
    'not': _is_not, 'and': all, 'or': any,
}
