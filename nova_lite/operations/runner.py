# SPDX-License-Identifier: Apache-2.0
"""Runs the phases that belong to this process, on conductors and on hosts alike.

A wake-up is only a hint: the record decides, by ``take``, whether there is
something to do. For one server the runner does one thing at a time, in the
order of the wake-ups; a newcomer makes the present one ask whether it has been
superseded.
"""

import collections
import contextlib
import dataclasses
import functools
import threading
import time
from collections.abc import Callable

from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, metrics, objects
from nova_lite.metrics import catalogue
from nova_lite.operations import lease as leases
from nova_lite.states import transitions

LOG = log.getLogger(__name__)

WITHOUT_SERVER = 'operation '
"""How the line of work that concerns no server is called, before its number."""

HANDED_OVER, DONE, FAULT, TAKEN_OVER = 'handed_over', 'done', 'fault', 'taken_over'
"""What a phase comes to, in the figures."""

RETRY_DELAYS = (0.2, 0.5, 1, 2, 5)
"""Seconds between tries to report an outcome; the last one is repeated."""


class Runner:
    """The phases of one process.

    :param incarnation: who this process is in the record
    :param host: the host whose phases it runs; None for a controller
    :param phases: (kind, phase) -> Workflow
    :param wake: sends the wake-up to the owner of the next phase (nova_lite/wake.py)
    :param submit: runs a callable in a thread of its own pool
    """

    def __init__(self, *, incarnation, host, phases, wake, submit):
        self._incarnation = incarnation
        self._host = host
        self._phases = phases
        self._wake = wake
        self._submit = submit
        self._lock = threading.Lock()
        self._queues = {}
        self._leases = {}
        self._begun = {}
        self._stopping = threading.Event()
        self._is_draining = False
        self._left = []
        self._global_request_ids = {}
        self._idle = threading.Condition(self._lock)

    def wake_up(self, operation_id, queue, global_request_id=None):
        """Put an operation in line.

        :param queue: what it lines up with: the server's uuid, or None for
            work that concerns no server
        :param global_request_id: for the log only; the record does not have it
        """
        queue = queue or f'{WITHOUT_SERVER}{operation_id}'
        with self._lock:
            if global_request_id is not None and not self._is_draining:
                self._global_request_ids[operation_id] = global_request_id
            if self._is_draining:
                self._left.append((operation_id, queue))
                return
            waiting = self._queues.get(queue)
            if waiting is not None:
                if operation_id not in waiting:
                    waiting.append(operation_id)
                    self._contest(queue)
                return
            self._queues[queue] = collections.deque([operation_id])
            metrics.note(catalogue.OPERATIONS_IN_LINE, len(self._queues))
        self._submit(self._drain, queue)

    def _contest(self, queue):
        lease = self._leases.get(queue)
        if lease is not None:
            lease.contest()

    def stop(self):
        """Stop retrying; what is unfinished is found again by its record."""
        self._stopping.set()

    def described(self):
        """Answer name -> value of what runs and what waits, for people.

        Without the lock: whoever asks may have interrupted the one that holds it.
        """
        begun = dict(self._begun)
        return {self._named(queue): _in_words(list(waiting), begun.get(queue))
                for queue, waiting in dict(self._queues).items()}

    @staticmethod
    def _named(queue):
        return queue if queue.startswith(WITHOUT_SERVER) else f'server {queue}'

    def drain(self, patience):
        """Begin nothing more, let end what runs, hand back the rest; then others are woken.

        :param patience: seconds for what runs
        :returns: whether all of it has ended
        """
        with self._lock:
            self._is_draining = True
            is_idle = self._idle.wait_for(lambda: not self._queues, patience)
            self._stopping.set()
            running = [] if is_idle else list(self._leases.items())
        given_back = [(lease.operation_id, queue) for queue, lease in running
                      if self._is_given_back(lease)]
        context = nova_context.get_admin_context()
        for operation_id, queue in [*self._left, *given_back]:
            self._wake(context, operation_id, _server_of(queue), self._host)
        LOG.info('%d operation(s) were handed back while they ran, %d before they were begun',
                 len(given_back), len(self._left))
        return is_idle

    def _is_given_back(self, lease):
        try:
            objects.Operation.give_back(
                nova_context.get_admin_context(), lease.operation_id, lease.number)
        except (exception.LeaseLost, exception.ServiceUnavailable) as error:
            LOG.info('Operation %s is not handed back: %s', lease.operation_id, error)
            return False
        return True

    def _drain(self, queue):
        """Run what is in line for one server, until the line is empty."""
        is_last = False
        while not is_last:
            with nova_context.afresh():
                is_last = self._run_first(queue)

    def _run_first(self, queue):
        """Run what is first in line; answer whether it was the last."""
        with self._lock:
            operation_id = self._queues[queue][0]
        context = nova_context.get_admin_context(_server_of(queue))
        try:
            self._run(context, operation_id, queue)
        except Exception:
            # The edge of a thread: the record still says that it is unfinished.
            LOG.exception('Operation %s is left to the sweeper', operation_id)
        finally:
            is_last = self._next(queue)
        return is_last

    def _next(self, queue):
        with self._lock:
            self._leases.pop(queue, None)
            self._begun.pop(queue, None)
            self._global_request_ids.pop(self._queues[queue].popleft(), None)
            if not self._queues[queue]:
                del self._queues[queue]
                metrics.note(catalogue.OPERATIONS_IN_LINE, len(self._queues))
                self._idle.notify_all()
                return True
        return False

    def _run(self, context, operation_id, queue):
        if self._is_draining:
            self._left.append((operation_id, queue))
            return
        asked_at = time.monotonic()
        work = self._persist(lambda: objects.Work.take(
            context, operation_id, self._incarnation, self._host))
        if work is None:
            LOG.debug('Operation %s has nothing to do here', operation_id)
            return
        context = nova_context.for_operation(
            work.operation, self._global_request_ids.get(operation_id))
        lease = leases.Lease(context, work.operation, self._persist, asked_at)
        with self._lock:
            self._leases[queue] = lease
            self._begun[queue] = (asked_at, work.operation)
        metrics.count(catalogue.OPERATIONS_TAKEN, work.operation.kind, work.operation.phase)
        try:
            result = self._timed_result(context, work, lease)
            if result is not None:
                self._settle(context, work, result)
        except Exception:
            self._give_back(context, work.operation)
            raise

    def _give_back(self, context, operation):
        """Leave the phase for a later try."""
        gone = (exception.LeaseLost, *([exception.ServiceUnavailable] if self._is_draining else []))
        with contextlib.suppress(*gone):
            self._persist(lambda: objects.Operation.give_back(
                context, operation.id, operation.lease))

    def _timed_result(self, context, work, lease):
        operation = work.operation
        with metrics.timed(
                catalogue.OPERATION_PHASES, operation.kind, operation.phase) as while_it_ran:
            result = self._result(context, work, lease)
            while_it_ran.ended(_outcome_of(result))
        return result

    def _result(self, context, work, lease):
        """Run the phase; answer what to record, None if it is no longer ours."""
        operation = work.operation
        found = self._phases.get((operation.kind, operation.phase))
        if found is None:
            raise exception.UnknownPhase(
                operation_id=operation.id, kind=operation.kind, phase=operation.phase)
        try:
            return found.run(context, work, lease)
        except exception.LeaseLost:
            LOG.info('Operation %s (%s) was taken over; stopping', operation.id, operation.kind)
            return None
        except Exception as error:
            if self._host is None and isinstance(error, exception.ServiceUnavailable):
                # Another daemon is away; that is no fault of the server's.
                raise
            # A known error says all that matters; the trace of any other is looked for here.
            LOG.warning('Operation %s (%s/%s) failed: %s', operation.id,
                        operation.kind, operation.phase, error,
                        exc_info=not isinstance(error, exception.NovaLiteException))
            return found.on_failure(context, work, error)

    def _settle(self, context, work, result):
        """Record the result, however long the way to the database is broken."""
        operation = work.operation
        try:
            if isinstance(result, objects.Outcome):
                self._persist(lambda: objects.Operation.finish(
                    context, operation.id, operation.lease, result))
                metrics.count(
                    catalogue.OPERATIONS_FINISHED, operation.kind, _outcome_of(result))
                LOG.info('Operation %s (%s) ended: vm_state %s%s', operation.id,
                         operation.kind, result.vm_state,
                         ', fault: ' + result.fault['message'] if result.fault else '')
                return
            self._persist(lambda: objects.Operation.hand_over(
                context, operation.id, operation.lease, result))
        except exception.LeaseLost:
            LOG.info('Operation %s was taken over before it could be recorded', operation.id)
            return
        LOG.info('Operation %s (%s) goes on as %s on %s', operation.id, operation.kind,
                 result.phase, result.host or 'a controller')
        self._wake(context, operation.id, operation.instance_uuid, result.host)

    def insist(self, ask):
        """Ask again until there is an answer, before anything is taken up."""
        return self._persist(ask)

    def _persist(self, ask):
        """Ask again until there is an answer; each question may be repeated safely."""
        tries = 0
        while True:
            try:
                return ask()
            except exception.ServiceUnavailable as error:
                if self._is_draining:
                    # The next start goes on from the record; a stop does not wait for others.
                    raise
                delay = RETRY_DELAYS[min(tries, len(RETRY_DELAYS) - 1)]
                tries += 1
                LOG.warning('No answer (%s); asking again in %s s', error, delay)
                self._pause(delay)
                if self._stopping.is_set():
                    raise

    def _pause(self, delay):
        self._stopping.wait(delay)


def _outcome_of(result):
    """Answer the label of what a phase has come to."""
    if result is None:
        return TAKEN_OVER
    if isinstance(result, objects.HandOver):
        return HANDED_OVER
    return FAULT if result.fault else DONE


def _server_of(queue):
    """Answer the server whose line it is, None for work that concerns no server."""
    return None if queue.startswith(WITHOUT_SERVER) else queue


def _in_words(waiting, begun):
    """Answer what is being done and what waits behind it.

    :param begun: (when, Operation) of the first one; None while it is asked for
    """
    first, behind = 'none', waiting
    if waiting:
        first, *behind = waiting
    what = f'operation {first} is asked for'
    if begun is not None:
        since, operation = begun
        what = (f'operation {operation.id} {operation.kind}/{operation.phase}, '
                f'lease {operation.lease}, for {time.monotonic() - since:.1f} s')
    return f'{what}, behind it {behind}' if behind else what


@dataclasses.dataclass(frozen=True)
class Workflow:
    """What runs a phase, for a worker that it is bound to.

    :ivar run: (context, Work, Lease) -> Outcome or HandOver
    :ivar on_failure: (context, Work, error) -> the same, after an error
    """

    run: Callable
    on_failure: Callable


def workflow(kind, phase, *, on_failure):
    """Mark a function of (worker, context, Work, Lease) as the workflow of a phase.

    :param on_failure: a function of (worker, context, Work, error)
    :raises KeyError: at import, if the table has no such phase
    """
    if transitions.TABLE[kind].phase(phase) is None:
        raise KeyError(f'{kind}/{phase}')

    def mark(function):
        function.runs_phase = (kind, phase)
        function.on_failure = on_failure
        return function
    return mark


def phases_of(modules, worker):
    """Answer (kind, phase) -> Workflow of the modules, bound to a worker.

    :param worker: what the workflows work with: a host or a controller
    """
    return {
        function.runs_phase: Workflow(
            functools.partial(function, worker), functools.partial(function.on_failure, worker))
        for module in modules for function in vars(module).values()
        if hasattr(function, 'runs_phase')}
