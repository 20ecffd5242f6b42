# SPDX-License-Identifier: Apache-2.0
"""Options of how much projects and users may have, with Nova's names and defaults.

A limit of the database goes before the option: nova_lite/quota/limits.py.
"""

import importlib

from oslo_config import cfg

GROUP = cfg.OptGroup('quota', title='Quota', help='How much projects and users may have.')

DATABASE = 'nova.quota.DbQuotaDriver'
NOTHING = 'nova.quota.NoopQuotaDriver'
UNIFIED = 'nova.quota.UnifiedLimitsDriver'

UNIFIED_GROUP = 'oslo_limit'
REQUIRE = 'require'
IGNORE = 'ignore'


def _limit(name, default, what):
    return cfg.IntOpt(name, mutable=True, default=default, min=-1, max=0x7FFFFFFF,
                      help=f'{what}; -1 is without limit.')


OPTIONS = [
    cfg.StrOpt(
        'driver', mutable=True, default=DATABASE, choices=[
            (DATABASE, 'limits of the database and of these options hold'),
            (UNIFIED, 'limits of Keystone hold, which [oslo_limit] says how to ask'),
            (NOTHING, 'nothing is limited or counted')],
        help='What decides whether there may be one more.'),
    _limit('instances', 10, 'Servers that a project may have'),
    _limit('cores', 20, 'Virtual CPUs that the servers of a project may have'),
    _limit('ram', 51200, 'MiB of memory that the servers of a project may have'),
    _limit('metadata_items', 128, 'Items that the metadata of a server or an image may have'),
    _limit('injected_files', 5, 'Files that a create request may carry'),
    _limit('injected_file_content_bytes', 10240, 'Bytes that each of these files may have'),
    _limit('injected_file_path_length', 255, 'Bytes that the path of each may have'),
    _limit('key_pairs', 100, 'Key pairs that a user may have'),
    _limit('server_groups', 10, 'Server groups that a project may have'),
    _limit('server_group_members', 10, 'Servers that a server group may have'),
    cfg.StrOpt(
        'unified_limits_resource_strategy', default=REQUIRE, choices=[
            (REQUIRE, 'listed ones may not be had at all, others without limit'),
            (IGNORE, 'listed ones may be had without limit, others not at all')],
        help='What holds for resources that Keystone has no registered limit for.'),
    cfg.ListOpt(
        'unified_limits_resource_list', default=['servers'],
        help='Resources, by their names in Keystone, that the strategy is about.'),
]

UNIFIED_OPTIONS = [
    cfg.StrOpt(
        'endpoint_id',
        help='Id of the endpoint of the compute API in Keystone, whose limits are enforced.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)
    conf.register_opts(UNIFIED_OPTIONS, group=UNIFIED_GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    sessions = importlib.import_module('nova_lite.keystone_sessions')
    return {GROUP: OPTIONS, UNIFIED_GROUP: [
        *UNIFIED_OPTIONS, *sessions.session_options(), *sessions.adapter_options()]}
