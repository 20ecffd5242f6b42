# SPDX-License-Identifier: Apache-2.0
"""Which layer of the product a stack's time belongs to."""

LAYERS = (
    ('HTTP server', ('cheroot/',)),
    ('WSGI, routing', (
        'webob/', 'paste/', 'routes/', 'oslo_middleware/', 'microversion_parse/',
        'nova_lite/api/middleware/', 'nova_lite/api/openstack/router.py',
        'nova_lite/api/openstack/wsgi.py', 'nova_lite/api/openstack/microversions.py')),
    ('contexts', ('oslo_context/', 'nova_lite/context.py')),
    ('policy', ('oslo_policy/', 'nova_lite/policies/')),
    ('schemas', ('jsonschema/', 'referencing/', 'nova_lite/api/openstack/validation.py')),
    ('views', ('nova_lite/api/',)),
    ('JSON', ('json/', 'oslo_serialization/')),
    ('SQL: driver', ('MySQLdb/', 'psycopg', 'pymysql/')),
    ('SQL: statements made', ('sqlalchemy/sql/', 'nova_lite/db/stores/', 'nova_lite/db/paging.py',
                              'nova_lite/db/clock.py')),
    ('SQL: pool, transactions, rows', ('sqlalchemy/', 'oslo_db/', 'nova_lite/db/')),
    ('objects', ('oslo_versionedobjects/', 'nova_lite/objects/')),
    ('RPC', ('oslo_messaging/', 'amqp/', 'kombu/', 'vine/', 'nova_lite/rpc/')),
    ('logging', ('logging/', 'oslo_log/')),
    ('configuration', ('oslo_config/',)),
    ('locks, threads', ('threading.py', 'queue.py', 'concurrent/futures/', 'futurist/',
                        'oslo_concurrency/', 'fasteners/', 'nova_lite/concurrency.py')),
    ('choice of a host', ('nova_lite/scheduler/',)),
    ('hypervisor', ('nova_lite/virt/', 'nova_lite/image/', 'nova_lite/durable_files.py')),
    ('the work itself', ('nova_lite/',)),
)
"""Names, and how the files of each begin; the first that fits counts."""

OTHER = 'other'

NAMES = (*(name for name, _files in LAYERS), OTHER)


def of_stack(stack):
    """Answer the layer of the innermost frame that has one.

    What has none, such as ``re`` or ``uuid``, works for its caller.
    """
    for _name, file in reversed(stack):
        for layer, beginnings in LAYERS:
            if file.startswith(beginnings):
                return layer
    return OTHER
