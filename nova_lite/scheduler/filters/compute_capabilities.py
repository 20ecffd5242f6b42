# SPDX-License-Identifier: Apache-2.0
"""What the flavor's extra specs ask of the hypervisor."""

from nova_lite.scheduler import attributes, extra_specs
from nova_lite.scheduler.filters import base

SCOPE = 'capabilities'
INCAPABLE = base.Cause('compute_capabilities', 'does not offer', 'do not offer')


def wanted_of(specs):
    """Answer the extra specs with the scope; of those without one, what attributes are called."""
    return {key: requirement for key, requirement in extra_specs.within(SCOPE, specs).items()
            if key in attributes.NAMES or f'{SCOPE}{extra_specs.SEPARATOR}{key}' in specs}


class ComputeCapabilitiesFilter(base.Filter):
    """The host's attributes meet the extra specs that ask for some."""

    def concerns(self, request):
        return bool(wanted_of(request.extra_specs))

    def needs_for(self, request):
        """Only what is named is read."""
        return attributes.facts_for(
            key.split(extra_specs.SEPARATOR)[0]
            for key in wanted_of(request.extra_specs))

    def why_not(self, request, host):
        """Hold each extra spec against the attribute of that name."""
        wanted = wanted_of(request.extra_specs)
        for key, requirement in wanted.items():
            value = attributes.value_of(host, key.split(extra_specs.SEPARATOR))
            if value is None or not extra_specs.satisfies(value, requirement):
                return base.Rejection(INCAPABLE, detail=extra_specs.in_words(wanted))
        return None
