# SPDX-License-Identifier: Apache-2.0
"""The objects of each release as they went over the wire, and what an object becomes for one.

``python -m tests.contract.released NUMBER`` records those of the present code as
released_objects/NUMBER.json; it is run once, when a release is cut, and the
file never changes afterwards. NUMBER is the release's SERVICE_VERSION.
"""

import inspect
import json
import pathlib
import sys

from oslo_versionedobjects import fields

from nova_lite import objects
from nova_lite.objects import base

DIRECTORY = pathlib.Path(__file__).with_name('released_objects')
NAMESPACE = base.NovaLiteObject.OBJ_SERIAL_NAMESPACE

UUID = '11111111-1111-4111-8111-111111111111'

VALUES = {
    fields.Integer: 7, fields.Float: 0.5, fields.Boolean: True, fields.UUID: UUID,
    fields.DateTime: '2030-01-02T03:04:05Z', fields.String: 'word', fields.FieldType: {'key': [1]},
}
"""What a field of a type holds in an example."""


def releases():
    """Answer number -> record of all releases."""
    return {int(path.stem): json.loads(path.read_text(encoding='utf-8'))
            for path in sorted(DIRECTORY.glob('*.json'))}


def example(cls):
    """Make an object with a value in every field, also in those of the objects in it."""
    made = cls(**{name: _value(field._type) for name, field in cls.fields.items()})
    made.obj_reset_changes()
    return made


def _value(kind):
    if isinstance(kind, fields.Object):
        return example(base.registered[kind._obj_name])
    if isinstance(kind, fields.List):
        return [_value(kind._element_type._type)]
    if isinstance(kind, fields.Dict):
        return {'key': _value(kind._element_type._type)}
    return next(VALUES[parent] for parent in type(kind).__mro__ if parent in VALUES)


def record():
    """Answer what is to be known of the present objects."""
    objects.register_all()
    known = sorted(base.registered.items())
    return {
        'versions': {name: cls.VERSION for name, cls in known},
        'remotables': {f'{name}.{method}': list(arguments) for name, cls in known
                       for method, arguments in remotables(cls).items()},
        'examples': {name: example(cls).obj_to_primitive() for name, cls in known},
    }


def remotables(cls):
    """Answer method -> its arguments without self or cls and context."""
    found = {}
    for name in sorted(dir(cls)):
        method = getattr(cls, name)
        if hasattr(method, 'remotable'):
            arguments = inspect.signature(method.original_fn).parameters
            found[name] = {argument: parameter for argument, parameter in arguments.items()
                           if argument not in ('self', 'cls', 'context')}
    return found


def differences(primitive, release):
    """Yield what a release would not understand of an object that was lowered for it.

    :param primitive: what ``obj_to_primitive`` has made of a whole example
    """
    name, version = primitive[f'{NAMESPACE}.name'], primitive[f'{NAMESPACE}.version']
    if version != release['versions'].get(name):
        yield f'{name} is sent as {version}'
        return
    sent, expected = (one[f'{NAMESPACE}.data'] for one in (primitive, release['examples'][name]))
    for field in sorted(sent.keys() | expected.keys()):
        if field not in expected:
            yield f'{name}.{field} is sent, but not known'
        elif field not in sent:
            yield f'{name}.{field} is known, but not sent'
        else:
            yield from _differences_of_values(f'{name}.{field}', sent[field], expected[field],
                                              release)


def _differences_of_values(path, sent, expected, release):
    if type(sent) is not type(expected):
        yield f'{path} is sent as {type(sent).__name__}, not {type(expected).__name__}'
    elif isinstance(sent, list) and sent and expected:
        yield from _differences_of_values(path, sent[0], expected[0], release)
    elif isinstance(sent, dict) and f'{NAMESPACE}.name' in expected:
        yield from differences(sent, release)


def main():
    """Record the present objects under the number of a release; never over another's."""
    with open(DIRECTORY / f'{int(sys.argv[1])}.json', 'x', encoding='utf-8') as file:
        json.dump(record(), file, indent=1, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    main()
