# SPDX-License-Identifier: Apache-2.0
"""A failed operation as its outcome: the fault that the user reads."""

import traceback

from nova_lite import exception, objects


def fault(error, host=None):
    """Answer the fault of an error: for the user what may be shown, details for admins."""
    is_known = isinstance(error, exception.NovaLiteException)
    return {
        'code': error.code if is_known else 500,
        'message': str(error) if is_known else type(error).__name__,
        'details': ''.join(traceback.format_exception(error)),
        'host': host,
    }


def outcome(error, work, *, vm_state, host=None):
    """Answer the outcome of an operation that failed, with the steps that it came through."""
    return objects.Outcome(vm_state=vm_state, fault=fault(error, host), events=work.events)
