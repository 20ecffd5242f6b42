# SPDX-License-Identifier: Apache-2.0
"""What the API daemon serves: applications by PasteDeploy; where is said in listeners.py.

The process itself is nova_lite/cmd/api.py; under a production WSGI server it is
one of nova_lite/wsgi.
"""

import pathlib

from oslo_config import cfg
from paste import deploy

from nova_lite import exception
from nova_lite.api import listeners, measuring

CONF = cfg.CONF


def by_port():
    """Answer an application that is each listener's at its own port."""
    found = {str(listener.port): load_app(listener.name) for listener in listeners.enabled()}
    if len(found) == 1:
        return next(iter(found.values()))

    def application(environ, start_response):
        return found[environ['SERVER_PORT']](environ, start_response)
    return application


def load_app(name):
    """Answer the WSGI application of that name, with its filters.

    :raises PasteConfigNotFound: if there is no paste configuration
    """
    return measuring.Measured(deploy.loadapp(f'config:{paste_file()}', name=name), name)


def paste_file():
    """Answer the path of the paste configuration."""
    name = CONF.wsgi.api_paste_config
    found = name if pathlib.Path(name).is_absolute() else CONF.find_file(name)
    if not found or not pathlib.Path(found).is_file():
        raise exception.PasteConfigNotFound(path=name)
    return str(pathlib.Path(found).resolve())
