# SPDX-License-Identifier: Apache-2.0
"""Options of oslo.policy, [oslo_policy]; read by nova_lite/policies/enforcement.py."""

from oslo_policy import opts


def register_opts(conf):
    """Add oslo.policy's own options to a configuration."""
    opts.set_defaults(conf)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return dict(opts.list_opts())
