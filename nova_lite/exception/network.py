# SPDX-License-Identifier: Apache-2.0
"""Errors about networks, addresses and what a host does for them."""

from nova_lite.exception import base


class NetworkNotFound(base.NotFound):
    """No such network, or it belongs to another project."""

    msg_fmt = 'Network %(network_id)s could not be found.'


class RequestedNetworkNotFound(NetworkNotFound):
    """A new server is to have a network that does not exist; the request is at fault."""

    code = 400


class PortNotFound(base.NotFound):
    """No such port."""

    msg_fmt = 'Port id %(port_id)s could not be found.'


class NetworkAmbiguous(base.Conflict):
    """The request names no network and there are several to choose from."""

    msg_fmt = ('Multiple possible networks found, use a Network ID to be more specific. '
               'There are %(labels)s.')


class UnableToAutoAllocateNetwork(base.Invalid):
    """The request leaves the network to us and the project has none."""

    msg_fmt = ('Unable to automatically allocate a network for project %(project_id)s: there is '
               'none that it may use.')


class NetworkRequestInvalid(base.Invalid):
    """The list of wanted networks contradicts itself."""

    msg_fmt = 'The requested networks are not valid: %(reason)s'


class FixedIpAlreadyInUse(base.Conflict):
    """Another server has the address."""

    msg_fmt = 'Fixed IP address %(address)s is already in use on instance %(instance_uuid)s.'
    code = 400


class FixedIpNotAvailable(base.Invalid):
    """The address is outside the network or kept for the network itself."""

    msg_fmt = ('Fixed IP address %(address)s can not be used on network %(network)s: %(reason)s')


class NoMoreFixedIps(base.Conflict):
    """All addresses of the network are taken."""

    msg_fmt = ('No fixed IP address is free on network %(network)s: %(used)d of its %(usable)d '
               'addresses are in use.')
    code = 400


class SecurityGroupUnknown(base.Invalid):
    """A server shall be in a security group that there is not."""

    msg_fmt = ('Security group %(name)s not found for project %(project_id)s. Every server is in '
               'the group "default", and there is no other.')


class MacAddressInUse(base.NovaLiteException):
    """A random MAC address was taken already, several times in a row."""

    msg_fmt = 'Could not find a free MAC address; last tried %(addresses)s.'


class NetworkDefinitionInvalid(base.Invalid):
    """A network can't be made as described."""

    msg_fmt = 'The network can not be created: %(reason)s'


class NetworkInUse(base.Conflict):
    """Servers have addresses of the network, so it can't be deleted."""

    msg_fmt = ('Network %(network)s is in use by %(servers)d server(s), for example %(example)s; '
               'delete them first.')


class NetworkHostFailed(base.NovaLiteException):
    """The host could not be set up for a guest's network."""

    msg_fmt = 'The network could not be set up on this host: %(reason)s'
