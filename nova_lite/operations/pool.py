# SPDX-License-Identifier: Apache-2.0
"""The threads that run operations in one process."""

from concurrent import futures

from oslo_config import cfg

CONF = cfg.CONF


def make():
    """Answer an executor with as many threads as operations may run at a time."""
    return futures.ThreadPoolExecutor(CONF.operations.workers, thread_name_prefix='operation')
