# SPDX-License-Identifier: Apache-2.0
"""The receiving side: opens the envelope, finds the method, answers signed.

Only methods whose first argument is named ``context`` can be called from
outside; everything else of an endpoint is the process's own.
"""

import inspect
import threading
import time

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, metrics
from nova_lite.metrics import catalogue
from nova_lite.rpc import envelope, identity, pending, serializer, versions

CONF = cfg.CONF
LOG = log.getLogger(__name__)

REFUSALS_LOGGED_EVERY = 60.0
"""Seconds between two log lines about refused messages that claim the same sender."""

REFUSED_SENDERS_REMEMBERED = 1000

serving = set()
"""What this process takes messages for, as people read it."""


class Server:
    """Serves the queue of a topic, and of the topic at this host.

    :param endpoints: objects whose methods are called as method(context, **arguments)
    """

    def __init__(self, topic, host, endpoints):
        self._dispatcher = Dispatcher(topic, host, endpoints)
        self._topic = topic
        self._host = host
        self._served = None

    def start(self):
        """Take messages from now on; waits until the broker is there."""
        self._served = identity.bus().serve(self._topic, self._host, self._dispatcher)
        serving.add(str(envelope.Recipient(self._topic, self._host)))

    def stop(self):
        """Take no more messages."""
        if self._served is not None:
            self._served.stop()
            serving.discard(str(envelope.Recipient(self._topic, self._host)))

    def wait(self):
        """Wait for what is being done."""
        if self._served is not None:
            self._served.wait()


class Liveness:
    """What every server answers, so that a daemon can ask itself through the broker."""

    def ping(self, context):
        """Answer, which says that broker, queue and dispatcher work."""
        LOG.debug('Asked for a sign of life by %s', context.sender)
        return True


class Dispatcher:
    """Turns a received message into a call of an endpoint and its result into an answer."""

    def __init__(self, topic, host, endpoints):
        self.identity = identity.current()
        self._topic = topic
        self._name = str(envelope.Recipient(topic, host))
        self._methods = _exposed_methods([*endpoints, Liveness()])
        self._opener = envelope.Opener(
            self.identity, topic=topic, host=host, clock_skew=CONF.rpc.clock_skew)
        self._refusals = Refusals()

    def __call__(self, received):
        """Run one message.

        :param received: {'envelope', 'method', 'version', 'args', 'context'} as it came
        :returns: the signed answer, for a sender that waits for one; None if
            the message is not to be believed and deserves no answer
        """
        with nova_context.afresh():
            return self._reply(received)

    def _reply(self, received):
        sealed = received.get('envelope')
        message = {name: received.get(name) for name in ('method', 'version', 'args', 'context')}
        try:
            sender = self._opener.open(sealed, message)
        except exception.MessageRefused as error:
            metrics.count(catalogue.RPC_REFUSED, self._topic)
            self._refusals.log(self._name, sealed, error)
            return None
        with (identity.acting_as(self.identity),
              pending.requests.noted(message['method'], sender)):
            answer = self._answer(message, sender)
        return {'answer': answer, 'signature': self._opener.answer_signature(sealed, answer)}

    def _answer(self, message, sender):
        """Run the method; what it raises becomes the answer."""
        try:
            context = serializer.context_from_wire(message['context'], sender)
            method = self._method_for(message)
            with metrics.timed(catalogue.RPC_SERVED, self._topic, message['method']):
                arguments = serializer.arguments_from_wire(context, message['args'])
                return {'result': serializer.to_wire(context, method(context, **arguments))}
        except exception.NovaLiteException as error:
            LOG.debug('%s answers %s with %s', self._name, message['method'], error)
            return {'error': serializer.error_to_wire(error)}
        except Exception as error:
            # The edge of the process: the caller is told.
            LOG.exception('%s failed at %s, asked by %s', self._name, message['method'], sender)
            return {'error': serializer.error_to_wire(error)}

    def _method_for(self, message):
        name, version = message['method'], str(message['version'])
        try:
            method, served = self._methods[name]
        except KeyError:
            raise exception.NoSuchMethod(recipient=self._name, method=name) from None
        if not versions.is_compatible(served, version):
            raise exception.UnsupportedVersion(
                recipient=self._name, served=served, method=name, version=version)
        return method


def _exposed_methods(endpoints):
    """Answer name -> (method, version) of what may be called from outside."""
    exposed = {}
    for endpoint in endpoints:
        version = getattr(endpoint, 'RPC_VERSION', '1.0')
        for name, method in inspect.getmembers(endpoint, inspect.ismethod):
            first = next(iter(inspect.signature(method).parameters), None)
            if not name.startswith('_') and first == 'context':
                exposed.setdefault(name, (method, version))
    return exposed


class Refusals:
    """Logs refused messages, each claimed sender once in a while."""

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._logged = {}
        self._silent = 0

    def log(self, name, sealed, error):
        """Log a refusal, unless the sender had its line already."""
        sealed = sealed if isinstance(sealed, dict) else {}
        claimed = f'{sealed.get("kind")} {sealed.get("host")}'[:300]
        with self._lock:
            if self._clock() - self._logged.get(claimed, -REFUSALS_LOGGED_EVERY) < \
                    REFUSALS_LOGGED_EVERY:
                self._silent += 1
                return
            if len(self._logged) >= REFUSED_SENDERS_REMEMBERED:
                self._logged.clear()
            self._logged[claimed] = self._clock()
            silent, self._silent = self._silent, 0
        LOG.warning('%s refused a message that says it is from %s: %s (%d more since the last '
                    'line)', name, claimed, error, silent)
