# SPDX-License-Identifier: Apache-2.0
"""What is measured: THE table, in the order of the documentation (doc/source/admin/metrics.rst)."""

import dataclasses

COUNTER = 'counter'
GAUGE = 'gauge'
HISTOGRAM = 'histogram'

SUM = 'livesum'
OLDEST = 'livemin'
NEWEST = 'livemostrecent'

QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Limits in seconds, for what a database or a choice takes."""

MIDDLING = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""For what somebody waits for."""

LONG = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""For what is done to guests."""


@dataclasses.dataclass(frozen=True, eq=False)
class Metric:
    """One of them.

    :ivar labels: names, in the order in which values are given
    :ivar limits: of a histogram's buckets
    :ivar workers: what is told of a gauge that each process of a daemon has
    """

    kind: str
    name: str
    help: str
    labels: tuple = ()
    limits: tuple = ()
    workers: str = SUM


def _seconds(name, text, *labels, limits):
    return Metric(HISTOGRAM, f'nova_lite_{name}_seconds', text, labels, limits)


def _total(name, text, *labels):
    return Metric(COUNTER, f'nova_lite_{name}_total', text, labels)


def _now(name, text, workers):
    return Metric(GAUGE, f'nova_lite_{name}', text, workers=workers)


API_REQUESTS = _total(
    'api_requests', 'Requests that were answered.',
    'service', 'method', 'route', 'action', 'status')
API_SECONDS = _seconds(
    'api_request', 'Time to answer a request.', 'service', 'method', 'route', 'action',
    limits=MIDDLING)

RPC_CALLS = _seconds(
    'rpc_call', 'Time until a question to another daemon was answered.',
    'topic', 'method', 'outcome', limits=MIDDLING)
RPC_CASTS = _seconds(
    'rpc_cast', 'Time until the broker had a message that nobody answers.',
    'topic', 'method', 'outcome', limits=MIDDLING)
RPC_SERVED = _seconds(
    'rpc_served', 'Time to carry out a message.', 'topic', 'method', 'outcome', limits=MIDDLING)
RPC_REFUSED = _total('rpc_refused', 'Messages that were not believed.', 'topic')

OPERATIONS_TAKEN = _total(
    'operations_taken', 'Phases of operations that were taken up.', 'kind', 'phase')
OPERATION_PHASES = _seconds(
    'operation_phase', 'Time to run a phase of an operation.', 'kind', 'phase', 'outcome',
    limits=LONG)
OPERATIONS_FINISHED = _total(
    'operations_finished', 'Operations that ended here.', 'kind', 'outcome')
OPERATIONS_IN_LINE = _now(
    'operations_in_line', 'Servers that operations run or wait for here.', SUM)
OPERATIONS_SWEPT = _total(
    'operations_swept', 'Operations that had stopped and were set in motion.', 'kind', 'remedy')

DECISIONS = _seconds(
    'scheduler_decision', 'Time to choose hosts and to claim their room, for one request.',
    'outcome', limits=QUICK)
SERVERS_PLACED = _total('scheduler_servers_placed', 'Servers that got a host.')
CLAIMS_REFUSED = _total(
    'scheduler_claims_refused', 'Choices that came too late: the room was gone.')

SQL_STATEMENTS = _seconds(
    'sql_statement', 'Time of a statement at the database.', 'kind', limits=QUICK)
SQL_CONFLICTS = _total(
    'sql_conflicts', "Transactions given up for another one's sake, and repeated.")

NOTIFICATIONS_WAITING = _now(
    'notifications_waiting', 'Notifications that wait to be sent, of all conductors.', NEWEST)
NOTIFICATIONS_SENT = _total('notifications_sent', 'Notifications that the broker took.')

HEARTBEAT = _now(
    'heartbeat_timestamp_seconds',
    'When broker and database last answered; of the process for which that is longest ago.',
    OLDEST)
HEARTBEATS_FAILED = _total('heartbeats_failed', 'Heartbeats that found something away.')

ALL = tuple(found for found in list(vars().values()) if isinstance(found, Metric))
