# SPDX-License-Identifier: Apache-2.0
"""Delays, failures and hooks around the methods of the fake driver.

The configuration says how long a method takes and how often it fails. Tests
add hooks, which may kill the process at the boundary of a method.
"""

import dataclasses
import functools
import random
import threading

from nova_lite import exception

BEFORE = 'before'
AFTER = 'after'
ANY = '*'


@dataclasses.dataclass(frozen=True)
class Failure:
    """A method that fails with a probability."""

    method: str
    probability: float
    message: str

    @classmethod
    def parse(cls, text):
        """Read ``method:probability:message``.

        :raises HypervisorUnusable: if it has another form
        """
        try:
            method, probability, message = text.split(':', 2)
            return cls(method.strip(), float(probability), message.strip())
        except ValueError as error:
            raise exception.HypervisorUnusable(
                reason=f'[fake_driver] failures: "{text}" is not method:probability:message'
            ) from error


def parse_delays(delays):
    """Read method -> seconds.

    :raises HypervisorUnusable: if a delay is no number
    """
    try:
        return {method: float(seconds) for method, seconds in delays.items()}
    except ValueError as error:
        raise exception.HypervisorUnusable(reason=f'[fake_driver] delays: {error}') from error


class Disturbance:
    """What happens around the methods of one driver.

    :ivar hooks: functions of (method name, BEFORE or AFTER, arguments); what one
        raises comes out of the method
    """

    def __init__(self, conf):
        self.hooks = []
        self._delays = parse_delays(conf.delays)
        self._failures = [Failure.parse(text) for text in conf.failures]
        self._random = random.Random(conf.seed)
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def stop(self):
        """End all waits."""
        self._stopped.set()

    def before(self, method, arguments):
        """Do what is to be done before a method has had its effect.

        :raises FakeDriverFailure: if the configuration says that it fails
        """
        self._call_hooks(method, BEFORE, arguments)
        delay = self._delays.get(method, self._delays.get(ANY, 0))
        if delay:
            self._stopped.wait(delay)
        for failure in self._failures:
            if failure.method in (method, ANY) and self._dice() < failure.probability:
                raise exception.FakeDriverFailure(reason=failure.message)

    def after(self, method, arguments):
        """Do what is to be done when a method has had its effect."""
        self._call_hooks(method, AFTER, arguments)

    def _call_hooks(self, method, moment, arguments):
        for hook in list(self.hooks):
            hook(method, moment, arguments)

    def _dice(self):
        with self._lock:
            return self._random.random()


def disturbed(method):
    """Let a driver's ``disturbance`` act around a method."""
    @functools.wraps(method)
    def around(driver, *args, **kwargs):
        driver.disturbance.before(method.__name__, args)
        answer = method(driver, *args, **kwargs)
        driver.disturbance.after(method.__name__, args)
        return answer
    return around
