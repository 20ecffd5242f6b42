# SPDX-License-Identifier: Apache-2.0
"""Options of the database: oslo.db's own."""

from oslo_db import options as oslo_db_options


def register_opts(conf):
    """Register oslo.db's group."""
    conf.register_opts(oslo_db_options.database_opts, group='database')


def list_opts():
    """Answer the options for the sample file."""
    return {'database': oslo_db_options.database_opts}
