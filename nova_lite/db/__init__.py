# SPDX-License-Identifier: Apache-2.0
"""The database: engine, models, stores, migrations.

Loaded by the daemons that have a database (api, conductor, scheduler) and by
nova-lite-manage; never by compute, which asks the conductor.
"""
