# SPDX-License-Identifier: Apache-2.0
"""What a host holds of servers, asked of the world and not of any record.

For the audit (nova_lite/audit/hosts.py), which compares it with the record.
"""


def read(host):
    """Answer it as plain values.

    ``guests`` are dicts with uuid, name, power_state and fence, ``disks`` the
    uuids of servers that have files here, ``taps`` the devices of NICs, and
    ``leases`` says which address is given to which MAC; None where this
    host's networks have none.
    """
    guests = [{'uuid': guest.uuid, 'name': guest.name, 'power_state': guest.power_state,
               'fence': guest.fence} for guest in host.driver.list_guests()]
    return {'guests': guests, 'disks': host.driver.list_disks(), **host.network.held()}
