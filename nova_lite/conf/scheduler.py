# SPDX-License-Identifier: Apache-2.0
"""Options of the scheduler, with Nova's names and groups."""

from oslo_config import cfg

SCHEDULER = cfg.OptGroup('scheduler', title='Choosing hosts')
FILTER_SCHEDULER = cfg.OptGroup('filter_scheduler', title='Filters and weights')

SCHEDULER_OPTS = [
    cfg.StrOpt(
        'driver', default='filter_scheduler',
        help="""
Who puts the hosts in order: ``filter_scheduler`` (the enabled filters, then the
weights), ``chance_scheduler`` (any host that works and has room), or the dotted
path of a class derived from nova_lite.scheduler.drivers.base.Driver.
"""),
    cfg.IntOpt(
        'max_attempts', default=3, min=1,
        help='Hosts that a server is tried on before it goes to error; one less is kept as '
             'alternates with each decision.'),
    cfg.IntOpt(
        'max_placement_results', default=1000, min=1,
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
        'host_subset_size', default=1, min=1,
        help='A host is chosen at random among so many of the best; more than 1 keeps '
             'several schedulers from going for the same host.'),
    cfg.BoolOpt(
        'shuffle_best_same_weighed_hosts', default=False,
        help='Mix the hosts that share the best weight, instead of taking them in the '
             'order in which they were registered.'),
    cfg.MultiStrOpt(
        'available_filters', default=['nova_lite.scheduler.filters.all_filters'],
        help="""
Filters that may be enabled: dotted paths of classes derived from
nova_lite.scheduler.filters.base.Filter, or of functions that answer several.
"""),
    cfg.ListOpt(
        'enabled_filters',
        default=['ComputeFilter', 'AvailabilityZoneFilter', 'ImagePropertiesFilter',
                 'SameHostFilter', 'DifferentHostFilter'],
        help="""
Names of the filters that each host must pass, in this order.

ComputeFilter and the filters for room (CoreFilter, RamFilter, DiskFilter) run
whether they are named or not, because a claim demands the same.
"""),
    cfg.StrOpt(
        'image_properties_default_architecture',
        help='Architecture of images that name none, such as x86_64 or aarch64; unset: any.'),
    cfg.ListOpt(
        'weight_classes', default=['nova_lite.scheduler.weights.all_weighers'],
        help='Weighers in use: dotted paths of classes derived from '
             'nova_lite.scheduler.weights.base.Weigher, or of functions that answer several.'),
    cfg.FloatOpt(
        'cpu_weight_multiplier', default=1.0,
        help='Weight of free CPUs; negative fills hosts up instead of spreading.'),
    cfg.FloatOpt(
        'ram_weight_multiplier', default=1.0,
        help='Weight of free memory; negative fills hosts up instead of spreading.'),
    cfg.FloatOpt(
        'disk_weight_multiplier', default=1.0,
        help='Weight of free disk; negative fills hosts up instead of spreading.'),
    cfg.FloatOpt(
        'io_ops_weight_multiplier', default=-1.0,
        help='Weight of the number of servers that are being built, copied or moved on a '
             'host; negative prefers idle hosts.'),
    cfg.FloatOpt(
        'build_failure_weight_multiplier', default=1000000.0,
        help='How strongly hosts with recent failed builds are avoided.'),
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
