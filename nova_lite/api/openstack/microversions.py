# SPDX-License-Identifier: Apache-2.0
"""Microversions: which one a request asks for, and what each of them brought.

Code asks for a feature by name and never compares numbers; the number of a
feature is the microversion that brought (or took away) what it names.
"""

import bisect
import enum
import functools
import typing

import microversion_parse

from nova_lite import exception

SERVICE_TYPE = 'compute'
LEGACY_HEADER = 'X-OpenStack-Nova-API-Version'
HEADER = 'OpenStack-API-Version'
VARY = f'{HEADER}, {LEGACY_HEADER}'


class Feature(enum.IntEnum):
    """What a microversion changed, by the number after ``2.``."""

    ORIGIN = 1
    KEYPAIR_TYPE = 2
    EXTENDED_SERVER_ATTRIBUTES = 3
    IP6_FILTER_FOR_ALL = 5
    NO_ACCESS_TO_PUBLIC_FLAVORS = 7
    SERVER_LOCKED = 9
    KEYPAIR_OF_USER = 10
    FORCED_DOWN = 11
    GROUP_OWNER = 13
    SOFT_GROUP_POLICIES = 15
    SERVER_HOST_STATUS = 16
    SERVER_DESCRIPTION = 19
    ACTIONS_OF_DELETED = 21
    MIGRATION_TYPE = 23
    SERVER_TAGS = 26
    MICROVERSION_HEADER = 27
    CPU_INFO_OBJECT = 28
    TOKENS_OF_ALL_CONSOLES = 31
    DEVICE_TAGS = 32
    HYPERVISOR_PAGING = 33
    KEYPAIR_PAGING = 35
    NO_PROXIES = 36
    NETWORKS_REQUIRED = 37
    STATUS_FILTER_STRICT = 38
    NO_IMAGE_METADATA = 39
    USAGE_PAGING = 40
    AGGREGATE_UUID = 41
    DEVICE_TAGS_AGAIN = 42
    NO_HOSTS = 43
    EMBEDDED_FLAVOR = 47
    QUOTA_CLASS_GROUPS = 50
    ACTION_EVENTS_FOR_OWNER = 51
    VOLUME_EXTENDED_EVENT = 51
    TAGS_AT_CREATE = 52
    SERVICE_UUID = 53
    HYPERVISOR_UUID = 53
    FLAVOR_DESCRIPTION = 55
    NO_PERSONALITY = 57
    ACTION_PAGING = 58
    MIGRATION_PAGING = 59
    FLAVOR_EXTRA_SPECS = 61
    ACTION_EVENT_HOST = 62
    TRUSTED_CERTS = 63
    GROUP_RULES = 64
    CHANGES_BEFORE = 66
    VOLUME_TYPE = 67
    DOWN_CELLS = 69
    SERVER_GROUPS = 71
    LOCKED_REASON = 73
    REQUESTED_HOST = 74
    STRICT_QUERIES = 75
    POWER_UPDATE_EVENT = 76
    SERVER_TOPOLOGY = 78
    MIGRATION_OWNER = 80
    IMAGE_CACHING = 81
    ACCELERATOR_EVENT = 82
    FILTERS_FOR_ALL = 83
    ACTION_EVENT_DETAILS = 84
    EXTRA_SPEC_VALIDATION = 86
    HYPERVISOR_UPTIME = 88
    REQUESTED_HOSTNAME = 90
    NO_KEY_GENERATION = 92
    VOLUME_REIMAGED_EVENT = 93
    FQDN_HOSTNAME = 94
    PINNED_ZONE = 96
    IMAGE_PROPERTIES = 98
    CONSOLE_TLS_PORT = 99
    SCHEDULER_HINTS = 100
    FLAVOR_NAME_FILTER = 102
    NO_FLAVOR_FACTOR = 102
    UNPINNED_ZONE = 104
    NEWEST = 104


@functools.total_ordering
class Microversion:
    """A version 2.N that this release knows."""

    __slots__ = ('minor',)

    def __init__(self, minor):
        self.minor = minor

    def __str__(self):
        return f'2.{self.minor}'

    def __repr__(self):
        return f'Microversion({self.minor})'

    def __eq__(self, other):
        return self.minor == other.minor

    def __lt__(self, other):
        return self.minor < other.minor

    def __hash__(self):
        return hash(self.minor)

    def offers(self, feature):
        """Answer whether a request of this version knows the feature."""
        return self.minor >= feature


MINIMUM = Microversion(Feature.ORIGIN.value)
MAXIMUM = Microversion(Feature.NEWEST.value)


def negotiate(headers):
    """Answer the version that a request asks for; the oldest if it asks for none.

    :param headers: name -> value, names of any case
    :raises MalformedMicroversion: if it is not of the form 2.N
    :raises MicroversionNotSupported: if this release does not know it
    """
    try:
        asked = microversion_parse.get_version(
            headers, service_type=SERVICE_TYPE, legacy_headers=[LEGACY_HEADER.lower()])
    except ValueError:
        # More than one version of ours in one header.
        raise exception.MalformedMicroversion(version=headers.get(HEADER)) from None
    if asked is None:
        return MINIMUM
    return parse(asked)


@functools.lru_cache(maxsize=256)
def parse(text):
    """Answer the version of a text such as ``2.37`` or ``latest``."""
    if text == 'latest':
        return MAXIMUM
    major, _, minor = text.partition('.')
    if not (_is_number(major) and _is_number(minor) and major != '0'):
        raise exception.MalformedMicroversion(version=text)
    if (int(major), int(minor)) not in _KNOWN:
        raise exception.MicroversionNotSupported(
            requested=text, minimum=MINIMUM, maximum=MAXIMUM)
    return Microversion(int(minor))


_KNOWN = frozenset((2, minor) for minor in range(MINIMUM.minor, MAXIMUM.minor + 1))
LONGEST_NUMBER = 9


def _is_number(text):
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return plain and (text == '0' or not text.startswith('0'))


def announce(headers, version):
    """Say in an answer's headers which version it has."""
    headers[HEADER] = f'{SERVICE_TYPE} {version}'
    headers[LEGACY_HEADER] = str(version)
    headers['Vary'] = VARY


T = typing.TypeVar('T')


class Series(typing.Generic[T]):
    """A value by microversion: each holds from its feature to the next one's.

    ``Series(OLD, (Feature.X, NEW), (Feature.Y, NEWER))``
    """

    def __init__(self, first: T, *later: tuple[int, T]):
        self._since = [Feature.ORIGIN.value, *(int(feature) for feature, _value in later)]
        self._values = [first, *(value for _feature, value in later)]
        if self._since != sorted(self._since):
            raise ValueError('the features of a series must ascend')

    def at(self, version: Microversion) -> T:
        """Answer the value that a version has."""
        return self._values[bisect.bisect_right(self._since, version.minor) - 1]

    def steps(self):
        """Answer (first microversion, value) of each step."""
        return list(zip(map(Microversion, self._since), self._values, strict=True))
