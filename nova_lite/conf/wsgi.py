# SPDX-License-Identifier: Apache-2.0
"""Options of the HTTP server of the API daemon; read by nova_lite/api/wsgi.py."""

from oslo_config import cfg

GROUP = cfg.OptGroup('wsgi', title='HTTP server')

OPTIONS = [
    cfg.StrOpt(
        'api_paste_config',
        default='api-paste.ini',
        help='File with the pipelines; a name without a path is looked for beside the '
             'configuration file.'),
    cfg.IntOpt(
        'max_header_line',
        default=16384, min=1024,
        help='Longest header line that is read; tokens can be long.'),
    cfg.BoolOpt(
        'keep_alive',
        default=True,
        help='Let a client send further requests by the same connection.'),
    cfg.IntOpt(
        'client_socket_timeout',
        default=900, min=0,
        help='Seconds after which an idle connection of a client is closed; 0 never.'),
    cfg.IntOpt(
        'default_pool_size',
        default=1000, min=1,
        help='Most connections that one worker serves at the same time.'),
    cfg.IntOpt(
        'threads',
        default=8, min=1,
        help='Requests that one worker on native threads answers at the same time.'),
    cfg.BoolOpt(
        'uwsgi_router',
        default=True,
        help="""
Have a process of uWSGI's own take the connections of clients (nova-lite-api-uwsgi only).

Idle connections then cost nothing. Without it the workers take connections
themselves: a request needs a quarter less of the processor, but each
connection that a client keeps open holds one of ``threads``, up to four seconds
after its last request. Right for few clients, or behind a proxy.
"""),
    cfg.StrOpt(
        'ssl_cert_file',
        help="""
Certificate of the services that enabled_ssl_apis names, in PEM, with those that signed it.

It is read again at SIGHUP.
"""),
    cfg.StrOpt(
        'ssl_key_file',
        help='Its key, unencrypted and readable by the API alone; unset, it is in ssl_cert_file.'),
    cfg.StrOpt(
        'ssl_ca_file',
        help='Certificates that have signed those of clients; if set, clients need one.'),
    cfg.StrOpt(
        'secure_proxy_ssl_header',
        help="""
The header by which a proxy says whether it was asked by http or https, as WSGI names it.

For a proxy that sends no other header of its kind, such as HTTP_X_FORWARDED_PROTO; see
[oslo_middleware] enable_proxy_headers_parsing. The proxy has to replace what clients send.
"""),
    cfg.IntOpt(
        'backlog',
        default=128, min=1,
        help='Connections that may wait until they are accepted.'),
    cfg.IntOpt(
        'tcp_keepidle',
        default=600, min=1,
        help='Seconds of silence after which TCP asks whether the client is still there.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}
