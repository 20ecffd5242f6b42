# SPDX-License-Identifier: Apache-2.0
"""Requests to Glance: by whose rights, how often tried, and what an error means.

A user's request is asked with the user's token, which only the process that answers it
has. What goes on after the answer is asked by the user of [glance]; that the image may be
used was decided before.
"""

import threading

import openstack.connection
from keystoneauth1 import exceptions as keystone_errors
from openstack import exceptions as sdk_errors
from oslo_config import cfg
from oslo_log import log

from nova_lite import exception, keystone_sessions

CONF = cfg.CONF
LOG = log.getLogger(__name__)

GROUP = 'glance'
VERSION = '/v2'
UNREACHABLE = (keystone_errors.ClientException, sdk_errors.SDKException)
TRIED_AGAIN = (503,)
LONGEST_REASON = 300
FIRST_PAUSE = 0.5
SILENCE_OF_DATA = 300
"""Seconds without a byte of an image after which a connection is dead, unless [glance] timeout
says it: its store may have to fetch it from afar. What is known of images comes at once."""


class Client:
    """One connection of the process, for all callers."""

    def __init__(self):
        keystone_sessions.register(GROUP)
        CONF.set_default('service_type', 'image', group=GROUP)
        CONF.set_default('valid_interfaces', ['internal', 'public'], group=GROUP)
        self._lock = threading.Lock()
        self._found = None

    def request(self, context, method, path, image_id, **arguments):
        """Send a request and answer the response, which is none of an error.

        :param path: below the version, or a link that Glance has given
        :param image_id: what it is about, for errors
        :raises ImageNotFound, ImageNotAuthorized, ImageUnacceptable, ImageConflict,
            ImageServiceUnavailable: by what is wrong
        """
        auth = _auth_of(context, image_id)
        # A stream can be sent once.
        tries = 0 if 'data' in arguments else self.tries - 1
        try:
            image, address, _public = self._image_service()
            response = image.request(
                address + path.removeprefix(VERSION), method, auth=auth, raise_exc=False,
                connect_retries=tries, status_code_retries=tries,
                retriable_status_codes=TRIED_AGAIN,
                timeout=_timeout_of(arguments),
                global_request_id=context.global_request_id, **arguments)
        except UNREACHABLE as error:
            raise unavailable(error) from error
        if response.status_code >= 400:
            raise _error_of(response, image_id, is_user=auth is not None)
        return response

    def told(self, context, method, path, image_id, **arguments):
        """Send a request and answer what is said of an image, or of a page of them.

        :raises ImageServiceUnavailable: also if the answer says nothing of the kind
        """
        response = self.request(context, method, path, image_id, **arguments)
        try:
            found = response.json()
        except ValueError:
            found = None
        if not isinstance(found, dict) or not {'id', 'images'} & found.keys():
            LOG.error('What answers %s %s is not Glance: %s',
                      method, response.url, response.text[:LONGEST_REASON])
            raise exception.ImageServiceUnavailable(reason='something else answers')
        return found

    @property
    def tries(self):
        """How often something is asked until it is given up."""
        return CONF.glance.num_retries + 1

    def public_address(self):
        """Answer where users reach the service, without a version.

        :raises ImageServiceUnavailable: if nobody has asked yet, and it can't be found
        """
        try:
            return self._image_service()[2]
        except UNREACHABLE as error:
            raise unavailable(error) from error

    def _image_service(self):
        """Answer the service, its address and that for users; the first who asks finds them."""
        with self._lock:
            if self._found is None:
                catalog = keystone_sessions.adapter_for(GROUP)
                endpoint = catalog.get_endpoint()
                if not endpoint:
                    raise exception.ImageServiceUnavailable(
                        reason='the catalog of Keystone has no endpoint of it that [glance] allows')
                # Glance tells everybody which versions it has there, and below only who is known.
                address = _without_version(endpoint)
                public = _without_version(catalog.get_endpoint(interface='public') or endpoint)
                cloud = openstack.connection.Connection(
                    session=keystone_sessions.session_for(GROUP), image_endpoint_override=address)
                self._found = cloud.image, address + VERSION, public
            return self._found


def _timeout_of(arguments):
    is_data = 'data' in arguments or 'stream' in arguments
    longest = CONF.glance.timeout or SILENCE_OF_DATA
    return longest if is_data else keystone_sessions.timeout_of(GROUP)


def _without_version(endpoint):
    return endpoint.rstrip('/').removesuffix(VERSION)


def _auth_of(context, image_id):
    """Answer the caller's rights, or None for the service's own.

    :raises ImageNotAuthorized: if it is neither: nobody else's request is done by ours
    """
    if context.user_auth_plugin is not None:
        return keystone_sessions.auth_of_user(context)
    if not context.is_admin:
        raise exception.ImageNotAuthorized(image_id=image_id)
    return None


def pauses(tries):
    """Answer the seconds to wait after each of so many failures, longer each time."""
    return [FIRST_PAUSE * 2 ** number for number in range(tries)]


def unavailable(error):
    """Answer the error of a service that does not answer; the log has the addresses."""
    LOG.warning('Glance can not be asked: %s', error)
    return exception.ImageServiceUnavailable(reason=type(error).__name__)


def _error_of(response, image_id, *, is_user):
    status, reason = response.status_code, _reason_of(response)
    LOG.info('Glance answers %s about image %s: %s', status, image_id, reason)
    if status in (404, 410):
        return exception.ImageNotFound(image_id=image_id)
    if status in (401, 403):
        if is_user:
            return exception.ImageNotAuthorized(image_id=image_id)
        return exception.ImageServiceRefuses(image_id=image_id, status=status)
    if status == 409:
        return exception.ImageConflict(image_id=image_id, reason=reason)
    if status == 413:
        return exception.ImageQuotaExceeded(reason=reason)
    if status < 500:
        return exception.ImageUnacceptable(image_id=image_id, reason=reason)
    return exception.ImageServiceUnavailable(reason=f'it answers {status}')


def _reason_of(response):
    try:
        sdk_errors.raise_from_response(response)
    except sdk_errors.HttpException as error:
        return str(error.details or response.reason)[:LONGEST_REASON]
    return response.reason
