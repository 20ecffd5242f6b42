# SPDX-License-Identifier: Apache-2.0
"""Measure the source for the size ratchet.

A size is a hint that something grows, not a goal: a split that serves only the
number is worse than the number. What is over a limit stands in
size_baseline.json, and may only shrink: ``python -m tests.contract.sizes``
lowers the figures there to what is measured, and never raises one.
"""

import ast
import json
import pathlib

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
BASELINE = pathlib.Path(__file__).with_name('size_baseline.json')

FILE_LINES = 400
FRONT_DOOR_LINES = 800
TEST_FILE_LINES = 700
FUNCTION_LINES = 50
ARGUMENTS = 7
POSITIONAL = 4
METHODS = 20

# Tables of contents: one short method an operation.
FRONT_DOORS = frozenset({
    'nova_lite/compute/api.py', 'nova_lite/compute/rpcapi.py', 'nova_lite/compute/manager.py',
    'nova_lite/conductor/api.py', 'nova_lite/conductor/rpcapi.py',
    'nova_lite/conductor/manager.py', 'nova_lite/scheduler/manager.py',
    'nova_lite/virt/driver.py', 'nova_lite/virt/fake/driver.py',
    'nova_lite/virt/libvirt/driver.py',
})

# Every function of its kind begins with one of these; they say nothing of its complexity.
PLUMBING = frozenset({'context', 'connection'})

# oslo.versionedobjects calls these by position.
DICTATED = frozenset({
    'object_action', 'object_class_action', 'object_class_action_versions',
    'object_backport_versions',
})


def source_files(top=TOP):
    """Answer every Python file of the product and of its tests."""
    files = [path for tree in ('nova_lite', 'tests', 'devstack') for path in
             sorted((top / tree).rglob('*.py'))]
    return [path for path in files if 'migrations/versions' not in path.as_posix()]


def over_limit(top=TOP):
    """Answer ``{'path[:name]: rule': figure}`` for all that is over a limit."""
    found = {}
    for path in source_files(top):
        name = path.relative_to(top).as_posix()
        found.update(over_limit_in(name, path.read_text(encoding='utf-8')))
    return found


def over_limit_in(name, text):
    """Answer what is over a limit in one file."""
    found = {}
    lines = len(text.splitlines())
    if lines > file_limit(name):
        found[f'{name}: lines'] = lines
    for node, qualified in _definitions(ast.parse(text)):
        measure = _class_sizes if isinstance(node, ast.ClassDef) else _function_sizes
        for rule, figure in measure(name, node):
            found[f'{name}:{qualified}: {rule}'] = figure
    return found


def file_limit(name):
    if _is_test(name):
        return TEST_FILE_LINES
    return FRONT_DOOR_LINES if name in FRONT_DOORS else FILE_LINES


def _definitions(node, prefix=''):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            qualified = f'{prefix}{child.name}'
            yield child, qualified
            yield from _definitions(child, f'{qualified}.')
        else:
            yield from _definitions(child, prefix)


def _class_sizes(name, node):
    methods = sum(isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
                  for child in node.body)
    if methods > METHODS and name not in FRONT_DOORS and not _is_test(name):
        yield 'methods', methods


def _function_sizes(name, node):
    length = function_lines(node)
    if length > FUNCTION_LINES:
        yield 'lines', length
    named = [argument for argument in (*node.args.posonlyargs, *node.args.args)
             if argument.arg not in ('self', 'cls')]
    total = len(named) + len(node.args.kwonlyargs)
    if total > ARGUMENTS:
        yield 'arguments', total
    positional = [argument for argument in named if argument.arg not in PLUMBING]
    if len(positional) > POSITIONAL and node.name not in DICTATED and not _is_test(name):
        yield 'positional arguments', len(positional)


def _is_test(name):
    return name.startswith('tests/')


def function_lines(node):
    """Count from ``def`` to the end; the docstring is free."""
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node) is not None:
        docstring = node.body[0]
        lines -= docstring.end_lineno - docstring.lineno + 1
    return lines


def baseline():
    return json.loads(BASELINE.read_text(encoding='utf-8'))


def lowered(known, measured):
    """Answer the baseline with every figure at what is measured, if that is less."""
    return {what: min(known[what], measured[what]) for what in sorted(known) if what in measured}


def main():
    """Lower the baseline to what is measured now."""
    text = json.dumps(lowered(baseline(), over_limit()), indent=4)
    BASELINE.write_text(text + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
