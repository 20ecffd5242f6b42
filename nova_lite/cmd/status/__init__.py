# SPDX-License-Identifier: Apache-2.0
"""nova-lite-status: is this machine ready for the release that is installed on it?

``nova-lite-status upgrade check`` is run with the new release's code, before
its daemons are started. It changes nothing. The checks are in records.py (what
the database says), files.py (what lies on this controller), identity.py
(Keystone) and images.py (Glance, or the built-in store).

Exit codes: 0 all is well, 1 look at a warning first, 2 the upgrade would fail,
255 the check itself could not be made.
"""

import os
import sys

from oslo_config import cfg
from oslo_upgradecheck import upgradecheck

from nova_lite import conf, version
from nova_lite.cmd.status import files, identity, images, records

PROGRAM = 'nova-lite-status'
CONFIG_FILE = '/etc/nova_lite/nova_lite.conf'
UNEXPECTED = 255


class Checks(upgradecheck.UpgradeCommands):
    """The checks in the order of the table."""

    display_title = 'Upgrade Check Results'

    _upgrade_checks = (
        ('Configuration', lambda self: files.configuration()),
        ('Policy file', lambda self: files.policy_file()),
        ('Keys', lambda self: files.keys()),
        ('Broker', lambda self: files.broker()),
        ('Keystone', lambda self: identity.tokens()),
        ('Images', lambda self: images.store()),
        ('Database schema', lambda self: records.schema()),
        ('Online data migrations', lambda self: records.online_migrations()),
        ('Service versions', lambda self: records.service_versions()),
        ('Unfinished operations', lambda self: records.operations()),
    )


def main(argv=None):
    """Make the checks; answer the exit code."""
    default_files = [CONFIG_FILE] if os.path.exists(CONFIG_FILE) else []
    try:
        return int(upgradecheck.main(
            conf.CONF, version.PRODUCT, Checks(), sys.argv[1:] if argv is None else argv,
            default_files))
    except (cfg.Error, ValueError) as error:
        sys.stderr.write(f'{PROGRAM}: {error}\n')
        return UNEXPECTED
