# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage api``: what the compute API is, without a running one."""

import pathlib

from oslo_utils import importutils

from nova_lite.cmd.manage import printing

GENERATOR = 'nova_lite.api.openapi.document'
"""By name: it loads the whole API, which no other command needs."""

ROOT = '/v2.1'


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('api', help='what the compute API is')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    command = commands.add_parser('openapi', help='write the OpenAPI document of the API')
    command.add_argument('--microversion', metavar='VERSION',
                         help='of this one exactly, such as 2.96 or latest (default: all of them)')
    command.add_argument('--url', default=ROOT,
                         help=f"the API's root in the document (default: {ROOT})")
    command.add_argument('--output', metavar='FILE', type=pathlib.Path,
                         help='write it there (default: standard output)')
    command.set_defaults(run=openapi)


def openapi(args):
    """Write the document.

    :raises MalformedMicroversion: if it is no version
    :raises MicroversionNotSupported: if this release does not know it
    """
    generator = importutils.import_module(GENERATOR)
    made = generator.make(generator.spans.named(args.microversion), url=args.url)
    text = generator.text_of(made, indent=1)
    if args.output is None:
        print(text)
    else:
        args.output.write_text(f'{text}\n', encoding='utf-8')
        printing.say(args, f'{args.output} has the document.')
