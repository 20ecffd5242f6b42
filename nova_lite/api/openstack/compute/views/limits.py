# SPDX-License-Identifier: Apache-2.0
"""How the summary of limits is shown, under names of its own: newest form first, then lowered."""

from nova_lite.api.openstack.microversions import Feature
from nova_lite.quota import resources

MOST = {
    'maxTotalInstances': resources.INSTANCES,
    'maxTotalCores': resources.CORES,
    'maxTotalRAMSize': resources.RAM,
    'maxServerMeta': resources.METADATA_ITEMS,
    'maxTotalKeypairs': resources.KEY_PAIRS,
    'maxServerGroups': resources.SERVER_GROUPS,
    'maxServerGroupMembers': resources.SERVER_GROUP_MEMBERS,
}
USED = {
    'totalInstancesUsed': resources.INSTANCES,
    'totalCoresUsed': resources.CORES,
    'totalRAMUsed': resources.RAM,
    'totalServerGroupsUsed': resources.SERVER_GROUPS,
}
OF_FILES = {
    'maxPersonality': resources.INJECTED_FILES,
    'maxPersonalitySize': resources.INJECTED_FILE_CONTENT_BYTES,
}
OF_IMAGES = {'maxImageMeta': resources.METADATA_ITEMS}
OF_NETWORKS = {
    'maxSecurityGroups': resources.SECURITY_GROUPS,
    'maxSecurityGroupRules': resources.SECURITY_GROUP_RULES,
    'maxTotalFloatingIps': resources.FLOATING_IPS,
}
USED_OF_NETWORKS = {
    'totalSecurityGroupsUsed': resources.SECURITY_GROUPS,
    'totalFloatingIpsUsed': resources.FLOATING_IPS,
}

UNTIL = ((Feature.NO_PERSONALITY, OF_FILES), (Feature.NO_IMAGE_METADATA, OF_IMAGES),
         (Feature.NO_PROXIES, OF_NETWORKS))


def absolute(request, limits, used):
    """Answer the limits of a project and what it has, as the request's version names them."""
    shown = {name: limits[resource] for name, resource in MOST.items()}
    shown.update((name, used[resource]) for name, resource in USED.items())
    for feature, names in UNTIL:
        if not request.offers(feature):
            shown.update((name, limits[resource]) for name, resource in names.items())
    if not request.offers(Feature.NO_PROXIES):
        shown.update((name, used[resource]) for name, resource in USED_OF_NETWORKS.items())
    return shown
