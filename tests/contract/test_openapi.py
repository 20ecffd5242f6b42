# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document is valid and complete, for each microversion and for all of them."""

import importlib
import json
import re
import sys

import openapi_spec_validator

from nova_lite import policies
from nova_lite.api.openapi import document, spans
from nova_lite.api.openstack import microversions
from nova_lite.api.openstack.compute import routes
from nova_lite.api.openstack.compute.routes import removed
from tests import base

METHODS = frozenset({'get', 'post', 'put', 'delete', 'patch'})


STEPS = tuple(map(microversions.Microversion, sorted(set(microversions.Feature))))
"""The microversions that differ from the one before; for all others nothing else is written."""


def plain(span):
    """Answer a document as a client reads it."""
    return json.loads(document.text_of(document.make(span)))


def operations_of(made):
    """Yield (method, path, operation)."""
    for path, item in made['paths'].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def references_in(part):
    """Yield the references of a part of a document."""
    if isinstance(part, dict):
        if isinstance(part.get('$ref'), str):
            yield part['$ref']
        for value in part.values():
            yield from references_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from references_in(value)


def closure(made, part):
    """Answer the references of a part, and those of what they lead to."""
    found, pending = set(), list(references_in(part))
    while pending:
        reference = pending.pop()
        if reference not in found:
            found.add(reference)
            pending.extend(references_in(target(made, reference)))
    return found


def target(made, reference):
    """Answer what a reference leads to.

    :raises KeyError: if that is nothing
    """
    part = made
    for name in reference.removeprefix('#/').split('/'):
        part = part[name]
    return part


class WithoutKnownParts:
    """Shortens documents by the addresses that an earlier one had exactly so."""

    def __init__(self):
        self._known = set()

    def of(self, made):
        """Answer the document with the addresses alone that are new in it."""
        paths = {path: item for path, item in made['paths'].items() if self._is_new(made, item)}
        needed = closure(made, paths)
        components = {kind: {name: part for name, part in named.items()
                             if kind == 'securitySchemes'
                             or f'#/components/{kind}/{name}' in needed}
                      for kind, named in made['components'].items()}
        return {**made, 'paths': paths, 'components': components}

    def _is_new(self, made, item):
        # Each document names its microversion in a parameter; that one differs for sure.
        whole = [item, *(target(made, reference) for reference in sorted(closure(made, item))
                         if 'microversion' not in reference)]
        print_of_it = json.dumps(whole, sort_keys=True)
        is_new = print_of_it not in self._known
        self._known.add(print_of_it)
        return is_new


class PublishedTest(base.TestCase):

    def test_documentation_has_the_documents_that_its_page_links(self):
        sys.path.insert(0, str(base.TOP / 'doc/source/_ext'))
        self.addCleanup(sys.path.pop, 0)
        directory = self.temporary_directory()
        importlib.import_module('openapi_document').write(directory)
        page = (base.TOP / 'doc/source/api-ref/openapi.rst').read_text(encoding='utf-8')
        linked = re.findall(r'<([\w.-]+\.json)>', page)
        self.assertEqual(2, len(linked))
        self.assertEqual(sorted(linked), sorted(path.name for path in directory.iterdir()))
        for name in linked:
            self.assertEqual('3.1.0', json.loads((directory / name).read_text())['openapi'])


class OpenApiTest(base.TestCase):

    time_limit = 120

    def test_document_of_all_microversions_is_valid(self):
        openapi_spec_validator.validate(plain(spans.WHOLE))

    def test_document_of_each_microversion_is_valid(self):
        shortened = WithoutKnownParts()
        for version in STEPS:
            made = shortened.of(plain(spans.only(version)))
            openapi_spec_validator.validate(made)

    def test_each_has_the_addresses_that_its_microversion_has(self):
        for version in STEPS:
            made = document.make(spans.only(version))
            told = {(method, path) for method, path, operation in operations_of(made)
                    if operation['tags'] != ['removed']}
            self.assertEqual({(row.method, row.path) for row in routes.TABLE
                              if row.is_in(version)}, told)
            gone = {(method, path) for method, path, _operation in operations_of(made)} - told
            self.assertEqual(set(removed.TABLE), gone)

    def test_each_microversion_has_one_schema_of_each_thing(self):
        for version in STEPS:
            text = document.text_of(document.make(spans.only(version)))
            for word in ('"min-ver"', '"max-ver"', '"discriminator":"microversion"'):
                self.assertNotIn(word, text)

    def test_operations_have_names_of_their_own_and_say_what_they_do(self):
        for span in (spans.WHOLE, spans.only(microversions.MINIMUM)):
            made = document.make(span)
            names = [operation['operationId'] for *_where, operation in operations_of(made)]
            self.assertEqual(sorted(set(names)), sorted(names))
            tags = {tag['name'] for tag in made['tags']}
            for method, path, operation in operations_of(made):
                self.assertRegex(operation['summary'], r'^[A-Z].*\.$', (method, path))
                self.assertLessEqual(set(operation['tags']), tags)
            self.assertNotIn('', [tag['description'] for tag in made['tags']])

    def test_policies_are_those_that_there_are(self):
        known = {rule.name for rule in policies.list_rules()}
        for method, path, operation in operations_of(document.make()):
            asked = operation.get('x-openstack-policy', [])
            if isinstance(asked, str):
                asked = [asked]
            names = asked.values() if isinstance(asked, dict) else asked
            self.assertLessEqual(set(names), known)
            self.assertEqual(operation['tags'] != ['removed'], bool(names), (method, path))

    def test_all_references_lead_somewhere_and_everything_is_referred_to(self):
        for span in (spans.WHOLE, spans.only(microversions.MAXIMUM)):
            made = document.make(span)
            used = closure(made, made['paths'])
            named = {f'#/components/{kind}/{name}' for kind, parts in made['components'].items()
                     if kind != 'securitySchemes' for name in parts}
            self.assertEqual(named, used)
