# SPDX-License-Identifier: Apache-2.0
"""Find states, kinds, phases and actions written as strings instead of constants.

Many of the words are everyday words ('active', 'delete'), so a string is
reported only where it meets one of the fields that hold them: compared with
it, assigned to it, given as that keyword, or as the value of that key.
"""

import ast

from nova_lite.states import operation, task, transitions, vm

_PHASES = frozenset(phase.name for row in transitions.TABLE.values() for phase in row.phases)
_ACTIONS = frozenset(row.action for row in transitions.TABLE.values() if row.action)

# field -> what it can hold
WORDS = {
    'vm_state': vm.ALL,
    'task_state': task.ALL,
    'kind': frozenset(transitions.TABLE),
    'phase': _PHASES,
    'action': _ACTIONS,
    'state': operation.UNFINISHED | operation.FINISHED,
}


def find(source):
    """Answer ``[(line, field, string)]`` for one file's source."""
    return sorted({(constant.lineno, field, constant.value)
                   for field, value in _meetings(ast.parse(source))
                   for constant in _strings(value)
                   if constant.value in WORDS[field]})


def _meetings(tree):
    """Yield (field, expression) for everything that a field meets."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare():
                yield from _compared(node)
            case ast.Assign() | ast.AnnAssign():
                yield from _assigned(node)
            case ast.keyword(arg=name, value=value) if _field(name):
                yield _field(name), value
            case ast.Dict():
                yield from _keyed(node)
            case ast.Match():
                yield from _matched(node)


def _compared(node):
    sides = [node.left, *node.comparators]
    for field in filter(None, map(_field_of, sides)):
        for side in sides:
            yield field, side


def _assigned(node):
    for target in getattr(node, 'targets', None) or [node.target]:
        field = _field_of(target)
        if field and node.value is not None:
            yield field, node.value


def _keyed(node):
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and _field(key.value):
            yield _field(key.value), value


def _matched(node):
    field = _field_of(node.subject)
    if field:
        for case in node.cases:
            for pattern in ast.walk(case.pattern):
                if isinstance(pattern, ast.MatchValue):
                    yield field, pattern.value


def _field_of(node):
    """Answer the field that an expression reads or writes; None for any other."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _field(name)
        case ast.Subscript(slice=ast.Constant(value=name)):
            return _field(name)
        case ast.Call(func=ast.Attribute(attr='get'), args=[ast.Constant(value=name), *_]):
            return _field(name)
    return None


def _field(name):
    """Answer the field for a name: ``old_task_state`` is a ``task_state``."""
    if not isinstance(name, str):
        return None
    if name in WORDS:
        return name
    return next((field for field in ('vm_state', 'task_state')
                 if name.endswith((f'_{field}', f'_{field}s')) or name == f'{field}s'), None)


def _strings(node):
    """Yield the strings that an expression may answer, also those in a list or a choice."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) \
                | ast.BoolOp(values=parts) | ast.Call(args=parts):
            for part in parts if not _is_get(node) else ():
                yield from _strings(part)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _strings(body)
            yield from _strings(orelse)


def _is_get(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) \
        and node.func.attr == 'get'
