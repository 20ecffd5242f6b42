# SPDX-License-Identifier: Apache-2.0
"""Flavors in notifications. Pure."""

from nova_lite.notifications import form

COPIED = ('flavorid', 'name', 'memory_mb', 'vcpus', 'root_gb', 'ephemeral_gb', 'swap',
          'rxtx_factor', 'disabled', 'is_public')


def payload(row, projects=None):
    """Answer FlavorPayload.

    :param row: of the flavor, or a server's copy of it, with ``extra_specs``
    :param projects: that may use a private flavor; None where nobody has looked
    """
    return form.versioned(
        'FlavorPayload', '1.4', **{name: row[name] for name in COPIED},
        description=row.get('description'), extra_specs=row.get('extra_specs') or {},
        projects=projects, vcpu_weight=0)


def event(action, row, projects):
    """Answer what is told when a flavor was created, changed or deleted."""
    return form.Event(f'flavor.{action}', f'flavor {row["flavorid"]}', form.publisher(form.API),
                      payload(row, projects))
