# SPDX-License-Identifier: Apache-2.0
"""What a step of the schema may do while daemons of the release before are working.

``expand`` steps run first, under them: they may add what nobody needs. ``contract``
steps run when no daemon of that release is left: they take away and tighten, and
make nothing that code could already want.
"""

import io
import re

from alembic import migration, operations, script

from nova_lite.db import migrations

BRANCH_OF = re.compile(r'^(\w+?)_\d+$')
CREATED = re.compile(r'CREATE TABLE `?(\w+)`?')
CHANGED = re.compile(r'(?:ALTER TABLE|CREATE UNIQUE INDEX \S+ ON) `?(\w+)`?')

NEVER_IN_EXPAND = {
    'takes away': re.compile(r'\bDROP\b'),
    'renames': re.compile(r'\bRENAME\b|\bCHANGE\b'),
    'changes a column': re.compile(r'ALTER TABLE \S+ (MODIFY|ALTER)\b'),
    'rewrites rows': re.compile(r'^(UPDATE|DELETE|INSERT)\b'),
}
"""An online data migration rewrites rows; see db/stores/online_migrations.py."""

NEVER_IN_CONTRACT = {
    'makes something': re.compile(r'^CREATE\b|ALTER TABLE \S+ ADD (?!CONSTRAINT)'),
    'rewrites rows': NEVER_IN_EXPAND['rewrites rows'],
}

REFUSED_ON_OLD_TABLES = {
    'adds a column that inserts of the release before leave out': re.compile(
        r'ADD COLUMN (?!.*\bDEFAULT\b).*NOT NULL'),
    'adds a rule that rows of the release before may break': re.compile(
        r'ADD CONSTRAINT|CREATE UNIQUE INDEX'),
}


def steps():
    """Answer (branch, revision, upgrade function) of all steps, oldest first."""
    directory = script.ScriptDirectory.from_config(migrations.alembic_config())
    found = [(BRANCH_OF.match(step.revision)[1], step.revision, step.module.upgrade)
             for step in directory.walk_revisions()]
    return found[::-1]


def statements(upgrade):
    """Answer the SQL of a step, for MariaDB, a line a statement."""
    out = io.StringIO()
    context = migration.MigrationContext.configure(
        dialect_name='mysql', opts={'as_sql': True, 'output_buffer': out})
    with operations.Operations.context(context):
        upgrade()
    texts = (' '.join(text.split()) for text in out.getvalue().split(';'))
    return [text for text in texts if text]


def objections(branch, lines):
    """Yield what is wrong with the statements of a step.

    :param branch: expand or contract
    """
    rules = NEVER_IN_EXPAND if branch == 'expand' else NEVER_IN_CONTRACT
    new_tables = {match[1] for line in lines if (match := CREATED.match(line))}
    for line in lines:
        yield from (f'{what}: {line}' for what, pattern in rules.items() if pattern.search(line))
        changed = CHANGED.match(line)
        if branch == 'expand' and changed and changed[1] not in new_tables:
            yield from (f'{what}: {line}' for what, pattern in REFUSED_ON_OLD_TABLES.items()
                        if pattern.search(line))
