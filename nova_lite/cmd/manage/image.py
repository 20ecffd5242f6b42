# SPDX-License-Identifier: Apache-2.0
"""``nova-lite-manage image``: the images of the store that is chosen, the built-in or Glance.

The operator does it as admin: in the built-in store by being who he is, in Glance
as the user of [glance].
"""

import argparse
import contextlib
import os
import sys

import tqdm

from nova_lite import context as nova_context
from nova_lite import exception
from nova_lite.cmd.manage import printing
from nova_lite.image import api as image_api
from nova_lite.image import formats
from nova_lite.objects import image_meta

STDIO = '-'
COLUMNS = ('id', 'name', 'status', 'disk_format', 'size', 'visibility', 'owner')
NEXT_STEPS = {
    formats.KERNEL: 'Give it to a disk image: nova-lite-manage image create NAME --file DISK '
                    '--kernel {id}',
    formats.RAMDISK: 'Give it to a disk image: nova-lite-manage image create NAME --file DISK '
                     '--kernel KERNEL --ramdisk {id}',
}
BOOT_IT = 'Boot a server from it: POST /v2.1/servers with "imageRef": "{id}"'


def register(subparsers):
    """Add the family's parser."""
    family = subparsers.add_parser('image', help='images that servers are built from')
    commands = family.add_subparsers(metavar='COMMAND', required=True)
    _register_create(commands)
    listing = _command(commands, 'list', list_images, 'show all images')
    listing.add_argument('--name', help='only images of that name')
    listing.add_argument('--project', help='only images that belong to that project')
    _with_image(_command(commands, 'show', show, 'show all that is known of an image'))
    save_parser = _with_image(_command(
        commands, 'save', save, 'copy the bytes of an image to a file, and verify them'))
    save_parser.add_argument('--file', required=True, metavar='PATH',
                             help='a new file, or a device; - writes stdout')
    delete_parser = _command(commands, 'delete', delete, 'delete images')
    delete_parser.add_argument('images', nargs='+', metavar='IMAGE', help='id or name')
    _register_set(commands)


def _command(commands, name, run, text):
    parser = commands.add_parser(name, help=text)
    printing.add_format(parser)
    parser.set_defaults(run=run)
    return parser


def _with_image(parser):
    parser.add_argument('image', metavar='IMAGE', help='id, or name if only one image has it')
    return parser


def _register_create(commands):
    parser = _command(commands, 'create', create, 'take an image in')
    parser.add_argument('name', metavar='NAME')
    parser.add_argument('--file', required=True, metavar='PATH', help='the bytes; - reads stdin')
    parser.add_argument('--disk-format', choices=formats.KNOWN,
                        help='refuse the image if it is of another format (default: qcow2 or raw, '
                             'as it is; say aki for a kernel, ari for an initial RAM disk)')
    parser.add_argument('--kernel', metavar='IMAGE', help='image of the kernel that boots it')
    parser.add_argument('--ramdisk', metavar='IMAGE', help='image of the initial RAM disk')
    parser.add_argument('--project', help='project that it belongs to (default: none)')
    parser.add_argument('--id', help='id that it is to have, a uuid (default: a new one)')
    parser.add_argument('--if-absent', action='store_true',
                        help='do nothing if there is an image of that name')
    _register_choices(parser)
    parser.set_defaults(min_disk=0, min_ram=0, protected=False)


def _register_set(commands):
    parser = _with_image(_command(commands, 'set', change, 'change an image'))
    parser.add_argument('--name', help='new name')
    parser.add_argument('--unset-property', action='append', default=[], metavar='NAME')
    status = parser.add_mutually_exclusive_group()
    status.add_argument('--activate', dest='status', action='store_const',
                        const=image_meta.ACTIVE, help='let servers be built from it again')
    status.add_argument('--deactivate', dest='status', action='store_const',
                        const=image_meta.DEACTIVATED, help='let nothing be built from it')
    _register_choices(parser)


def _register_choices(parser):
    """What can be said of an image when it is made and changed later."""
    parser.add_argument('--min-disk', type=int, metavar='GB', help='smallest root disk')
    parser.add_argument('--min-ram', type=int, metavar='MB', help='smallest memory')
    parser.add_argument('--visibility', choices=image_meta.VISIBILITIES,
                        help='who sees it (default of create: public, with --project private)')
    parser.add_argument('--member', action='append', metavar='PROJECT',
                        help='project that a shared image is shared with')
    parser.add_argument('--property', action='append', default=[], type=_pair, metavar='NAME=VALUE')
    parser.add_argument('--protected', action=argparse.BooleanOptionalAction,
                        help='whether it can be deleted')


def _pair(text):
    name, separator, value = text.partition('=')
    if not separator or not name:
        raise argparse.ArgumentTypeError(f'{text!r} is not of the form NAME=VALUE')
    return name, value


def create(args):
    """Take an image in, showing how far it is."""
    api, context = _open_store()
    present = api.list(context, {'name': args.name}) if args.if_absent else []
    if present:
        _print(args, _fields(present[0]),
               f'Image {args.name} is there already ({present[0].id}); nothing changed.')
        return
    new = image_api.NewImage(
        name=args.name, id=args.id, disk_format=args.disk_format, owner=args.project,
        min_disk=args.min_disk, min_ram=args.min_ram, protected=args.protected,
        visibility=args.visibility or _usual_visibility(args), members=args.member or [],
        properties={**dict(args.property), **_boot_parts(args, api, context)})
    with _source(args.file) as (source, total), _bar(args.name, total) as progress:
        image = api.create(context, new, source, total=total, progress=progress)
    _print(args, _fields(image), f'Image {image.name} is ready: {_summary(image)}.',
           f'  id {image.id}', NEXT_STEPS.get(image.disk_format, BOOT_IT).format(id=image.id))


def list_images(args):
    """Print one line for each image, by name."""
    api, context = _open_store()
    filters = {'name': args.name, 'owner': args.project}
    images = api.list(context, {name: value for name, value in filters.items() if value},
                      sort=('name', 'asc'))
    printing.rows(args, COLUMNS, [_fields(image) for image in images], words={'size': _readable})
    printing.say(args, f'{len(images)} image(s).' if images else
                 'There are no images. Make one: nova-lite-manage image create NAME --file PATH')


def show(args):
    """Print what is known of an image."""
    api, context = _open_store()
    printing.record(args, _fields(_find(api, context, args.image)))


def _fields(image):
    row = image.to_row()
    return {**row, 'members': tuple(row['members'])}


def _print(args, fields, *sentences):
    """Say to people what was done, and print it to programs."""
    if args.format != printing.TABLE:
        printing.record(args, fields)
    printing.say(args, *sentences)


def save(args):
    """Copy an image to a file; the file appears only if the bytes are right."""
    api, context = _open_store()
    image = _find(api, context, args.image)
    with _bar(image.name, image.size) as progress, _target(args.file) as target:
        api.download(context, image.id, target, progress)
    if args.file != STDIO:
        _print(args, {'id': image.id, 'file': args.file},
               f'Wrote {args.file} ({_readable(image.size)}); its checksum is right.')


def delete(args):
    """Delete images; none, if one of the names is not known."""
    api, context = _open_store()
    images = {image.id: image for image in (
        _find(api, context, name) for name in args.images)}
    for image in images.values():
        api.delete(context, image.id)
        printing.say(args, f'Image {image.name} ({image.id}) is deleted. '
                           'Servers that were built from it go on.')
    _print(args, {'deleted': tuple(images)})


def change(args):
    """Change what was named; print what the image is now."""
    api, context = _open_store()
    image = _find(api, context, args.image)
    changes = {name: getattr(args, name) for name in (
        'name', 'min_disk', 'min_ram', 'visibility', 'protected', 'status')}
    changes['members'] = args.member
    if args.property or args.unset_property:
        kept = {name: value for name, value in image.properties.items()
                if name not in args.unset_property}
        changes['properties'] = {**kept, **dict(args.property)}
    changes = {name: value for name, value in changes.items() if value is not None}
    image = api.update(context, image.id, changes)
    _print(args, _fields(image), f'Image {image.name} ({image.id}): changed '
                                 f'{", ".join(sorted(changes)) or "nothing"}.')


def _open_store():
    api = image_api.API()
    for name in api.remove_leftovers():
        print(f'Removed {name}, which an interrupted command has left.', file=sys.stderr)
    return api, nova_context.get_admin_context()


def _find(api, context, name):
    """Answer the image of that id or, if it is the only one, of that name."""
    try:
        return api.get(context, name)
    except exception.ImageNotFound:
        found = api.list(context, {'name': name})
    if not found:
        raise exception.ImageNotFound(image_id=name)
    if len(found) > 1:
        raise exception.ImageNameAmbiguous(
            name=name, ids=', '.join(image.id for image in found))
    return found[0]


def _usual_visibility(args):
    return image_meta.PRIVATE if args.project else image_meta.PUBLIC


def _boot_parts(args, api, context):
    parts = {'kernel_id': args.kernel, 'ramdisk_id': args.ramdisk}
    return {name: _find(api, context, part).id for name, part in parts.items() if part}


@contextlib.contextmanager
def _source(path):
    """Give (readable binary file, its size or None)."""
    if path == STDIO:
        yield sys.stdin.buffer, None
        return
    with open(path, 'rb') as source:
        yield source, os.fstat(source.fileno()).st_size or None


@contextlib.contextmanager
def _target(path):
    """Give a path for a file that is to appear, a stream for what is there and is no file."""
    if path == STDIO:
        yield sys.stdout.buffer
    elif os.path.exists(path) and not os.path.isfile(path):
        with open(path, 'wb') as target:
            yield target
    else:
        yield path


@contextlib.contextmanager
def _bar(name, total):
    """Give a progress callback; the bar is on stderr, and only if that is a terminal."""
    with tqdm.tqdm(desc=name, total=total, unit='B', unit_scale=True, unit_divisor=1024,
                   disable=None, leave=False) as bar:
        yield lambda done, _total: bar.update(done - bar.n)


def _summary(image):
    parts = [image.disk_format, _readable(image.size), image.visibility]
    if image.virtual_size not in (None, image.size):
        parts.insert(2, f'a disk of {_readable(image.virtual_size)}')
    return ', '.join(parts)


def _readable(size):
    for unit in ('B', 'KiB', 'MiB', 'GiB'):
        if size < 1024:
            return f'{size} B' if unit == 'B' else f'{size:.1f} {unit}'
        size /= 1024
    return f'{size:.1f} TiB'
