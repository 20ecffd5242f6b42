# SPDX-License-Identifier: Apache-2.0
"""Options of notifications; where and whether they are sent, oslo.messaging's own options say."""

from oslo_config import cfg

GROUP = cfg.OptGroup('notifications', title='What other systems are told')

OPTS = [
    cfg.StrOpt(
        'notification_format', default='versioned',
        choices=[('versioned', 'payloads are objects with a name and a version')],
        help='Form of the payloads. The older, unversioned form is not offered.'),
    cfg.ListOpt(
        'versioned_notifications_topics', mutable=True, default=['versioned_notifications'],
        help='Topics that each notification is sent to; its priority is added to the name, as in '
             'versioned_notifications.info.'),
    cfg.StrOpt(
        'notify_on_state_change', mutable=True,
        choices=[('vm_state', 'instance.update when vm_state changes'),
                 ('vm_and_task_state', 'instance.update when vm_state or task_state changes')],
        help='Whether changes of state are told of by themselves. A new name or new tags always '
             'are.'),
    cfg.FloatOpt(
        'send_interval', mutable=True, default=1.0, min=0.1,
        help='Seconds between two looks of a conductor for notifications that wait to be sent.'),
]


def register_opts(conf):
    """Register the group."""
    conf.register_group(GROUP)
    conf.register_opts(OPTS, group=GROUP)


def list_opts():
    """Answer the options for the sample file."""
    return {GROUP: OPTS}
