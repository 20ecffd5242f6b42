# SPDX-License-Identifier: Apache-2.0
"""Versions of the interfaces, and which of them may be spoken now.

During an upgrade daemons of two releases run side by side. [upgrade_levels]
pins what is sent to what the older ones know; "auto" reads it off the records
of the running services. What was read is believed for a while only, and no
longer when the options are read again or somebody does not understand a
message: an older service has been started.
"""

import threading
import time

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, objects

CONF = cfg.CONF
LOG = log.getLogger(__name__)

HISTORY = (
    {'compute': '1.0', 'conductor': '1.0', 'scheduler': '1.0'},
    {'compute': '1.2', 'conductor': '1.1', 'scheduler': '1.1'},
)
"""What each release's services speak; a change of an interface appends an entry."""

SERVICE_VERSION = len(HISTORY)
"""What this release writes in its services' records."""

OLDEST_SUPPORTED = max(1, SERVICE_VERSION - 1)
"""Services of this version can work beside those of this release, older ones can not."""

BINARY_OF = {'compute': 'nova-lite-compute', 'conductor': 'nova-lite-conductor',
             'scheduler': 'nova-lite-scheduler'}

ASK_AGAIN_AFTER = 15.0
"""Seconds for which the records' answer is believed."""


def parsed(version):
    """Answer (major, minor)."""
    major, minor = version.split('.')
    return int(major), int(minor)


def is_compatible(served, wanted):
    """Whether a server of one version understands a message of another."""
    served, wanted = parsed(served), parsed(wanted)
    return served[0] == wanted[0] and wanted[1] <= served[1]


def newest(topic, version):
    """Answer the newest version that may be sent to a topic.

    :param version: what this release's client knows
    :raises VersionCapped: if the pin is another major version
    """
    pin = CONF.upgrade_levels[topic]
    if pin == 'auto':
        pin = _recorded(topic)
    if pin is None or is_compatible(pin, version):
        return version
    if not is_compatible(version, pin):
        raise exception.VersionCapped(topic=topic, cap=pin, version=version)
    return pin


_answers = {}
_asking = threading.local()


def _recorded(topic):
    if getattr(_asking, 'now', False):
        # A host asks a conductor for the records: that message must be understood by any.
        return HISTORY[OLDEST_SUPPORTED - 1][topic]
    asked_at, answer = _answers.get(topic, (None, None))
    if asked_at is None or time.monotonic() - asked_at > ASK_AGAIN_AFTER:
        answer = _ask(topic, answer)
        _answers[topic] = (time.monotonic(), answer)
    return answer


def _ask(topic, former):
    """Answer what the oldest running service of a topic speaks.

    :param former: what the records said last; holds while nobody can be asked
    """
    _asking.now = True
    try:
        oldest = objects.Service.minimum_version(
            nova_context.get_admin_context(), BINARY_OF[topic])
    except exception.ServiceUnavailable:
        if former is None:
            raise
        return former
    finally:
        _asking.now = False
    # Without a record everybody that starts from now on is of this release or newer.
    index = oldest if 0 < oldest <= SERVICE_VERSION else SERVICE_VERSION
    answer = HISTORY[index - 1][topic]
    if answer != former:
        LOG.info('Speaking version %s to %s: the oldest service is of version %s', answer, topic,
                 oldest)
    return answer


def forget():
    """Ask the records again next time."""
    _answers.clear()


def _options_were_read_again(_conf, _changed):
    forget()


CONF.register_mutate_hook(_options_were_read_again)
