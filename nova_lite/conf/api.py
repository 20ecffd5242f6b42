# SPDX-License-Identifier: Apache-2.0
"""Options of the REST API and of where the API daemon listens.

Read by nova_lite/api. The metadata service's own options are in metadata.py.
"""

from oslo_config import cfg

OPTIONS = [
    cfg.ListOpt(
        'enabled_apis',
        default=['osapi_compute', 'metadata'],
        item_type=cfg.types.String(choices=['osapi_compute', 'metadata']),
        help="""
Which services the API daemon offers: the compute API, the metadata service, or both.
"""),
    cfg.ListOpt(
        'enabled_ssl_apis',
        default=[],
        item_type=cfg.types.String(choices=['osapi_compute', 'metadata']),
        help='Which of them speak TLS, with the certificate that [wsgi] ssl_cert_file names.'),
    cfg.HostAddressOpt(
        'osapi_compute_listen',
        default='0.0.0.0',
        help='Address on which the compute API listens.'),
    cfg.PortOpt(
        'osapi_compute_listen_port',
        default=8774,
        help='Port of the compute API.'),
    cfg.IntOpt(
        'osapi_compute_workers',
        min=1,
        help='Worker processes of the compute API; one per CPU if unset.'),
    cfg.HostAddressOpt(
        'metadata_listen',
        default='0.0.0.0',
        help='Address on which the metadata service listens.'),
    cfg.PortOpt(
        'metadata_listen_port',
        default=8775,
        help='Port of the metadata service.'),
    cfg.IntOpt(
        'metadata_workers',
        min=1,
        help='Worker processes of the metadata service; one per CPU if unset.'),
]

API_OPTIONS = [
    cfg.StrOpt(
        'auth_strategy',
        default='keystone',
        choices=[('keystone', 'Keystone says whose the token is'),
                 ('noauth2', 'the token names user and project and is believed')],
        help="""
Who finds out on whose behalf a request is made.

With keystone, [keystone_authtoken] says how it is asked. noauth2 is for a machine that only
its owner reaches.
"""),
    cfg.IntOpt(
        'max_limit', mutable=True,
        default=1000, min=1,
        help='Most records that one page of a list has, whatever the client asks for.'),
    cfg.StrOpt(
        'compute_link_prefix', mutable=True,
        help="""
Base of the links to servers and flavors in answers, such as https://cloud.example/compute.

Set it when clients reach the API by another address than the daemon sees. Unset, links
repeat the address of the request.
"""),
    cfg.StrOpt(
        'glance_link_prefix', mutable=True,
        help='Base of the links to images in answers; as compute_link_prefix.'),
    cfg.BoolOpt(
        'enable_instance_password', mutable=True,
        default=True,
        help="""
Show the administrator password of a new server in the answer to its create request.

Switch it off where no guest is given the password.
"""),
]


# The name that all of OpenStack's APIs have for it. The library of that name is not loaded for
# it: it brings 5 MB of templates and requests into daemons that know no HTTP.
MIDDLEWARE_OPTIONS = [
    cfg.IntOpt(
        'max_request_body_size', mutable=True,
        default=114688, min=1,
        help='The longest body of a request, in bytes.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS)
    conf.register_opts(API_OPTIONS, group='api')
    conf.register_opts(MIDDLEWARE_OPTIONS, group='oslo_middleware')


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'DEFAULT': OPTIONS, 'api': API_OPTIONS, 'oslo_middleware': MIDDLEWARE_OPTIONS}
