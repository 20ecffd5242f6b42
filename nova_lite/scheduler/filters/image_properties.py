# SPDX-License-Identifier: Apache-2.0
"""What the image asks of the hypervisor: architecture, type, mode, version."""

from oslo_config import cfg
from oslo_utils import versionutils

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base

CONF = cfg.CONF

UNSUPPORTED = base.Cause('image_properties', 'can not run guests with',
                         'can not run guests with')

# Today's name of each property, and the one that old images still have.
ARCHITECTURE = ('hw_architecture', 'architecture')
HYPERVISOR_TYPE = ('img_hv_type', 'hypervisor_type')
VM_MODE = ('hw_vm_mode', 'vm_mode')
VERSION = ('img_hv_requested_version', 'hypervisor_version_requires')

SYNONYMS = {'amd64': 'x86_64', 'x86-64': 'x86_64', 'x64': 'x86_64', 'i386': 'i686',
            'x86': 'i686', 'arm64': 'aarch64', 'ppc64el': 'ppc64le', 'pv': 'xen', 'hv': 'hvm'}


class ImagePropertiesFilter(base.Filter):
    """The host runs guests of the kind that the image needs."""

    needs = frozenset({Fact.GUESTS})

    def concerns(self, request):
        return bool(any(_wanted(request.image_properties))
                    or _named(request.image_properties, VERSION))

    def why_not(self, request, host):
        """Find one kind of guest of the host that fits all that the image names."""
        wanted = _wanted(request.image_properties)
        version = _named(request.image_properties, VERSION)
        if any(wanted) and not any(_fits(wanted, kind) for kind in host.supported_instances):
            return base.Rejection(UNSUPPORTED, detail=_words(wanted))
        if version and not _satisfies(host.hypervisor_version, version):
            return base.Rejection(UNSUPPORTED, detail=f'hypervisor version {version}')
        return None


def _named(properties, names):
    return next((properties[name] for name in names if properties.get(name)), None)


def _canonical(word):
    word = word.lower()
    return SYNONYMS.get(word, word)


def _wanted(properties):
    """Answer (architecture, hypervisor type, vm mode); None for what the image leaves open."""
    if not properties and not CONF.filter_scheduler.image_properties_default_architecture:
        return ()
    architecture = (_named(properties, ARCHITECTURE)
                    or CONF.filter_scheduler.image_properties_default_architecture)
    words = (architecture, _named(properties, HYPERVISOR_TYPE), _named(properties, VM_MODE))
    return tuple(word and _canonical(word) for word in words)


def _fits(wanted, kind):
    return all(word is None or word == _canonical(offered)
               for word, offered in zip(wanted, kind, strict=True))


def _satisfies(version, requirement):
    """Whether a version number as hypervisors report it meets '>=6.0,<8'.

    A requirement that can't be read is met by no host: guessing would start
    the guest where its owner said that it does not run.
    """
    try:
        predicate = versionutils.VersionPredicate(requirement)
    except ValueError:
        return False
    return predicate.satisfied_by(versionutils.convert_version_to_str(version))


def _words(wanted):
    names = ('architecture', 'hypervisor type', 'mode')
    return ', '.join(f'{name} {word}' for name, word in zip(names, wanted, strict=True) if word)
