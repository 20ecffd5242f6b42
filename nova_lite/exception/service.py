# SPDX-License-Identifier: Apache-2.0
"""Errors about daemons, hosts and nodes."""

from nova_lite.exception import base


class ServiceNotFound(base.NotFound):
    """No service has that id."""

    msg_fmt = 'Service %(service_id)s could not be found.'


class ComputeHostNotFound(base.NotFound):
    """No compute service is registered under that name."""

    msg_fmt = 'Compute host %(host)s could not be found.'


class HostBinaryNotFound(ComputeHostNotFound):
    """The host has no service of that name."""

    msg_fmt = 'Could not find binary %(binary)s on host %(host)s.'


class ServiceInUse(base.Conflict):
    """The service's host has servers, so it can't be deleted."""

    msg_fmt = ('Unable to delete compute service that is hosting instances. Migrate or delete '
               'the instances of host %(host)s first.')


class ComputeServiceUnavailable(base.ServiceUnavailable):
    """The compute service of the server's host does not answer."""

    msg_fmt = 'Compute service of %(host)s is unavailable at this time.'
    code = 409


class DatabaseUnavailable(base.ServiceUnavailable):
    """The database can't be reached; what was asked for has not been done."""

    msg_fmt = 'The database is unavailable at this time.'


class IncarnationVoid(base.Conflict):
    """A newer start of the same service has replaced this one; it must stop."""

    msg_fmt = 'Incarnation %(incarnation)s was replaced by a newer start of the same service.'




class ProgramNotFound(base.NovaLiteException):
    """A program that is needed is not installed."""

    msg_fmt = 'There is no program %(program)s; it comes with "pip install nova_lite[%(program)s]".'


class NoServiceUp(base.ServiceUnavailable):
    """No daemon of a kind has reported within the time to live."""

    msg_fmt = 'No %(binary)s is up.'


class NoServerOfEvents(base.NotFound):
    """None of the events is of a server that is on a host."""

    msg_fmt = 'No instances found for any event'


class HostsTakeNoEvents(base.ServiceUnavailable):
    """A compute host is of a release that knows no events of other services."""

    msg_fmt = 'Events are taken when all compute services have been upgraded.'


class HypervisorNotFound(base.NotFound):
    """No hypervisor has that id."""

    msg_fmt = 'Hypervisor with ID %(hypervisor_id)s could not be found.'


class NoHypervisorMatches(base.NotFound):
    """No hypervisor's name contains what was asked for."""

    msg_fmt = "No hypervisor matching '%(pattern)s' could be found."


class HostUptimeUnavailable(base.Invalid):
    """The host can't be asked at the moment for how long it has been running."""

    msg_fmt = 'The uptime of host %(host)s can not be told: %(reason)s'


class HostActionNotImplemented(base.NovaLiteException):
    """No virt driver does that to its host."""

    msg_fmt = 'Virt driver does not implement %(action)s.'
    code = 501
    safe = True
