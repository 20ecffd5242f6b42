# SPDX-License-Identifier: Apache-2.0
"""Puts the OpenAPI document beside the pages: api-ref/openapi.json, and one of the newest version.

api-ref/openapi.rst links them; nova_lite/api/openapi makes them.
"""

import pathlib

from nova_lite.api.openapi import document, spans
from nova_lite.api.openstack import microversions

DIRECTORY = 'api-ref'
FILES = {'openapi.json': spans.WHOLE, 'openapi-newest.json': spans.only(microversions.MAXIMUM)}


def write(directory):
    """Write the documents into a directory."""
    for name, span in FILES.items():
        text = document.text_of(document.make(span), indent=1)
        (pathlib.Path(directory) / name).write_text(f'{text}\n', encoding='utf-8')


def write_beside_pages(app, error):
    """Write the documents once the pages are there."""
    if error is None and app.builder.format == 'html':
        write(pathlib.Path(app.outdir) / DIRECTORY)


def setup(app):
    app.connect('build-finished', write_beside_pages)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
