# SPDX-License-Identifier: Apache-2.0
"""Options of the compute service, with Nova's names."""

from oslo_config import cfg

RESOURCE_OPTS = [
    cfg.FloatOpt('cpu_allocation_ratio', mutable=True, min=0.0,
                 help='Virtual CPUs that may be promised for each one of the host. Unset: '
                      'initial_cpu_allocation_ratio.'),
    cfg.FloatOpt('ram_allocation_ratio', mutable=True, min=0.0,
                 help='Guest memory that may be promised for each MB of the host. Unset: '
                      'initial_ram_allocation_ratio.'),
    cfg.FloatOpt('disk_allocation_ratio', mutable=True, min=0.0,
                 help='Guest disk that may be promised for each GB of the host. Unset: '
                      'initial_disk_allocation_ratio.'),
    cfg.FloatOpt('initial_cpu_allocation_ratio', mutable=True, default=4.0, min=0.0,
                 help='Ratio used while cpu_allocation_ratio is unset.'),
    cfg.FloatOpt('initial_ram_allocation_ratio', mutable=True, default=1.0, min=0.0,
                 help='Ratio used while ram_allocation_ratio is unset.'),
    cfg.FloatOpt('initial_disk_allocation_ratio', mutable=True, default=1.0, min=0.0,
                 help='Ratio used while disk_allocation_ratio is unset.'),
    cfg.IntOpt('reserved_host_cpus', mutable=True, default=0, min=0,
               help='CPUs kept for the host itself.'),
    cfg.IntOpt('reserved_host_memory_mb', mutable=True, default=512, min=0,
               help='Memory in MB kept for the host itself.'),
    cfg.IntOpt('reserved_host_disk_mb', mutable=True, default=0, min=0,
               help='Disk in MB kept for the host itself.'),
]

LIFECYCLE_OPTS = [
    cfg.BoolOpt('resume_guests_state_on_host_boot', default=False,
                help='Start the guests that ran before the host went down.'),
    cfg.IntOpt('update_resources_interval', mutable=True, default=60, min=1,
               help='Seconds between two reports of what the host has.'),
    cfg.IntOpt('sync_power_state_interval', mutable=True, default=600, min=-1,
               help='Seconds between two comparisons of all guests with the record, beside '
                    "the hypervisor's events; negative turns it off."),
    cfg.IntOpt('running_deleted_instance_poll_interval', mutable=True, default=1800, min=0,
               help='Seconds between two searches for guests whose server is deleted; '
                    '0 turns it off.'),
    cfg.StrOpt('running_deleted_instance_action', mutable=True, default='reap',
               choices=('noop', 'log', 'shutdown', 'reap'),
               help='What is done with a guest whose server is deleted.'),
]

OPTS = RESOURCE_OPTS + LIFECYCLE_OPTS

GROUP = cfg.OptGroup('compute', title='What hosts have')

GROUP_OPTS = [
    cfg.StrOpt('provider_config_location', default='/etc/nova_lite/provider_config/',
               help='Directory of the files (``*.yaml``) that say which other resources and which '
                    'traits the nodes of this host have. They are read before each report; a '
                    'host does not start with a file that is wrong.'),
]


def register_opts(conf):
    """Register the options."""
    conf.register_opts(OPTS)
    conf.register_group(GROUP)
    conf.register_opts(GROUP_OPTS, group=GROUP)


def list_opts():
    """Answer the options for the sample file."""
    return {'DEFAULT': OPTS, GROUP: GROUP_OPTS}
