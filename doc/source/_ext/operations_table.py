# SPDX-License-Identifier: Apache-2.0
"""``.. operations-table::`` and ``.. operation-phases::``: the table of operations, as it is.

Both are drawn from nova_lite.states.transitions, so the documentation can't
differ from what the guards and the sweeper read.
"""

from docutils import nodes
from docutils.parsers.rst import Directive

from nova_lite.states import transitions, vm


def _words(states):
    if states >= vm.ALL - {vm.DELETED}:
        return 'any'
    return ', '.join(sorted(states)) or '-'


def _yes(flag):
    return 'yes' if flag else 'no'


class RowsDirective(Directive):
    """A table with a heading and one row per tuple of ``rows``."""

    heading = ()

    def rows(self):
        raise NotImplementedError

    def run(self):
        table = nodes.table()
        group = nodes.tgroup(cols=len(self.heading))
        table += group
        group.extend(nodes.colspec(colwidth=1) for _ in self.heading)
        head, body = nodes.thead(), nodes.tbody()
        group.extend([head, body])
        head += self._row(self.heading)
        body.extend(self._row(row) for row in self.rows())
        return [table]

    @staticmethod
    def _row(texts):
        row = nodes.row()
        for text in texts:
            entry = nodes.entry()
            entry += nodes.paragraph(text=str(text))
            row += entry
        return row


class OperationsTable(RowsDirective):
    """One row per operation."""

    heading = ('operation', 'action', 'from vm_state', 'sets task_state', 'ends in', 'on failure',
               'beside others', 'stopped by a lock')

    def rows(self):
        for row in transitions.TABLE.values():
            yield (row.kind, row.action or '-', _words(row.from_vm_states),
                   row.sets_task_state or '-', _words(row.ends_in), row.fails_to or 'as before',
                   row.relation.value, _yes(row.stopped_by_lock))


class OperationPhases(RowsDirective):
    """One row per phase."""

    heading = ('operation', 'phase', 'owner', 'task_state', 'seconds without progress',
               'host is gone')

    def rows(self):
        for row in transitions.TABLE.values():
            for phase in row.phases:
                alone = phase.when_host_is_gone or 'waits for it'
                yield (row.kind, phase.name, phase.owner.value, phase.task_state or '-',
                       phase.progress_timeout,
                       alone if phase.owner is transitions.Owner.HOST else '-')


def setup(app):
    app.add_directive('operations-table', OperationsTable)
    app.add_directive('operation-phases', OperationPhases)
    return {'parallel_read_safe': True}
