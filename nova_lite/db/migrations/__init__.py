# SPDX-License-Identifier: Apache-2.0
"""The schema's history, by alembic, in two branches.

``expand`` only adds and may run while older daemons work; ``contract`` takes
away what no daemon uses any more and runs when all are new.
"""

import pathlib

from alembic import command, config, migration, script

from nova_lite.db import engine

BRANCHES = ('expand', 'contract')


def alembic_config():
    """Answer alembic's configuration for the database that this process uses."""
    made = config.Config()
    made.set_main_option('script_location', str(pathlib.Path(__file__).parent))
    made.set_main_option('path_separator', 'os')
    return made


def versions():
    """Answer branch -> revision of the database, None where it has none."""
    scripts = script.ScriptDirectory.from_config(alembic_config())
    with engine.engine().connect() as connection:
        heads = migration.MigrationContext.configure(connection).get_current_heads()
    found = dict.fromkeys(BRANCHES)
    for head in heads:
        for label in scripts.get_revision(head).branch_labels & set(BRANCHES):
            found[label] = head
    return found


def newest():
    """Answer branch -> newest revision that this release knows."""
    scripts = script.ScriptDirectory.from_config(alembic_config())
    return {branch: scripts.get_revision(f'{branch}@head').revision for branch in BRANCHES}


def sync(branch, report=lambda revision, text: None):
    """Bring a branch to its newest revision.

    :param report: called with each revision and its first line as it is reached
    """
    made = alembic_config()
    made.attributes['report'] = report
    command.upgrade(made, f'{branch}@head')
