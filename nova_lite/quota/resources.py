# SPDX-License-Identifier: Apache-2.0
"""What can be limited, by the names of the API, and the options with the default limits."""

from oslo_config import cfg

from nova_lite.conf import quota as options

CONF = cfg.CONF

UNLIMITED = -1

INSTANCES = 'instances'
CORES = 'cores'
RAM = 'ram'
METADATA_ITEMS = 'metadata_items'
INJECTED_FILES = 'injected_files'
INJECTED_FILE_CONTENT_BYTES = 'injected_file_content_bytes'
INJECTED_FILE_PATH_BYTES = 'injected_file_path_bytes'
KEY_PAIRS = 'key_pairs'
SERVER_GROUPS = 'server_groups'
SERVER_GROUP_MEMBERS = 'server_group_members'

OF_SERVERS = (INSTANCES, CORES, RAM)
"""What servers use up; they are counted together."""

OF_INJECTED_FILES = (INJECTED_FILES, INJECTED_FILE_CONTENT_BYTES, INJECTED_FILE_PATH_BYTES)
OF_SERVER_GROUPS = (SERVER_GROUPS, SERVER_GROUP_MEMBERS)

COUNTED = (*OF_SERVERS, METADATA_ITEMS, *OF_INJECTED_FILES, KEY_PAIRS, *OF_SERVER_GROUPS)

FIXED_IPS = 'fixed_ips'
FLOATING_IPS = 'floating_ips'
SECURITY_GROUPS = 'security_groups'
SECURITY_GROUP_RULES = 'security_group_rules'

OF_NETWORKS = (FIXED_IPS, FLOATING_IPS, SECURITY_GROUPS, SECURITY_GROUP_RULES)
"""What the network service limits: recorded and shown to old clients, counted by nobody here."""

ALL = (*COUNTED, *OF_NETWORKS)

OPTION_OF = {INJECTED_FILE_PATH_BYTES: 'injected_file_path_length'}
"""Options that have not the name of what they limit."""


def are_limited():
    """Answer whether limits of the database hold."""
    return CONF.quota.driver == options.DATABASE


def are_unified():
    """Answer whether limits of Keystone hold."""
    return CONF.quota.driver == options.UNIFIED


def defaults():
    """Answer the limits of the configuration: {resource: limit}."""
    if CONF.quota.driver == options.NOTHING:
        return dict.fromkeys(ALL, UNLIMITED)
    limits = {resource: CONF.quota[OPTION_OF.get(resource, resource)] for resource in COUNTED}
    return {**limits, **dict.fromkeys(OF_NETWORKS, UNLIMITED)}
