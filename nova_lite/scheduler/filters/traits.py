# SPDX-License-Identifier: Apache-2.0
"""What the host is: it has the traits that flavor and image require, and none that they forbid.

Always holds, for forced hosts too: a trait is a property of the machine that the
server can not do without.
"""

import functools

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base

APART = base.Cause('group_policy', 'can not keep resource groups apart',
                   'can not keep resource groups apart')


class TraitsFilter(base.Filter):
    """``trait:NAME=required`` and ``trait:NAME=forbidden``."""

    needs = frozenset({Fact.TRAITS})

    def concerns(self, request):
        return bool(request.traits or request.forbidden_traits)

    def narrow(self, request, cut):
        """The database has the traits of all hosts."""
        return cut.with_traits(request.traits, request.forbidden_traits)

    def why_not(self, request, host):
        """Compare sets; what is missing is told before what is too much."""
        missing = request.traits - host.traits
        if missing:
            return base.Rejection(_lacking(missing))
        unwanted = request.forbidden_traits & host.traits
        return base.Rejection(_having(unwanted)) if unwanted else None


class GroupPolicyFilter(base.Filter):
    """Groups of resources that must not meet on one provider meet on every host.

    The API refuses such flavors; this is for those that were made without its checks.
    """

    def concerns(self, request):
        return bool(request.apart)

    def why_not(self, request, host):
        """No host can do this."""
        if not request.apart:
            return None
        return base.Rejection(APART, detail=', '.join(request.apart))


@functools.lru_cache(maxsize=256)
def _lacking(names):
    """Answer the cause of hosts that lack just these traits."""
    words = _words(names)
    return base.Cause(f'trait:{",".join(sorted(names))}', f'lacks {words}', f'lack {words}')


@functools.lru_cache(maxsize=256)
def _having(names):
    words = _words(names, 'forbidden ')
    return base.Cause(f'forbidden_trait:{",".join(sorted(names))}', f'has {words}',
                      f'have {words}')


def _words(names, kind=''):
    """'trait A', 'traits A and B'."""
    ordered = sorted(names)
    listed = ' and '.join(filter(None, (', '.join(ordered[:-1]), ordered[-1])))
    return f'{kind}{"trait" if len(ordered) == 1 else "traits"} {listed}'
