# SPDX-License-Identifier: Apache-2.0
"""Options of the scheduler, with Nova's names and groups."""

from oslo_config import cfg, types

SCHEDULER = cfg.OptGroup('scheduler', title='Choosing hosts')
FILTER_SCHEDULER = cfg.OptGroup('filter_scheduler', title='Filters and weights')

IMAGE_PROPERTY = types.String(regex=r'\A[^=\s]+=-?\d+(\.\d+)?\Z')
"""NAME=WEIGHT."""

SCHEDULER_OPTS = [
    cfg.StrOpt(
        'driver', mutable=True, default='filter_scheduler',
        help="""
Who puts the hosts in order: ``filter_scheduler`` (the enabled filters, then the
weights), ``chance_scheduler`` (any host that works and has room), or the dotted
path of a class derived from nova_lite.scheduler.drivers.base.Driver.
"""),
    cfg.IntOpt(
        'max_attempts', mutable=True, default=3, min=1,
        help='Hosts that a server is tried on before it goes to error; one less is kept as '
             'alternates with each decision.'),
    cfg.IntOpt(
        'max_placement_results', mutable=True, default=1000, min=1,
        help="""
The number of hosts that one request looks at closely.

Of more hosts with room, those with the most of the resource whose weight
multiplier is largest are taken (with a negative multiplier: the least), so that
a decision costs the same in a large cloud as in a small one. If the filters
leave too few of them, all hosts are looked at.
"""),
]

FILTER_OPTS = [
    cfg.IntOpt(
        'host_subset_size', mutable=True, default=1, min=1,
        help='A host is chosen at random among so many of the best; more than 1 keeps '
             'several schedulers from going for the same host.'),
    cfg.BoolOpt(
        'shuffle_best_same_weighed_hosts', mutable=True, default=False,
        help='Mix the hosts that share the best weight, instead of taking them in the '
             'order in which they were registered.'),
    cfg.MultiStrOpt(
        'available_filters', mutable=True, default=['nova_lite.scheduler.filters.all_filters'],
        help="""
Filters that may be enabled: dotted paths of classes derived from
nova_lite.scheduler.filters.base.Filter, or of functions that answer several.
"""),
    cfg.ListOpt(
        'enabled_filters', mutable=True,
        default=['ComputeFilter', 'AvailabilityZoneFilter', 'ComputeCapabilitiesFilter',
                 'ImagePropertiesFilter', 'ServerGroupAntiAffinityFilter',
                 'ServerGroupAffinityFilter', 'SameHostFilter', 'DifferentHostFilter'],
        help="""
Names of the filters that each host must pass, in this order.

ComputeFilter, RetryFilter and the filters for room (CoreFilter, RamFilter,
DiskFilter) run whether they are named or not, because a claim demands the same.
"""),
    cfg.StrOpt(
        'image_properties_default_architecture', mutable=True,
        help='Architecture of images that name none, such as x86_64 or aarch64; unset: any.'),
    cfg.IntOpt(
        'max_io_ops_per_host', mutable=True, default=8, min=0,
        help="""
Operations that a host may have in hand to get one more; IoOpsFilter and
AggregateIoOpsFilter look at it. Aggregates have their own by a key of this
name in their metadata; the lowest holds.
"""),
    cfg.IntOpt(
        'max_instances_per_host', mutable=True, default=50, min=0,
        help="""
Servers that a host may have at most; NumInstancesFilter and
AggregateNumInstancesFilter look at it. Aggregates have their own by a key of
this name in their metadata; the lowest holds.
"""),
    cfg.ListOpt(
        'isolated_images', mutable=True, default=[],
        help='Ids of images that run only on isolated_hosts; IsolatedHostsFilter looks at it.'),
    cfg.ListOpt(
        'isolated_hosts', mutable=True, default=[],
        help='Names of the hosts for isolated_images.'),
    cfg.BoolOpt(
        'restrict_isolated_hosts_to_isolated_images', mutable=True, default=True,
        help='Keep all other images away from isolated_hosts.'),
    cfg.StrOpt(
        'aggregate_image_properties_isolation_namespace', mutable=True,
        help="""
AggregateImagePropertiesIsolation looks only at properties whose names begin
with this and the separator; unset: at all.
"""),
    cfg.StrOpt(
        'aggregate_image_properties_isolation_separator', mutable=True, default='.',
        help='What stands between aggregate_image_properties_isolation_namespace and the rest '
             'of the name.'),
    cfg.ListOpt(
        'weight_classes', mutable=True, default=['nova_lite.scheduler.weights.all_weighers'],
        help='Weighers in use: dotted paths of classes derived from '
             'nova_lite.scheduler.weights.base.Weigher, or of functions that answer several.'),
    cfg.FloatOpt(
        'cpu_weight_multiplier', mutable=True, default=1.0,
        help='Weight of free CPUs; negative fills hosts up instead of spreading.'),
    cfg.FloatOpt(
        'ram_weight_multiplier', mutable=True, default=1.0,
        help='Weight of free memory; negative fills hosts up instead of spreading.'),
    cfg.FloatOpt(
        'disk_weight_multiplier', mutable=True, default=1.0,
        help='Weight of free disk; negative fills hosts up instead of spreading.'),
    cfg.FloatOpt(
        'io_ops_weight_multiplier', mutable=True, default=-1.0,
        help='Weight of the number of servers that are being built, copied or moved on a '
             'host; negative prefers idle hosts.'),
    cfg.FloatOpt(
        'build_failure_weight_multiplier', mutable=True, default=1000000.0,
        help='How strongly hosts with recent failed builds are avoided.'),
    cfg.FloatOpt(
        'hypervisor_version_weight_multiplier', mutable=True, default=1.0,
        help='Weight of the version of the hypervisor; negative prefers older ones.'),
    cfg.FloatOpt(
        'num_instances_weight_multiplier', mutable=True, default=0.0,
        help='Weight of the number of servers; positive gathers them on few hosts, negative '
             'spreads them.'),
    cfg.FloatOpt(
        'image_props_weight_multiplier', mutable=True, default=0.0,
        help='Weight of servers on a host whose images have the same properties; positive '
             'gathers such servers, negative spreads them.'),
    cfg.ListOpt(
        'image_props_weight_setting', mutable=True, default=[], item_type=IMAGE_PROPERTY,
        help='What each property of an image counts for image_props_weight_multiplier, such as '
             'os_distro=2,hw_machine_type=1; a property that is not named counts nothing. Empty: '
             'all count the same.'),
    cfg.FloatOpt(
        'soft_affinity_weight_multiplier', mutable=True, default=1.0, min=0.0,
        help='How strongly members of server groups with the policy soft-affinity are drawn '
             'to each other.'),
    cfg.FloatOpt(
        'soft_anti_affinity_weight_multiplier', mutable=True, default=1.0, min=0.0,
        help='How strongly members of server groups with the policy soft-anti-affinity are '
             'kept apart.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(SCHEDULER)
    conf.register_opts(SCHEDULER_OPTS, group=SCHEDULER)
    conf.register_group(FILTER_SCHEDULER)
    conf.register_opts(FILTER_OPTS, group=FILTER_SCHEDULER)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {SCHEDULER: SCHEDULER_OPTS, FILTER_SCHEDULER: FILTER_OPTS}
