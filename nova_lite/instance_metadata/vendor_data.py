# SPDX-License-Identifier: Apache-2.0
"""What the operator wants every guest to be told: a JSON object in a file."""

import json
import os

from oslo_config import cfg
from oslo_log import log

LOG = log.getLogger(__name__)


class _StaticFile:
    """The file's object; read again when the file has changed."""

    def __init__(self):
        self._known = (None, {})

    def content(self, path):
        try:
            stamp = (path, os.stat(path).st_mtime_ns)
        except OSError as error:
            LOG.error('Vendor data %s can not be read: %s', path, error)
            return {}
        if self._known[0] != stamp:
            self._known = (stamp, self._read(path))
        return self._known[1]

    @staticmethod
    def _read(path):
        try:
            with open(path, encoding='utf-8') as file:
                content = json.load(file)
        except (OSError, ValueError) as error:
            LOG.error('Vendor data %s can not be read: %s', path, error)
            return {}
        if not isinstance(content, dict):
            LOG.error('Vendor data %s is not a JSON object', path)
            return {}
        return content


_file = _StaticFile()


def static():
    """Answer the operator's object; empty if there is none or it can't be read."""
    path = cfg.CONF.api.vendordata_jsonfile_path
    return _file.content(path) if path else {}


def by_provider():
    """Answer ``vendor_data2.json``: what each provider says, under its name."""
    return {'static': static()}
