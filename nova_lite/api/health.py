# SPDX-License-Identifier: Apache-2.0
"""The page that a load balancer looks at: oslo.middleware's, and what is asked for it here.

No token is needed and the page says no more than OK or why not. Which checks are made is
``[healthcheck] backends``; the library finds them by their entry points.
"""

from oslo_config import cfg
from oslo_log import log
from oslo_middleware import healthcheck, opts
from oslo_middleware.healthcheck import pluginbase

from nova_lite import context, exception
from nova_lite.objects import base as objects_base

CONF = cfg.CONF
LOG = log.getLogger(__name__)

BACKENDS = ['disable_by_file', 'nova_lite_database']
DISABLE_FILE = '/etc/nova_lite/healthcheck_disable'
CONDUCTOR = 'nova-lite-conductor'

for _group, _options in opts.list_opts_healthcheck():
    CONF.register_opts(_options, group=_group)


def app_factory(_global_conf, **_local_conf):
    """Make the page for PasteDeploy; the files have been read, which would undo the defaults."""
    CONF.set_default('backends', BACKENDS, group='healthcheck')
    CONF.set_default('disable_by_file_path', DISABLE_FILE, group='healthcheck')
    return healthcheck.Healthcheck(None, CONF)


class Database(pluginbase.HealthcheckBaseExtension):
    """Whether the database answers a short question."""

    def healthcheck(self, _server_port):
        """Ask it."""
        ctxt = context.get_admin_context()
        try:
            objects_base.store('services').minimum_version(ctxt, CONDUCTOR)
        except exception.NovaLiteException as error:
            LOG.warning('The database does not answer: %s', error)
            return pluginbase.HealthcheckResult(available=False, reason='NO DATABASE')
        return pluginbase.HealthcheckResult(available=True, reason='')
