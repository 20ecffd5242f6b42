# SPDX-License-Identifier: Apache-2.0
"""The front door to servers, for the REST API: one method an operation, no logic.

The work of each is in requests/, in a file of the family's name.
"""

from nova_lite.compute.requests import (
    build,
    consoles,
    delete,
    external_events,
    hosts,
    lock,
    metadata,
    reset_state,
    tags,
    update,
)
from nova_lite.objects import base as objects_base


class API:
    """What can be asked of servers."""

    def create(self, context, request):
        """Record servers and the operations that build them.

        :param request: BuildRequest
        :returns: rows of the servers; those of the first request when the same
            Idempotency-Key has come before
        """
        return build.create(context, request)

    def get(self, context, uuid):
        """Answer a server's row.

        :raises InstanceNotFound: if there is none that the caller may see
        """
        return objects_base.store('instances').get_by_uuid(context, uuid)

    def update(self, context, instance, changes):
        """Change what may be changed at any time; answer the new row."""
        return update.update(context, instance, changes)

    def delete(self, context, instance):
        """Record the delete of a server; it takes the server over from whatever runs."""
        delete.delete(context, instance)

    def update_metadata(self, context, instance, pairs, *, replace=False):
        """Set pairs of a server's metadata; answer all of it."""
        return metadata.update(context, instance, pairs, replace=replace)

    def remove_metadata(self, context, instance, key):
        """Remove a pair of a server's metadata."""
        metadata.remove(context, instance, key)

    def replace_tags(self, context, instance, names):
        """Give a server exactly these tags; answer them."""
        return tags.replace(context, instance, names)

    def add_tag(self, context, instance, name):
        """Add a tag to a server; answer whether it is new."""
        return tags.add(context, instance, name)

    def remove_tag(self, context, instance, name):
        """Remove a tag of a server."""
        tags.remove(context, instance, name)

    def lock(self, context, instance, reason=None):
        """Have a server refuse what its lock stops."""
        lock.lock(context, instance, reason)

    def unlock(self, context, instance):
        """Take a server's lock away.

        :raises InstanceIsLocked: if somebody else has locked it since it was looked at
        """
        lock.unlock(context, instance)

    def reset_state(self, context, instance, vm_state):
        """Declare what a server is, after ending what is done to it."""
        reset_state.reset(context, instance, vm_state)

    def deliver_external_events(self, context, events):
        """Tell the hosts of servers what other services say; answer the code of each event."""
        return external_events.deliver(context, events)

    def console_output(self, context, instance, length=None):
        """Answer the end of a server's console log as text.

        :param length: lines; None for all of it
        """
        return consoles.output(context, instance, length)


class HostAPI:
    """What can be asked of hosts themselves."""

    def uptime(self, context, host, is_up):
        """Answer since when a host runs and its load, as the program ``uptime`` says it.

        :param is_up: what the record says of its compute service
        :raises HostUptimeUnavailable: if the host does not answer, or can't tell
        """
        return hosts.uptime(context, host, is_up)

    def uptime_if_known(self, context, host, is_up):
        """Answer the same, or None."""
        return hosts.uptime_if_known(context, host, is_up)
