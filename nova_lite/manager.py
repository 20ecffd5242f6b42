# SPDX-License-Identifier: Apache-2.0
"""Base of the RPC endpoints that daemons serve, and the mark of their periodic work.

nova_lite/service.py makes one manager a process, starts it, serves its methods
whose first argument is named ``context``, and runs what is marked ``periodic``.
"""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Periodic:
    """When a method runs by itself.

    :ivar spacing: answers the seconds between two starts; 0 or less never runs
        it. A callable, because options are read after modules are loaded.
    :ivar run_immediately: at once after the start instead of after a random
        part of the spacing
    """

    spacing: Callable[[], float]
    run_immediately: bool = False


def periodic(*, spacing, run_immediately=False):
    """Mark a method, without arguments, that the service runs again and again.

    :param spacing: seconds, or a callable that answers them
    """
    when = Periodic(spacing if callable(spacing) else lambda: spacing, run_immediately)

    def mark(method):
        method.periodic = when
        return method
    return mark


class Manager:
    """What a daemon does for others and by itself.

    :cvar RPC_VERSION: newest version of the interface that it serves
    """

    RPC_VERSION = '1.0'

    def init_host(self):
        """Get ready for work; runs before anything is served, may fail the start."""

    def start(self, incarnation, was_well_for):
        """Begin to work; messages are served from now on.

        :param incarnation: who this process is, a uuid
        :param was_well_for: answers the seconds for which broker and database
            (or conductor) have been there without a break
        """

    def stop(self, patience):
        """End what runs; nothing is served any more.

        :param patience: seconds that it has; what takes longer is handed back
        """

    def options_changed(self):
        """The options were read again; what was made of them at the start is made anew."""

    def described(self):
        """Answer name -> value of what is being done, for a guru meditation report."""
        return {}

    def periodics(self):
        """Answer (method, Periodic) of everything that is marked."""
        marked = ((getattr(self, name), getattr(getattr(type(self), name), 'periodic', None))
                  for name in dir(type(self)) if not name.startswith('__'))
        return [(method, when) for method, when in marked if isinstance(when, Periodic)]
