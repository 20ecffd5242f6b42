# SPDX-License-Identifier: Apache-2.0
"""The enforcer of oslo.policy's programs, the entry point ``oslo.policy.enforcer``.

``oslopolicy-policy-generator``, ``-list-redundant`` and ``-validator`` ask it for the
operator's files. They read their own command line and not our configuration, so
that is read here: the files they were given, or those of the API. The validator
looks into the configuration of the process itself afterwards.
"""

import argparse
import sys

from oslo_config import cfg
from oslo_policy import policy

from nova_lite import policies

PROJECT = 'nova_lite'


def enforcer():
    """Answer oslo.policy's enforcer with all rules, for the configuration on the command line."""
    _configure(sys.argv[1:])
    made = policy.Enforcer(cfg.CONF)
    made.register_defaults(policies.list_rules())
    made.suppress_default_change_warnings = True
    return made


def _configure(arguments):
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument('--config-file', action='append', default=[])
    parser.add_argument('--config-dir', action='append', default=[])
    known, _others = parser.parse_known_args(arguments)
    cfg.CONF([word for path in known.config_file for word in ('--config-file', path)]
             + [word for path in known.config_dir for word in ('--config-dir', path)],
             project=PROJECT)
