# SPDX-License-Identifier: Apache-2.0
"""How the log of the usage audits of a period is shown. Pure."""

from nova_lite.states import task_log


def of_period(period, hosts, runs):
    """Answer how the audits of a period went.

    :param hosts: names of the compute hosts
    :param runs: rows of the log of tasks
    """
    running = sum(run['state'] == task_log.RUNNING for run in runs)
    done = sum(run['state'] == task_log.DONE for run in runs)
    errors = sum(run['errors'] for run in runs)
    not_run = sorted(set(hosts) - {run['host'] for run in runs})
    which = 'ALL' if done == len(set(hosts)) else f'{done} of {len(set(hosts))}'
    return {
        'period_beginning': str(period.beginning), 'period_ending': str(period.ending),
        'num_hosts': len(set(hosts)), 'num_hosts_done': done, 'num_hosts_running': running,
        'num_hosts_not_run': len(not_run), 'hosts_not_run': not_run,
        'total_instances': sum(run['task_items'] for run in runs), 'total_errors': errors,
        'overall_status': f'{which} hosts done. {errors} errors.',
        'log': {run['host']: {'state': run['state'], 'instances': run['task_items'],
                              'errors': run['errors'], 'message': run['message']}
                for run in runs}}
