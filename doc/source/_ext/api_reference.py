# SPDX-License-Identifier: Apache-2.0
"""``.. api-reference::``: every route of the compute API, drawn from its table.

Summary, versions, policy and schemas are what the API itself works with.
``.. removed-resources::`` lists what there is no more.
"""

import inspect
import json

from docutils import nodes
from docutils.parsers.rst import Directive

from nova_lite.api.openstack import microversions, router
from nova_lite.api.openstack.compute import routes
from nova_lite.api.openstack.compute.routes import removed


def title_of(route):
    """Answer the method and the address, with the action where there is one."""
    action = f' ({route.action})' if route.action else ''
    return f'{route.method} {route.path}{action}'


def summary_of(route):
    """Answer what the route does, in a sentence."""
    return inspect.getdoc(getattr(route.controller, route.handler)).splitlines()[0]


def facts_of(route):
    """Answer (name, text) pairs."""
    last = microversions.MAXIMUM.minor if route.until is None else route.until - 1
    yield 'Microversions', f'2.{int(route.since)} to 2.{int(last)}'
    yield 'Policy', route.policy
    codes = sorted({code for _version, code in route.status.steps()})
    yield 'Answers', ', '.join(map(str, codes))
    known = newest_of(route.query).get('properties', {})
    if known:
        yield 'Query', ', '.join(sorted(known))


def newest_of(series):
    """Answer the schema of the newest version."""
    return series.at(microversions.MAXIMUM).definition


def schemas_of(route):
    """Answer (name, schema) pairs of the newest version."""
    if route.body is not None:
        yield 'Request body', newest_of(route.body)
    if route.response is not router.NO_CONTENT:
        yield 'Answer body', newest_of(route.response)


class ApiReference(Directive):
    """A section for each route."""

    def run(self):
        return [self._section(route) for route in routes.TABLE]

    @staticmethod
    def _section(route):
        made = nodes.section(ids=[nodes.make_id(f'{title_of(route)} {int(route.since)}')])
        made += nodes.title(text=title_of(route))
        made += nodes.paragraph(text=summary_of(route))
        fields = nodes.field_list()
        for name, text in facts_of(route):
            field = nodes.field()
            field += nodes.field_name(text=name)
            field += nodes.field_body('', nodes.paragraph(text=text))
            fields += field
        made += fields
        for name, schema in schemas_of(route):
            text = json.dumps(schema, indent=2)
            made += nodes.paragraph(text=f'{name}, newest version, as a JSON schema:')
            made += nodes.literal_block(text, text, language='json')
        return made


class RemovedResources(Directive):
    """A line for each address."""

    def run(self):
        lines = nodes.bullet_list()
        for path, methods in sorted(removed.BY_ADDRESS.items()):
            line = nodes.paragraph()
            line += nodes.literal(text=path)
            line += nodes.Text(f': {", ".join(methods)}')
            lines += nodes.list_item('', line)
        return [lines]


def setup(app):
    app.add_directive('removed-resources', RemovedResources)
    app.add_directive('api-reference', ApiReference)
    return {'parallel_read_safe': True}
