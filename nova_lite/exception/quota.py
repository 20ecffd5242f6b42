# SPDX-License-Identifier: Apache-2.0
"""Errors about quotas: what is too much, and limits that can not be set."""

from nova_lite.exception import base


class QuotaExceeded(base.Forbidden):
    """There would be more than a limit allows; all errors of that kind."""

    msg_fmt = 'Quota exceeded.'


class TooManyServers(QuotaExceeded):
    """The servers would go over limits of the project or the user."""

    msg_fmt = ('Quota exceeded for %(resources)s: Requested %(wanted)s, but already used '
               '%(used)s of %(limits)s %(resources)s')


class KeypairLimitExceeded(QuotaExceeded):
    """The user has as many key pairs as the quota allows."""

    msg_fmt = 'Quota exceeded, too many key pairs.'


class ServerGroupLimitExceeded(QuotaExceeded):
    """The project or the user has as many server groups as the quota allows."""

    msg_fmt = 'Quota exceeded, too many server groups.'


class GroupMembersLimitExceeded(QuotaExceeded):
    """The group would have more servers than the quota allows."""

    msg_fmt = 'Quota exceeded, too many servers in group'


class MetadataLimitExceeded(QuotaExceeded):
    """A server would have more metadata than the quota allows."""

    msg_fmt = 'Maximum number of metadata items exceeds %(allowed)d'


class ImageMetadataLimitExceeded(QuotaExceeded):
    """An image would have more metadata than the quota allows."""

    msg_fmt = 'Image metadata limit exceeded'


class InjectedFilesLimitExceeded(QuotaExceeded):
    """A create request has more files than the quota allows."""

    msg_fmt = 'Personality file limit exceeded: at most %(allowed)d'


class InjectedFilePathTooLong(QuotaExceeded):
    """The path of a file is longer than the quota allows."""

    msg_fmt = 'Personality file path exceeds maximum %(allowed)d'


class InjectedFileTooLarge(QuotaExceeded):
    """A file is larger than the quota allows."""

    msg_fmt = 'Personality file content exceeds maximum %(allowed)d'


class QuotaLimitTooLow(base.Invalid):
    """A limit is less than what is used, or than what users of the project were promised."""

    msg_fmt = ('Quota limit %(limit)d for %(resource)s must be greater than or equal to already '
               'used and reserved %(lowest)d.')


class QuotaLimitTooHigh(base.Invalid):
    """A user's limit is more than what is left of the project's."""

    msg_fmt = ('Quota limit %(limit)d for %(resource)s must be less than or equal to '
               '%(highest)d.')


class InvalidProject(base.Invalid):
    """There can be no such project."""

    msg_fmt = 'Project ID %(project_id)s is not a valid project.'


class InvalidQuotaClass(base.Invalid):
    """There can be no such quota class."""

    msg_fmt = 'Quota class %(class_name)s is not a valid quota class.'


class LimitsUnavailable(base.ServiceUnavailable):
    """Keystone keeps the limits and does not tell them."""

    msg_fmt = 'The limits of this project can not be read from Keystone (%(reason)s).'
