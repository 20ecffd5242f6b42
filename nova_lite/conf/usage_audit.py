# SPDX-License-Identifier: Apache-2.0
"""Options of the usage audit, with Nova's names; of compute hosts and of the API."""

from oslo_config import cfg

PERIOD = (r'^(year(@(0?[0-9]|1[0-2]))?|month(@(0?[0-9]|[12][0-9]|3[01]))?'
          r'|day(@(0?[0-9]|1[0-9]|2[0-3]))?|hour(@(0?[0-9]|[1-5][0-9]))?)$')

OPTS = [
    cfg.BoolOpt(
        'instance_usage_audit', mutable=True,
        default=False,
        help='Let a compute host report what its servers used, once for each period.'),
    cfg.StrOpt(
        'instance_usage_audit_period', mutable=True,
        default='month', regex=PERIOD,
        help="""
Length of a period of the usage audit: hour, day, month or year.

``@`` and a number move its beginning: ``month@15`` begins on the 15th,
``year@4`` in April, ``day@6`` at six o'clock UTC, ``hour@30`` at half past. The
compute hosts and the API servers, which show how the audits went, need the same
value.
"""),
]


def register_opts(conf):
    """Register the options."""
    conf.register_opts(OPTS)


def list_opts():
    """Answer the options for the sample file."""
    return {'DEFAULT': OPTS}
