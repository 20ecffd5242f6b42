# SPDX-License-Identifier: Apache-2.0
"""Run by alembic: connects it to the database of the process."""

from alembic import context

from nova_lite.db import engine, models


def _report(*, step, heads, **_unused):
    report = context.config.attributes.get('report')
    if report:
        revision = step.up_revision
        report(revision.revision, revision.doc)


with engine.engine().connect() as connection:
    context.configure(connection=connection, target_metadata=models.metadata,
                      on_version_apply=_report, render_as_batch=False)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
