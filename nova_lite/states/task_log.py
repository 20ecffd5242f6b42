# SPDX-License-Identifier: Apache-2.0
"""States of a run in the log of tasks, and the tasks that have one."""

RUNNING = 'RUNNING'
DONE = 'DONE'

USAGE_AUDIT = 'instance_usage_audit'
"""Each host's report of what its servers used in a period."""
