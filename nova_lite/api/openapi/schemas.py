# SPDX-License-Identifier: Apache-2.0
r"""Schemas as the document has them, collected under names.

The API's own schemas are JSON schemas already, of the dialect of OpenAPI 3.1. Two
things are told in another way: Python's anchors of patterns (``\A``, ``\Z``) are those of
ECMA 262, and what concerns the legacy API only is left out.
"""

from nova_lite.api.openapi import spans
from nova_lite.api.openstack import validation

LEFT_OUT = frozenset({validation.TRIMMED, validation.NULL_IN_V2})
ANCHORS = ((r'\A', '^'), (r'\Z', '$'))
BY_MICROVERSION = {'discriminator': 'microversion'}
BY_ACTION = {'discriminator': 'action'}


def exported(schema):
    """Answer a schema as the document has it; a copy."""
    if isinstance(schema, list | tuple):
        return [exported(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {_name(key): _value(key, part)
            for key, part in schema.items() if key not in LEFT_OUT}


def _name(key):
    return translated(key) if key.startswith('\\A') else key


def _value(key, part):
    return translated(part) if key == 'pattern' and isinstance(part, str) else exported(part)


def translated(pattern):
    """Answer a pattern with the anchors of ECMA 262."""
    for ours, theirs in ANCHORS:
        pattern = pattern.replace(ours, theirs)
    return pattern


class Components:
    """The named schemas of one document."""

    def __init__(self):
        self.schemas = {}

    def add(self, name, schema):
        """Keep a schema under a name; answer the reference to it."""
        self.schemas[name] = schema
        return {'$ref': f'#/components/schemas/{name}'}

    def add_alternatives(self, name, found, outer, **more):
        """Keep the schemas of some microversions under one name; answer the reference to them.

        :param found: alternatives of JSON schemas
        :param outer: the span of what refers to them
        :param more: what each says of itself besides its microversions
        """
        if len(found) == 1:
            (one,) = found
            return self.add(name, spans.marked(exported(one.value), one.span, outer, **more))
        references = [
            self.add(f'{name}_2.{one.span.first}',
                     {**exported(one.value), spans.VERSIONS: one.span.said()}) for one in found]
        return self.add(name, {'oneOf': references,
                               spans.VERSIONS: {**BY_MICROVERSION, **more}})


def inlined(found, outer):
    """Answer one schema for the alternatives of a small one, without a name of its own."""
    if len(found) == 1:
        return exported(found[0].value)
    return {'oneOf': [spans.marked(exported(one.value), one.span, outer) for one in found],
            spans.VERSIONS: BY_MICROVERSION}
