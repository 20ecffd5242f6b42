# SPDX-License-Identifier: Apache-2.0
"""The text of a guru meditation report, by oslo.reports.

guru.py loads this when the first report is asked for, and has the sections.
"""

from oslo_reports import guru_meditation_report
from oslo_reports.models import with_default_views

from nova_lite import version


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


def write(binary, conf, sections, frame):
    """Write a report now.

    :param sections: title -> callable that answers a dict of name -> value
    :param frame: where the signal found the process
    """
    _of(sections).handle_signal(Version(), binary, conf.oslo_reports.log_dir, frame)


def watch_file(binary, conf, sections):
    """Write one whenever the file of [oslo_reports] file_event_handler is touched."""
    _of(sections).setup_autorun(Version(), service_name=binary, conf=conf)


def _of(sections):
    """Answer a kind of report with these sections, and with those that are added later."""
    class Report(guru_meditation_report.TextGuruMeditation):
        """The class has the sections, and asks for them with each report."""

        persistent_sections = _Sections(sections)
    return Report


class _Sections:
    """The sections as oslo.reports goes through them."""

    def __init__(self, sections):
        self._sections = sections

    def __iter__(self):
        for title, describe in self._sections.copy().items():
            yield title, _section(describe)


def _section(describe):
    def section():
        try:
            found = describe()
        except Exception as error:  # noqa: BLE001
            # A report is wanted most when something is broken.
            found = {'error': repr(error)}
        return with_default_views.ModelWithDefaultViews(
            data={str(name): str(value) for name, value in found.items()})
    return section
