# SPDX-License-Identifier: Apache-2.0
"""What each daemon's processes do: ``services(listening)`` of the module named like it.

It answers (service, workers) pairs; without a number a service is in each process.
Loaded by cmd/daemon.py in the process that forks the workers, so that all of them
have one copy in memory.
"""

import importlib

from nova_lite import concurrency, guru, objects, service

DATABASE = 'nova_lite.db.connect'
STORES = 'nova_lite.db.stores'


def share(*names):
    """Load modules before processes are forked, so that all have one copy in memory.

    Named, not imported: a host that asks a conductor must not load what knows SQL.
    """
    for name in (DATABASE, *names):
        importlib.import_module(name)
    objects.register_all()
    importlib.import_module(STORES).register()


def use_database():
    """Let the objects of this process use the database; called in each worker."""
    objects.register_all()
    importlib.import_module('nova_lite.db.connect').connect(concurrency.kind())
    engine = importlib.import_module('nova_lite.db.engine')
    guru.add('Database', lambda: {'pool': engine.engine().pool.status()})


def controller(topic, make_manager):
    """Answer the services of a daemon with a manager and a database."""
    share()
    daemon = service.Service(binary=f'nova-lite-{topic}', topic=topic, make_manager=make_manager,
                             prepare=use_database)
    return [(daemon, None)]
