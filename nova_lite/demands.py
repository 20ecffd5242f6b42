# SPDX-License-Identifier: Apache-2.0
"""What extra specs and image properties ask of a node: amounts of resources, and traits. Pure.

``resources:CLASS=N`` says what a server takes of a class instead of what its
flavor says, ``trait:NAME=required`` (or ``forbidden``) what its node has to be.
``resources1:`` and ``trait1:`` are a group of such demands. A node is one
provider of resources here, so that the groups of a flavor meet on it: amounts
add up and traits hold for all. Groups that have to be kept apart can not be.

The API refuses what nobody can mean (api/.../extra_spec_rules.py), the scheduler
takes what is in the record (scheduler/request.py).
"""

import dataclasses
import re

import os_resource_classes as orc
import os_traits

RESOURCES, TRAIT = 'resources', 'trait'
REQUIRED, FORBIDDEN = 'required', 'forbidden'
GROUP_POLICY = 'group_policy'
ISOLATE, NONE = 'isolate', 'none'

KEY = re.compile(r'(resources|trait)([0-9A-Za-z_-]{1,64})?:([A-Z0-9_]+)')
"""Kind, suffix of the group, and the class or trait."""

CUSTOM = re.compile(r'CUSTOM_[A-Z0-9_]+')
NAME = re.compile(r'[A-Z][A-Z0-9_]*')
LONGEST_TRAIT = 255
LONGEST_CLASS = 64

MOST = 2**31 - 1
"""Of a class; more than any node can have, and the most that the database can count."""

_NUMBER = re.compile(r'[0-9]{1,18}', re.ASCII)
_STANDARD_CLASSES = frozenset(orc.STANDARDS)
_STANDARD_TRAITS = frozenset(os_traits.get_traits())


@dataclasses.dataclass(frozen=True)
class Demands:
    """What is asked of the node of one server.

    :ivar amounts: resource class -> amount, 0 too; other classes are as the flavor has them
    :ivar required: traits that the node must have
    :ivar forbidden: traits that it must not have
    :ivar apart: suffixes of the groups that may not meet on one node; empty or several
    :ivar unreadable: keys whose values mean nothing
    """

    amounts: dict
    required: frozenset = frozenset()
    forbidden: frozenset = frozenset()
    apart: tuple = ()
    unreadable: tuple = ()


def is_resource_class(name):
    """Whether there can be a resource class of that name."""
    return len(name) <= LONGEST_CLASS and (
        name in _STANDARD_CLASSES or CUSTOM.fullmatch(name) is not None)


def is_trait(name):
    """Whether there can be a trait of that name."""
    return len(name) <= LONGEST_TRAIT and (
        name in _STANDARD_TRAITS or CUSTOM.fullmatch(name) is not None)


def amount_of(text):
    """Answer the amount that a text is; None if it is none."""
    return min(int(text), MOST) if _NUMBER.fullmatch(text) else None


def of_specs(extra_specs, image_properties=None):
    """Answer the Demands of a flavor and of an image."""
    read = _Reader()
    for key, value in sorted(extra_specs.items()):
        read.add(key, value)
    for key, value in sorted((image_properties or {}).items()):
        if key.startswith(f'{TRAIT}:'):
            read.add(key, value)
    isolated = extra_specs.get(GROUP_POLICY) == ISOLATE and len(read.groups) > 1
    return Demands(
        amounts={name: min(amount, MOST) for name, amount in read.amounts.items()},
        required=frozenset(read.traits[REQUIRED]), forbidden=frozenset(read.traits[FORBIDDEN]),
        apart=tuple(sorted(read.groups)) if isolated else (), unreadable=tuple(read.unreadable))


class _Reader:
    """Adds demands up.

    :ivar groups: suffixes of the groups that take something
    """

    def __init__(self):
        self.amounts = {}
        self.traits = {REQUIRED: set(), FORBIDDEN: set()}
        self.groups = set()
        self.unreadable = []

    def add(self, key, value):
        """Count one spec in, if it is one of ours."""
        found = KEY.fullmatch(key)
        if found is None:
            return
        kind, suffix, name = found.groups()
        if not (self._take(suffix, name, value) if kind == RESOURCES
                else self._want(name, value)):
            self.unreadable.append(key)

    def _take(self, suffix, name, value):
        amount = amount_of(value)
        if amount is None:
            return False
        self.amounts[name] = self.amounts.get(name, 0) + amount
        if suffix and amount:
            self.groups.add(suffix)
        return True

    def _want(self, name, value):
        if value not in self.traits:
            return False
        self.traits[value].add(name)
        return True
