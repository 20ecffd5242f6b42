# SPDX-License-Identifier: Apache-2.0
"""The extensions that the compute API once had, all of which are part of it today.

Old clients look here for what a cloud can do. Nova tells them the same of every
cloud, and so does this: also of what was removed long ago, because a client
that looks for the name finds out at the address.
"""

ROWS = (
    ('NMN', 'Multinic', 'Add and remove fixed addresses of servers.'),
    ('OS-DCF', 'DiskConfig', 'Partitioning of the root disk by the cloud or by its owner.'),
    ('OS-EXT-AZ', 'ExtendedAvailabilityZone', 'Availability zone with servers.'),
    ('OS-EXT-IMG-SIZE', 'ImageSize', 'Size with images.'),
    ('OS-EXT-IPS', 'ExtendedIps', 'Type of address with the addresses of servers.'),
    ('OS-EXT-IPS-MAC', 'ExtendedIpsMac', 'MAC address with the addresses of servers.'),
    ('OS-EXT-SRV-ATTR', 'ExtendedServerAttributes', 'Host and hypervisor with servers.'),
    ('OS-EXT-STS', 'ExtendedStatus', 'State of the task, the server and its power.'),
    ('OS-FLV-DISABLED', 'FlavorDisabled', 'Whether a flavor is disabled.'),
    ('OS-FLV-EXT-DATA', 'FlavorExtraData', 'Size of the ephemeral disk with flavors.'),
    ('OS-SCH-HNT', 'SchedulerHints', 'Hints about where a server is to go.'),
    ('OS-SRV-USG', 'ServerUsage', 'When a server was launched and terminated.'),
    ('os-access-ips', 'AccessIPs', 'Addresses by which a server is to be reached.'),
    ('os-admin-actions', 'AdminActions', 'Actions on servers for admins.'),
    ('os-admin-password', 'AdminPassword', "Change of a server's password."),
    ('os-agents', 'Agents', 'Builds of guest agents.'),
    ('os-aggregates', 'Aggregates', 'Aggregates of hosts.'),
    ('os-assisted-volume-snapshots', 'AssistedVolumeSnapshots',
     'Snapshots of volumes with the help of the server that uses them.'),
    ('os-attach-interfaces', 'AttachInterfaces', 'Interfaces of servers.'),
    ('os-availability-zone', 'AvailabilityZone', 'Availability zones.'),
    ('os-baremetal-ext-status', 'BareMetalExtStatus', 'More of the status of bare metal nodes.'),
    ('os-baremetal-nodes', 'BareMetalNodes', 'Bare metal nodes.'),
    ('os-block-device-mapping', 'BlockDeviceMapping', 'Disks of servers, in their newer form.'),
    ('os-block-device-mapping-v2-boot', 'BlockDeviceMappingV2Boot',
     'Boot from disks that are given in their newer form.'),
    ('os-cell-capacities', 'CellCapacities', 'Capacities of cells.'),
    ('os-cells', 'Cells', 'Cells of the first kind.'),
    ('os-certificates', 'Certificates', 'X.509 certificates.'),
    ('os-cloudpipe', 'Cloudpipe', 'Servers for VPNs into projects.'),
    ('os-cloudpipe-update', 'CloudpipeUpdate', 'Address and port of VPNs into projects.'),
    ('os-config-drive', 'ConfigDrive', 'Whether a server has a config drive.'),
    ('os-console-auth-tokens', 'ConsoleAuthTokens', 'What a token of a console is good for.'),
    ('os-console-output', 'ConsoleOutput', 'Console log of servers.'),
    ('os-consoles', 'Consoles', 'Consoles of servers.'),
    ('os-create-backup', 'CreateBackup', 'Backups of servers.'),
    ('os-create-server-ext', 'Createserverext', 'More of what a server is made of.'),
    ('os-deferred-delete', 'DeferredDelete', 'Restore of servers that were deleted softly.'),
    ('os-evacuate', 'Evacuate', 'Evacuation of servers from a host that failed.'),
    ('os-extended-evacuate-find-host', 'ExtendedEvacuateFindHost',
     'Evacuation to a host that the scheduler finds.'),
    ('os-extended-floating-ips', 'ExtendedFloatingIps',
     'Choice of the fixed address that a floating one goes to.'),
    ('os-extended-hypervisors', 'ExtendedHypervisors', 'More of hypervisors.'),
    ('os-extended-networks', 'ExtendedNetworks', 'More of networks.'),
    ('os-extended-quotas', 'ExtendedQuotas', 'Delete of quotas, and force.'),
    ('os-extended-rescue-with-image', 'ExtendedRescueWithImage',
     'Choice of the image of a rescue.'),
    ('os-extended-services', 'ExtendedServices', 'Reason for which a service is disabled.'),
    ('os-extended-services-delete', 'ExtendedServicesDelete', 'Delete of services.'),
    ('os-extended-status', 'ExtendedStatus', 'State of the task, the server and its power.'),
    ('os-extended-volumes', 'ExtendedVolumes', 'Volumes with servers.'),
    ('os-fixed-ips', 'FixedIPs', 'Fixed addresses.'),
    ('os-flavor-access', 'FlavorAccess', 'Projects that may use a flavor.'),
    ('os-flavor-extra-specs', 'FlavorExtraSpecs', 'Extra specs of flavors.'),
    ('os-flavor-manage', 'FlavorManage', 'Create and delete of flavors.'),
    ('os-flavor-rxtx', 'FlavorRxtx', 'Share of the network with flavors.'),
    ('os-flavor-swap', 'FlavorSwap', 'Size of the swap disk with flavors.'),
    ('os-floating-ip-dns', 'FloatingIpDns', 'Names of floating addresses.'),
    ('os-floating-ip-pools', 'FloatingIpPools', 'Pools of floating addresses.'),
    ('os-floating-ips', 'FloatingIps', 'Floating addresses.'),
    ('os-floating-ips-bulk', 'FloatingIpsBulk', 'Ranges of floating addresses.'),
    ('os-fping', 'Fping', 'Whether servers answer to ping.'),
    ('os-hide-server-addresses', 'HideServerAddresses', 'No addresses while a server is built.'),
    ('os-hosts', 'Hosts', 'Hosts.'),
    ('os-hypervisor-status', 'HypervisorStatus', 'Status of hypervisors.'),
    ('os-hypervisors', 'Hypervisors', 'Hypervisors.'),
    ('os-instance-actions', 'InstanceActions', 'What was asked of servers, and how it went.'),
    ('os-instance_usage_audit_log', 'OSInstanceUsageAuditLog', 'Log of usage audits.'),
    ('os-keypairs', 'Keypairs', 'Key pairs.'),
    ('os-lock-server', 'LockServer', 'Lock and unlock of servers.'),
    ('os-migrate-server', 'MigrateServer', 'Migration of servers, also while they run.'),
    ('os-migrations', 'Migrations', 'Migrations of servers.'),
    ('os-multiple-create', 'MultipleCreate', 'Create of several servers at once.'),
    ('os-networks', 'Networks', 'Networks, for admins.'),
    ('os-networks-associate', 'NetworkAssociationSupport',
     'Ties between networks, projects and hosts.'),
    ('os-pause-server', 'PauseServer', 'Pause and unpause of servers.'),
    ('os-personality', 'Personality', 'Files that are put into a new server.'),
    ('os-preserve-ephemeral-rebuild', 'PreserveEphemeralOnRebuild',
     'Rebuild that keeps the ephemeral disk.'),
    ('os-quota-class-sets', 'QuotaClasses', 'Classes of quotas.'),
    ('os-quota-sets', 'Quotas', 'Quotas.'),
    ('os-rescue', 'Rescue', 'Rescue and unrescue of servers.'),
    ('os-security-group-default-rules', 'SecurityGroupDefaultRules',
     'Rules that new security groups get.'),
    ('os-security-groups', 'SecurityGroups', 'Security groups.'),
    ('os-server-diagnostics', 'ServerDiagnostics', 'Diagnostics of servers.'),
    ('os-server-external-events', 'ServerExternalEvents',
     'Events that other services tell of servers.'),
    ('os-server-group-quotas', 'ServerGroupQuotas', 'Quotas of server groups.'),
    ('os-server-groups', 'ServerGroups', 'Server groups.'),
    ('os-server-list-multi-status', 'ServerListMultiStatus',
     'Lists of servers that have one of several states.'),
    ('os-server-password', 'ServerPassword', 'Passwords that servers have made for themselves.'),
    ('os-server-sort-keys', 'ServerSortKeys', 'Order of lists of servers.'),
    ('os-server-start-stop', 'ServerStartStop', 'Start and stop of servers.'),
    ('os-services', 'Services', 'Services.'),
    ('os-shelve', 'Shelve', 'Shelve and unshelve of servers.'),
    ('os-simple-tenant-usage', 'SimpleTenantUsage', 'What projects have used.'),
    ('os-suspend-server', 'SuspendServer', 'Suspend and resume of servers.'),
    ('os-tenant-networks', 'OSTenantNetworks', 'Networks that a project may use.'),
    ('os-used-limits', 'UsedLimits', 'What is used of limits.'),
    ('os-used-limits-for-admin', 'UsedLimitsForAdmin',
     "What is used of any project's limits, for admins."),
    ('os-user-data', 'UserData', 'User data of servers.'),
    ('os-user-quotas', 'UserQuotas', 'Quotas of users.'),
    ('os-virtual-interfaces', 'VirtualInterfaces', 'Virtual interfaces of servers.'),
    ('os-volume-attachment-update', 'VolumeAttachmentUpdate',
     'Exchange of a volume of a server for another.'),
    ('os-volumes', 'Volumes', 'Volumes and snapshots.'),
)
"""Alias, name and what it is about."""

NAMESPACE = 'http://docs.openstack.org/compute/ext/fake_xml'
UPDATED = '2014-12-03T00:00:00Z'
"""Of all of them: the words of the API's XML form, and when they became part of the API."""

OF_V2 = ('OS-EXT-VIF-NET', 'ExtendedVIFNet', 'Network with the virtual interfaces of servers.')
"""What only the legacy API had under a name of its own."""


def _listed(rows):
    return {alias: {'alias': alias, 'name': name, 'description': description, 'links': [],
                    'namespace': NAMESPACE, 'updated': UPDATED}
            for alias, name, description in sorted(rows)}


ALL = _listed(ROWS)
ALL_OF_V2 = _listed([*ROWS, OF_V2])
