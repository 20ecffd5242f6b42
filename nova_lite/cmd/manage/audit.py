# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage audit``: database = allocations = domains = disks = taps = addresses.

Exit codes: 0 nothing is wrong, or all of it was repaired, 1 something is left,
2 the audit could not be made.
"""

import contextlib

from nova_lite.audit import run as audit
from nova_lite.cmd.manage import confirmation, connections, printing

CLEAN = 0
LEFT = 1
ERROR = 2

COLUMNS = ('code', 'subject', 'host', 'problem', 'repair')
REPAIRED_COLUMNS = (*COLUMNS[:-1], 'done')


def register(subparsers):
    """Add the command's parser."""
    parser = subparsers.add_parser(
        'audit', help='look whether the records and what hosts hold agree; repair')
    parser.add_argument('--repair', action='store_true', help='repair what can be repaired')
    parser.add_argument('--host', help='only what concerns a host')
    parser.add_argument('--record-only', action='store_true',
                        help='do not ask the hosts; needs no broker')
    confirmation.add_arguments(parser)
    printing.add_format(parser)
    parser.set_defaults(run=run, failed=ERROR)


def run(args):
    """Look, and repair if told to; answer CLEAN or LEFT."""
    operator = connections.operator()
    needs_messages = not args.record_only or args.repair
    with connections.messages() if needs_messages else contextlib.nullcontext():
        report = audit.audit(operator, only_host=args.host, ask_hosts=not args.record_only)
        columns = COLUMNS
        if args.repair and _may_repair(args, report):
            report = audit.repair(report)
            columns = REPAIRED_COLUMNS
    printing.rows(args, columns, [_line(one) for one in report.findings])
    _conclude(args, report)
    return LEFT if any(one.done is None for one in report.findings) else CLEAN


def _may_repair(args, report):
    plan = [f'{one.code.name} {one.subject}: {one.remedy}.' for one in report.findings
            if one.remedy]
    return bool(plan) and confirmation.is_given(args, *plan)


def _line(one):
    return {'code': one.code.name, 'subject': one.subject, 'host': one.host,
            'problem': one.problem, 'repair': one.remedy or f'by hand: {one.advice}',
            'can_be_repaired': one.repair is not None, 'done': one.done}


def _conclude(args, report):
    if not report.findings:
        printing.say(args, 'Nothing is wrong.')
    else:
        left = [one for one in report.findings if one.done is None]
        printing.say(args, f'{len(report.findings)} finding(s), {len(left)} left.')
        if not args.repair and any(one.repair for one in left):
            printing.say(args, 'Next: "nova-lite-manage audit --repair" does what the last column '
                               'says.')
    if report.asked:
        printing.say(args, f'{len(report.asked)} host(s) were asked what they hold.')
    if report.not_asked:
        printing.say(args, f'Not asked, for they are down: {", ".join(report.not_asked)}.')
