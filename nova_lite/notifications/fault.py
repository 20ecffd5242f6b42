# SPDX-License-Identifier: Apache-2.0
"""Failures in notifications. Pure."""

import re

from nova_lite.notifications import form

FRAME = re.compile(r'^  File "(?P<path>[^"]+)", line \d+, in (?P<function>.+)$', re.MULTILINE)
LAST_LINE = re.compile(r'^(?P<name>[A-Za-z_][\w.]*)(?:: (?P<text>.*))?$')
UNKNOWN = 'unknown'
PACKAGE = 'nova_lite'


def payload(message, trace=None):
    """Answer ExceptionPayload.

    :param message: what the user reads; consumers, who are operators, read what was raised
    :param trace: text of the traceback, if there is one
    """
    trace = trace or ''
    frames = list(FRAME.finditer(trace))
    return form.versioned(
        'ExceptionPayload', '1.1', **_raised(trace, message),
        function_name=frames[-1]['function'] if frames else UNKNOWN,
        module_name=_module(frames[-1]['path']) if frames else UNKNOWN, traceback=trace)


def _raised(trace, message):
    """Answer class and text of the last line of a traceback that names a class."""
    found = next(filter(None, map(LAST_LINE.match, reversed(trace.splitlines()))), None)
    if found is None:
        return {'exception': UNKNOWN, 'exception_message': message}
    return {'exception': found['name'].rpartition('.')[2],
            'exception_message': found['text'] or message}


def _module(path):
    """Answer the module of a file; of our own by its full name, else the file's."""
    parts = path.removesuffix('.py').split('/')
    if PACKAGE in parts:
        parts = parts[len(parts) - 1 - parts[::-1].index(PACKAGE):]
    else:
        parts = parts[-1:]
    return '.'.join(part for part in parts if part != '__init__')


def event(message, trace, host):
    """Answer what is told of an error on a host, whatever it was doing."""
    return form.Event('compute.exception', f'host {host}', form.publisher(form.COMPUTE, host),
                      payload(message, trace), form.ERROR)
