# SPDX-License-Identifier: Apache-2.0
"""Options of the database: those of oslo.db's own that are used here."""

from oslo_db import options as oslo_db_options

PASSED_ON = (
    'connection_debug', 'connection_parameters', 'connection_recycle_time', 'connection_trace',
    'max_overflow', 'max_pool_size', 'max_retries', 'mysql_sql_mode', 'mysql_wsrep_sync_wait',
    'pool_timeout', 'retry_interval', 'sqlite_synchronous')
"""What oslo.db is given as it is; nova_lite/db/connect.py reads them."""

OPTIONS = [option for option in oslo_db_options.database_opts
           if option.name in {'connection', *PASSED_ON}]


def register_opts(conf):
    """Register them."""
    conf.register_opts(OPTIONS, group='database')


def list_opts():
    """Answer the options for the sample file."""
    return {'database': OPTIONS}
