# SPDX-License-Identifier: Apache-2.0
"""What the figures should be, on a machine with two CPUs, and the table that shows both."""

import prettytable

AT_MOST = 'at most'
AT_LEAST = 'at least'
GOALS = {
    'fake_boot_p50_s': (AT_MOST, 0.2),
    'libvirt_boot_p50_s': (AT_MOST, 1.2),
    'fake_load_servers_per_s': (AT_LEAST, 10),
    'memory_pss_mb': (AT_MOST, 400),
    'statements_per_boot': (AT_MOST, 60),
    'messages_per_boot': (AT_MOST, 10),
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
    for name, figure in found.items():
        goal = f'{GOALS[name][0]} {GOALS[name][1]}' if name in GOALS else ''
        verdict = {None: '', True: 'met', False: 'MISSED'}[is_met(name, figure)]
        shown.add_row((name, figure, goal, verdict))
    return shown.get_string()
