# SPDX-License-Identifier: Apache-2.0
"""What a compute host may ask of a conductor: one table.

A host runs strangers' guests and is trusted with what is its own: itself, the
phases of operations that are its, the servers on it or on their way to or from
it. Who asks has been proved by the message's envelope; whose a record is, is
read from the database, never from the message. Controllers may ask everything.
"""

import inspect

from oslo_log import log
from oslo_versionedobjects import base as ovo_base
from oslo_versionedobjects import exception as ovo_exception

from nova_lite import exception
from nova_lite.objects import base as objects_base
from nova_lite.states import task_log

LOG = log.getLogger(__name__)

COMPUTE = 'nova-lite-compute'
COMPUTE_TOPIC = 'compute'

NODE_FACTS = frozenset({
    'cpu_arch', 'cpu_info', 'disk_available_least', 'host_ip', 'hypervisor_hostname',
    'hypervisor_type', 'hypervisor_version', 'inventories', 'local_gb', 'memory_mb',
    'provider_traits', 'supported_instances', 'traits', 'uptime', 'vcpus'})
"""What a host says of its nodes; whose they are and how they fared is not its to say."""

HANDED_OVER = frozenset({'problem', 'failed_on'})
"""What a host adds to the arguments of an operation; what was asked for stays as it is."""


def itself(context, arguments):
    """It names itself."""
    return arguments['host'] == context.sender.host


def its_own_nodes(context, arguments):
    """It names itself, and says of its nodes only what is a host's to say."""
    return itself(context, arguments) and all(
        set(node) <= NODE_FACTS for node in arguments['reports'])


def its_own_service(context, arguments):
    """It names itself, and its only compute service."""
    return itself(context, arguments) and (
        arguments['binary'], arguments['topic'], arguments['worker']) == (
            COMPUTE, COMPUTE_TOPIC, 0)


def its_own_incarnation(context, arguments):
    """The start of a service was this host's."""
    return objects_base.store('ownership').is_hosts_incarnation(
        context, arguments['incarnation'], context.sender.host)


def its_own_operation(_context, _arguments):
    """The record sees to it: every statement on a phase names the host that asks.

    stores/operations.py answers LeaseLost for a phase of somebody else, and the
    host stops its work on it.
    """
    return True


def its_own_operation_for_a_controller(context, arguments):
    """The same, and a controller's phase is to be next.

    A host chooses no hosts, gives out no addresses, does not change what the user
    asked for, and blames nobody but itself.
    """
    following = arguments['hand_over']
    failed_on = following.changes.get('failed_on') or [context.sender.host]
    return (following.host is None and not following.allocate_networks
            and set(following.changes) <= HANDED_OVER and failed_on[0] == context.sender.host)


def a_server_on_it(context, arguments):
    """The server is on the host, or an unfinished operation on it is the host's.

    :raises InstanceNotFound: if there is no such server
    """
    is_its = objects_base.store('ownership').is_hosts_server(
        context, arguments['uuid'], context.sender.host)
    if is_its is None:
        raise exception.InstanceNotFound(instance_id=arguments['uuid'])
    return is_its


def its_own_audit(context, arguments):
    """It names itself, and the only task that hosts log."""
    return itself(context, arguments) and arguments['task_name'] == task_log.USAGE_AUDIT


def anything(_context, _arguments):
    """It is no secret and changes nothing."""
    return True


HOSTS_MAY_ASK = {
    ('ActiveInstanceList', 'get_by_host'): itself,
    ('ComputeNode', 'report'): its_own_nodes,
    ('Instance', 'get_by_uuid'): a_server_on_it,
    ('Instance', 'report_power_state'): a_server_on_it,
    ('InstanceList', 'get_by_host'): itself,
    ('Operation', 'finish'): its_own_operation,
    ('Operation', 'give_back'): its_own_operation,
    ('Operation', 'hand_over'): its_own_operation_for_a_controller,
    ('Operation', 'progress'): its_own_operation,
    ('OperationList', 'unfinished_for_host'): itself,
    ('Service', 'end'): its_own_incarnation,
    ('Service', 'heartbeat'): its_own_incarnation,
    ('Service', 'minimum_version'): anything,
    ('Service', 'register'): its_own_service,
    ('TaskLog', 'begin'): its_own_audit,
    ('TaskLog', 'end'): its_own_audit,
    ('Work', 'take'): itself,
}

CONTROLLERS_ONLY = frozenset({
    ('Flavor', 'get_by_flavorid'),
    ('KeyPair', 'get_by_name'),
})
"""Remotables that no host needs; a new one is in one of the two lists, a test sees to that."""


def _is_trusted(context):
    """Whether this is a controller, or was never a message."""
    return context.sender is None or not context.sender.is_host


def only_controllers(context, what):
    """Refuse a host.

    :raises NotAllowed: if a host asks
    """
    if not _is_trusted(context):
        _refuse(context, what)


def check_class_method(context, objname, objmethod, args, kwargs):
    """Refuse what a host may not ask; lets what it may run with the conductor's own rights.

    :raises NotAllowed: if it is in no entry of the table, or not the host's
    """
    if _is_trusted(context):
        return
    what = f'{objname}.{objmethod}'
    rule = HOSTS_MAY_ASK.get((objname, objmethod))
    if rule is None:
        _refuse(context, what)
    arguments = _named(context, objname, objmethod, args, kwargs)
    if not rule(context, arguments):
        shown = {name: value for name, value in arguments.items() if isinstance(value, str | int)}
        _refuse(context, f'{what} of {shown}')
    # The stores show a caller what is its project's; this caller was just found entitled.
    context.is_admin = True


def check_method(context, objinst, objmethod):
    """Refuse a host; answer the object to run the method of.

    No method of an instance is open to hosts: it would act on what the message
    says of the record.

    :raises NotAllowed: if a host asks
    """
    only_controllers(context, f'{objinst.obj_name()}.{objmethod}')
    return objinst


def _named(context, objname, objmethod, args, kwargs):
    """Answer the arguments by name.

    :raises Invalid: if they do not fit the method
    """
    try:
        cls = ovo_base.VersionedObject.obj_class_from_name(
            objname, objects_base.registered[objname].VERSION)
        signature = inspect.signature(getattr(cls, objmethod).original_fn)
        return signature.bind(cls, context, *args, **kwargs).arguments
    except (TypeError, KeyError, ovo_exception.VersionedObjectsException) as error:
        raise exception.Invalid(f'{objname}.{objmethod}: {error}') from error


def _refuse(context, what):
    LOG.warning('Host %s asked for %s, which is not its own', context.sender.host, what)
    raise exception.NotAllowed(host=context.sender.host, what=what)
