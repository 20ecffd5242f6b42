# SPDX-License-Identifier: Apache-2.0
"""The guru meditation report: what a process is doing, written when it gets SIGUSR2.

oslo.reports brings threads, green threads and the configuration with its secrets
masked; parts of the process add what only they know by ``add``. It goes to
standard error, or into a file in [oslo_reports] log_dir.
"""

from oslo_log import log
from oslo_reports import guru_meditation_report, opts
from oslo_reports.models import with_default_views

from nova_lite import version

LOG = log.getLogger(__name__)


class Version:
    """The product, as oslo.reports asks for it."""

    @staticmethod
    def vendor_string():
        return version.PRODUCT

    @staticmethod
    def product_string():
        return version.PRODUCT

    @staticmethod
    def version_string_with_package():
        return version.version_string()


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
    guru_meditation_report.TextGuruMeditation.setup_autorun(
        Version(), service_name=binary, conf=conf)


def add(title, describe):
    """Have the report contain a section.

    :param describe: answers a dict of name -> value; called when a report is written
    """
    def section():
        try:
            found = describe()
        except Exception as error:  # noqa: BLE001
            # A report is wanted most when something is broken.
            found = {'error': repr(error)}
        return with_default_views.ModelWithDefaultViews(
            data={str(name): str(value) for name, value in found.items()})
    guru_meditation_report.TextGuruMeditation.register_section(title, section)
