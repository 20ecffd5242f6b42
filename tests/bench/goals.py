# SPDX-License-Identifier: Apache-2.0
"""What the figures should be, on a machine with two CPUs, and the table that shows both."""

import prettytable

AT_MOST = 'at most'
AT_LEAST = 'at least'
GOALS = {
    'fake_boot_p50_s': (AT_MOST, 0.1),
    'libvirt_boot_p50_s': (AT_MOST, 1.2),
    'fake_load_servers_per_s': (AT_LEAST, 20),
    'fake_load_deletes_per_s': (AT_LEAST, 40),
    'fake_get_list_0_8_per_s': (AT_LEAST, 1200),
    'fake_get_one_server_8_per_s': (AT_LEAST, 800),
    'fake_get_detail_1000_1_p50_ms': (AT_MOST, 150),
    'fake_get_flavors_detail_8_per_s': (AT_LEAST, 1500),
    'fake_flavors_detail_keystone_ratio': (AT_LEAST, 0.75),
    'fake_list_1_keystone_ratio': (AT_LEAST, 0.75),
    'fake_one_server_keystone_ratio': (AT_LEAST, 0.75),
    'select_p50_ms_100_hosts': (AT_MOST, 5),
    'select_p50_ms_1000_hosts': (AT_MOST, 15),
    'select_p50_ms_5000_hosts': (AT_MOST, 50),
    'memory_pss_mb': (AT_MOST, 350),
    'statements_per_boot': (AT_MOST, 40),
    'messages_per_boot': (AT_MOST, 8),
    'statements_per_get': (AT_MOST, 4),
}


def is_met(name, figure):
    """Whether a figure is as it should be; None where there is no goal."""
    if name not in GOALS:
        return None
    way, limit = GOALS[name]
    return figure <= limit if way == AT_MOST else figure >= limit


def table(found):
    """Answer the figures with their goals, to print."""
    shown = prettytable.PrettyTable(('figure', 'measured', 'goal', ''), align='l')
    for row in rows(found):
        shown.add_row(row)
    return shown.get_string()


def rows(found):
    """Answer (name, figure, goal, verdict) of each figure, as text."""
    for name, figure in found.items():
        goal = f'{GOALS[name][0]} {GOALS[name][1]}' if name in GOALS else ''
        verdict = {None: '', True: 'met', False: 'MISSED'}[is_met(name, figure)]
        yield name, figure, goal, verdict
