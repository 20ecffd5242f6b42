# SPDX-License-Identifier: Apache-2.0
"""The body of a create request as a BuildRequest. The schema has checked its form."""

import hashlib
import json
import secrets
import string

from oslo_utils import strutils, uuidutils

from nova_lite import exception
from nova_lite.api.openstack.microversions import Feature
from nova_lite.compute.requests import build_request
from nova_lite.objects import flavor as flavor_objects
from nova_lite.policies import enforcement
from nova_lite.policies import servers as policies

PASSWORD_LENGTH = 12
LETTERS = string.ascii_letters + string.digits
LONGEST_KEY = 64
LONGEST_NAME = 255


def build_request_of(request):
    """Answer what the user asked for.

    :raises PolicyNotAuthorized: if the caller may not use one of the options
    :raises Invalid: if options contradict each other, or name what is not there
    """
    body = request.body['server']
    _check_policies(request.context, body)
    least, most = _counts(body)
    zone, host, node = _placement(request, body)
    return build_request.BuildRequest(
        name=body['name'],
        image_ref=_image_ref(body),
        flavor=_flavor(request.context, body),
        min_count=least, max_count=most,
        key_name=body.get('key_name'),
        user_data=body.get('user_data'),
        injected_files=[[each['path'], each['contents']] for each in body.get('personality', ())],
        metadata=body.get('metadata', {}),
        config_drive=_flag(body, 'config_drive'),
        networks=_networks(request, body),
        scheduler_hints=_hints(request.body),
        availability_zone=zone, force_host=host, force_node=node,
        requested_host=body.get('host'), requested_hypervisor=body.get('hypervisor_hostname'),
        hostname=body.get('hostname'),
        description=_description(request, body),
        admin_password=body.get('adminPass') or _new_password(),
        access_ip_v4=body.get('accessIPv4'), access_ip_v6=body.get('accessIPv6'),
        disk_config=body.get('OS-DCF:diskConfig'),
        tags=sorted(set(body.get('tags', ()))),
        trusted_certs=body.get('trusted_image_certificates'),
        security_groups=[each['name'] for each in body.get('security_groups', ())],
        return_reservation_id=_flag(body, 'return_reservation_id'),
        idempotency_key=_idempotency_key(request), body_hash=_hash_of(request))


def _check_policies(context, body):
    for option, rule in (('trusted_image_certificates', policies.CREATE_TRUSTED_CERTS),
                         ('host', policies.CREATE_REQUESTED_DESTINATION),
                         ('hypervisor_hostname', policies.CREATE_REQUESTED_DESTINATION)):
        if body.get(option) is not None:
            enforcement.authorize(context, rule)
    if isinstance(body.get('networks'), list):
        enforcement.authorize(context, policies.CREATE_ATTACH_NETWORK)


def _flag(body, name):
    return strutils.bool_from_string(body.get(name, False))


def _counts(body):
    least = int(body.get('min_count', 1))
    most = int(body.get('max_count', least))
    if min(least, most) < 1:
        raise exception.InvalidInput(reason='min_count and max_count must be at least 1')
    if least > most:
        raise exception.Invalid('min_count must be <= max_count')
    if most > 1:
        _check_several(body, most)
    return least, most


def _check_several(body, number):
    """Make sure that the servers of one request can be told apart by their numbers."""
    if 'hostname' in body:
        raise exception.MultipleServersWithHostname
    if len(f'{body["name"]}-{number}') > LONGEST_NAME:
        raise exception.NameTooLongForMultipleServers(number=number, most=LONGEST_NAME)


def _image_ref(body):
    """Answer the image's id."""
    image_ref = body.get('imageRef')
    for disk in body.get('block_device_mapping_v2', ()):
        if disk['uuid'] != (image_ref or disk['uuid']):
            raise exception.InvalidInput(
                reason='block_device_mapping_v2 names another image than imageRef')
        image_ref = disk['uuid']
    if image_ref is None:
        raise exception.Invalid('Missing imageRef attribute')
    if not uuidutils.is_uuid_like(image_ref):
        raise exception.Invalid('Invalid imageRef provided.')
    return image_ref


def _flavor(context, body):
    """Answer the flavor.

    :raises FlavorNotFound: if there is none, or it is no longer to be used
    :raises VolumeRequiredForFlavor: if its root disk is as large as any image
    """
    flavor_id = str(body['flavorRef']).rpartition('/')[2]
    flavor = flavor_objects.Flavor.get_by_flavorid(context, flavor_id)
    if flavor.disabled:
        raise exception.FlavorNotFound(flavor_id=flavor_id)
    if flavor.root_gb == 0 and not enforcement.allows(
            context, policies.CREATE_ZERO_DISK_FLAVOR):
        raise exception.VolumeRequiredForFlavor
    return flavor


def _placement(request, body):
    """Answer (zone, host, node) of ``zone:host:node``.

    :raises Invalid: if both ways of naming a host are used
    """
    zone, *forced = body.get('availability_zone', '').split(':')
    if not any(forced):
        return zone or None, None, None
    if len(forced) > 2:
        raise exception.Invalid('Unable to parse availability_zone')
    enforcement.authorize(request.context, policies.CREATE_FORCED_HOST)
    if 'host' in body or 'hypervisor_hostname' in body:
        raise exception.InvalidInput(
            reason='a host is named both by availability_zone and by host or '
                   'hypervisor_hostname')
    host, node = [*forced, ''][:2]
    return zone or None, host or None, node or None


def _networks(request, body):
    """Answer which networks are wanted; naming none means what there is.

    :raises PortNotFound: if one is to be a port: there are none before their servers
    :raises InvalidInput: if one is not named
    """
    wanted = body.get('networks')
    if not wanted:
        return build_request.NETWORKS_IF_ANY
    if isinstance(wanted, str):
        return wanted
    for each in wanted:
        if each.get('port') is not None:
            raise exception.PortNotFound(port_id=each['port'])
    if not all('uuid' in each for each in wanted):
        raise exception.InvalidInput(reason='each of the networks needs a uuid')
    return [build_request.RequestedNetwork(
        uuid=each['uuid'], fixed_ip=each.get('fixed_ip'), tag=each.get('tag')) for each in wanted]


def _hints(body):
    return body.get('os:scheduler_hints', body.get('OS-SCH-HNT:scheduler_hints', {}))


def _description(request, body):
    """Answer the description; before there was one, the name took its place."""
    if request.offers(Feature.SERVER_DESCRIPTION):
        return body.get('description')
    return body['name']


def _new_password():
    return ''.join(secrets.choice(LETTERS) for _ in range(PASSWORD_LENGTH))


def _idempotency_key(request):
    key = request.http.headers.get('Idempotency-Key')
    if key is None:
        return None
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise exception.InvalidInput(
            reason=f'Idempotency-Key must have 1 to {LONGEST_KEY} printable characters')
    return key


def _hash_of(request):
    """Answer a digest of what was asked for, whatever the order and the white space."""
    plain = json.dumps([str(request.version), request.body], sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()
