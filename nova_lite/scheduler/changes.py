# SPDX-License-Identifier: Apache-2.0
"""What a change is that would let a host take a server, and what it costs. Pure.

Which changes help against which cause is in remedies.py; explain.py puts
them together and tries them out.
"""

import copy
import dataclasses
import enum
import sys
import typing

from nova_lite.db.stores import candidates
from nova_lite.scheduler import host_state

DIGITS = 3


class Effort(enum.IntEnum):
    """What a change costs, from the least to the most.

    A change of an amount costs, in addition, the missing part of what was
    asked for, 0 to 1, so that the smaller of two is the cheaper one. The costs
    of changes that are needed together are added up.
    """

    WAIT = 1       # it passes by itself
    ASK = 2        # ask otherwise for where the server goes: zone, host, hint
    SMALLER = 3    # ask for another server: flavor, image
    SET = 4        # set something in the cloud: enable a host, an aggregate, an option
    VACATE = 5     # move servers away from a host, or promise more of it
    REPAIR = 7     # bring a host back
    EQUIP = 9      # give a host what it does not have
    UNKNOWN = 12   # whatever a filter that is not the product's wants


@dataclasses.dataclass(frozen=True)
class Change:
    """One change.

    :ivar kind: what is changed, whichever host it is: ``enable``, ``flavor:MEMORY_MB``
    :ivar text: a phrase, such as ``enable cmp3 (disabled: maintenance)``
    :ivar host: the host that is changed; None if another request is asked
    :ivar request_with: function that answers the changed request
    :ivar host_with: function that changes a copy of the host
    :ivar cost: Effort, and a part of what was asked for
    """

    kind: str
    text: str
    cost: float
    host: str | None = None
    request_with: typing.Callable | None = dataclasses.field(default=None, compare=False)
    host_with: typing.Callable | None = dataclasses.field(default=None, compare=False)

    @property
    def can_be_tried(self):
        """Whether its effect is known, so that the filters can be asked again."""
        return self.request_with is not None or self.host_with is not None

    def told(self):
        """Answer the change for an answer of the API."""
        return {'kind': self.kind, 'text': self.text, 'host': self.host,
                'cost': round(self.cost, DIGITS), 'tried': self.can_be_tried}


def asking(kind, text, cost, fields_of):
    """Answer the change of a request.

    :param fields_of: function of a request, which others may have changed, that
        answers its new fields
    """
    return Change(kind, text, cost,
                  request_with=lambda asked: dataclasses.replace(asked, **fields_of(asked)))


def setting(kind, text, cost, host, **attributes):
    """Answer the change of a host's attributes."""
    def host_with(state):
        for name, value in attributes.items():
            setattr(state, name, value)
    return Change(kind, text, cost, host=host.host, host_with=host_with)


def copy_of(host):
    """Answer a copy of a host that can be changed."""
    made = copy.copy(host)
    made.rooms = {name: copy.copy(room) for name, room in host.rooms.items()}
    return made


def empty_room(resource_class):
    """Answer room of a class of which there is nothing, given out in any amount."""
    room = host_state.Room(0, 0)
    if not candidates.divided([resource_class]):
        return room
    return host_state.DividedRoom(room, 1, sys.maxsize, 1)


def applied(changes, request, host):
    """Answer request and host as they would be with all the changes."""
    host = copy_of(host)
    for change in changes:
        if change.request_with is not None:
            request = change.request_with(request)
        if change.host_with is not None:
            change.host_with(host)
    return request, host
