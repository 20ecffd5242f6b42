# SPDX-License-Identifier: Apache-2.0
"""One operation of the document: the routes of a method and an address.

They are several where an address changed with a microversion, and where its body
names one of many actions, which OpenAPI has no other way to tell apart.
"""

import dataclasses
import functools
import inspect
import re

from nova_lite.api.openapi import headers, refusals, schemas, spans
from nova_lite.api.openstack import router

JSON = 'application/json'
OTHER_PARAMETERS = 'others'
REQUEST = 'Request'
REMOVED = 'removed'
REMOVED_SUMMARY = 'Is in no microversion any more.'
ACTION_SUMMARY = 'Do what the body names.'


def id_of(method, path):
    """Answer the name of an operation, which no other has."""
    return re.sub(r'\W+', '_', f'{method.lower()}{path}').strip('_')


def tag_of(row):
    """Answer the resource that a route belongs to."""
    if row.action:
        return row.path.split('/')[1].removeprefix('os-')
    return row.controller.__module__.rpartition('.')[2].replace('_', '-')


def summary_of(row):
    """Answer what a route does, in a sentence."""
    return inspect.getdoc(getattr(row.controller, row.handler)).splitlines()[0]


@dataclasses.dataclass(frozen=True)
class Known:
    """What a document tells of.

    :ivar table: the routes that its microversions have
    :ivar gone: (method, path) pairs of what no microversion has any more
    """

    span: spans.Span
    table: list
    gone: tuple = ()

    @functools.cached_property
    def methods(self):
        """Path -> methods."""
        found = {}
        for path, method in [*((row.path, row.method) for row in self.table),
                             *((path, method) for method, path in self.gone)]:
            found.setdefault(path, set()).add(method)
        return found


def removed(method, path):
    """Answer the operation object of what no microversion has any more."""
    return {'operationId': id_of(method, path), 'tags': [REMOVED], 'summary': REMOVED_SUMMARY,
            'deprecated': True, 'parameters': [*_of_path(path), *headers.references()],
            'responses': {str(code): refusals.reference_to(code)
                          for code in sorted(refusals.OF_REMOVED)}}


def _of_path(path):
    return [{'name': name, 'in': 'path', 'required': True,
             'schema': {'type': 'string', 'minLength': 1}}
            for name in re.findall(r'{(\w+)}', path)]


class Operation:
    """What a document says of a method of an address.

    :param rows: its routes
    :param known: what else the document tells of
    """

    def __init__(self, rows, known, components):
        self.rows = rows
        self.known = known
        self.span = known.span
        self.components = components
        self.id = id_of(rows[0].method, rows[0].path)
        self.lasts = spans.alternatives(
            self.span, lambda version: self._at(version) or None)
        self.newest = self.lasts[-1].value[0]

    def _at(self, version):
        return [row for row in self.rows if row.is_in(version)]

    def described(self):
        """Answer the operation object."""
        made = {'operationId': self.id, 'tags': [tag_of(self.newest)], **self._words(),
                'parameters': [*_of_path(self.rows[0].path), *self._of_query(),
                               *self._of_headers()]}
        if any(row.body is not None for row in self.rows):
            made['requestBody'] = {'required': True, 'content': self._content(self._bodies())}
        made['responses'] = {**self._successes(), **self._refusals()}
        made['x-openstack-policy'] = self._policies()
        inner = spans.of_all(self.lasts)
        if inner.last != self.span.last:
            made['deprecated'] = True
        return spans.marked(made, inner, self.span, **self._unknown_parameters())

    def _words(self):
        if self.newest.action:
            actions = sorted({row.action: summary_of(row) for row in self.rows}.items())
            return {'summary': ACTION_SUMMARY, 'description': '\n'.join(
                f'* `{name}`: {words}' for name, words in actions)}
        return {'summary': summary_of(self.newest)}

    def _policies(self):
        if self.newest.action:
            return {row.action: row.policy for row in self.rows}
        names = sorted({row.policy for row in self.rows})
        return names[0] if len(names) == 1 else names

    # What is sent

    def _query_at(self, version):
        found = self._at(version)
        return found[0].query.at(version).definition if found else {}

    def _of_query(self):
        names = {name: None for version in self.span
                 for name in self._query_at(version).get('properties', ())}
        for name in names:
            found = spans.alternatives(
                self.span, lambda version, name=name: self._query_at(version).get(
                    'properties', {}).get(name))
            yield spans.marked(
                {'name': name, 'in': 'query', 'style': 'form', 'explode': True,
                 'schema': schemas.inlined(found, self.span)}, spans.of_all(found), self.span)
        yield from self._of_any_name()

    def _of_any_name(self):
        """Yield the one parameter that stands for all whose names follow a pattern."""
        found = spans.alternatives(
            self.span, lambda version: self._query_at(version).get('patternProperties') or None)
        if found:
            pattern = {'type': 'object', 'patternProperties': found[-1].value,
                       'additionalProperties': False}
            yield spans.marked(
                {'name': OTHER_PARAMETERS, 'in': 'query', 'style': 'form', 'explode': True,
                 'schema': schemas.exported(pattern)}, spans.of_all(found), self.span)

    def _unknown_parameters(self):
        """Say that parameters which the operation does not know are refused; OpenAPI can not."""
        strict = [version for version in self.span
                  if self._query_at(version).get('additionalProperties') is False]
        if not strict:
            return {}
        return {'unknown-query-parameters': 'refused' if strict[0].minor == self.span.first
                else f'refused since {strict[0]}'}

    def _of_headers(self):
        own = {name: words for row in self.rows for name, words in row.request_headers.items()}
        return [*headers.references(), *(
            {'name': name, 'in': 'header', 'description': words, 'schema': {'type': 'string'}}
            for name, words in own.items())]

    def _bodies(self):
        def schema_at(row, version):
            return row.body and row.body.at(version)
        return {action: self._schemas_of(rows, schema_at)
                for action, rows in self._by_action().items()}

    def _by_action(self):
        found = {}
        for row in self.rows:
            found.setdefault(row.action, []).append(row)
        return found

    def _schemas_of(self, rows, schema_at):
        """Answer the alternatives of what routes of one action send or answer."""
        def at(version):
            for row in rows:
                if row.is_in(version):
                    schema = schema_at(row, version)
                    return schema and schema.definition
            return None
        return spans.alternatives(self.span, at)

    def _content(self, by_action, kind=REQUEST):
        """Answer the content whose schema depends on the action and on the microversion."""
        references = []
        for action, found in by_action.items():
            said = {'action-name': action} if action else {}
            name = f'{self.id}_{action}' if action else self.id
            references.append(self.components.add_alternatives(
                f'{re.sub(r"[^A-Za-z0-9_]", "_", name)}_{kind}', found, self.span, **said))
        if len(references) == 1:
            return {JSON: {'schema': references[0]}}
        # Bodies of requests differ by their key, answers may be alike.
        word = 'oneOf' if kind == REQUEST else 'anyOf'
        return {JSON: {'schema': {word: references, spans.VERSIONS: schemas.BY_ACTION}}}

    # What is answered

    def _successes(self):
        codes = {code for row in self.rows for version in self.span if row.is_in(version)
                 for code in (row.status.at(version), row.unchanged) if code}
        return {str(code): self._success(code) for code in sorted(codes)}

    def _success(self, code):
        def schema_at(row, version):
            if code not in (row.status.at(version), row.unchanged):
                return None
            schema = row.response.at(version)
            return None if schema.definition == router.NOTHING else schema
        by_action = {action: found for action, rows in self._by_action().items()
                     if (found := self._schemas_of(rows, schema_at))}
        own = {name: words for row in self.rows for name, words in row.response_headers.items()}
        made = {'description': 'It is done.' if code != 202 else 'It has begun.',
                'headers': {**headers.OF_ANSWERS, **{
                    name: {'description': words, 'schema': {'type': 'string'}}
                    for name, words in own.items()}}}
        if by_action:
            made['content'] = self._content(by_action, f'Response{code}')
        return made

    def _refusals(self):
        codes = set().union(*(refusals.codes_of(row, self.known.methods) for row in self.rows))
        codes |= refusals.codes_outside(self.rows, self.span)
        return {str(code): refusals.reference_to(code) for code in sorted(codes)}
