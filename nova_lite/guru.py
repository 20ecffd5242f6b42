# SPDX-License-Identifier: Apache-2.0
"""The guru meditation report: what a process is doing, written when it gets SIGUSR2.

oslo.reports brings threads, green threads and the configuration with its secrets
masked; parts of the process add what only they know by ``add``. It goes to
standard error, or into a file in [oslo_reports] log_dir.

Its library has templates and more, 3 MB in each process, so it is loaded with the
first report (meditation.py), which few processes ever write.
"""

import importlib
import signal

from oslo_log import log
from oslo_reports import opts

LOG = log.getLogger(__name__)


MEDITATION = 'nova_lite.meditation'

_sections = {}


def set_up(conf, binary, *, trigger_file=None):
    """Report from now on, in this process and in those that it forks.

    :param trigger_file: where signals are somebody else's, a file whose new time of change
        asks for a report, unless [oslo_reports] file_event_handler names another
    """
    opts.set_defaults(conf)
    if trigger_file:
        conf.set_default('file_event_handler', trigger_file, group='oslo_reports')
        # It has to be there; opening it leaves the time of change as it is.
        with open(conf.oslo_reports.file_event_handler, 'a', encoding='ascii'):
            LOG.debug('Touch %s for a report', conf.oslo_reports.file_event_handler)
    if conf.oslo_reports.file_event_handler:
        _load().watch_file(binary, conf, _sections)
    else:
        signal.signal(signal.SIGUSR2, lambda _number, frame: write(conf, binary, frame))
        # A master, which has it blocked, may have started this process.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR2})


def write(conf, binary, frame):
    """Write a report now.

    :param frame: what the process was doing
    """
    _load().write(binary, conf, _sections, frame)


def _load():
    return importlib.import_module(MEDITATION)


def add(title, describe):
    """Have the report contain a section.

    :param describe: answers a dict of name -> value; called when a report is written
    """
    _sections[title] = describe
