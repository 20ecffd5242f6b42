# SPDX-License-Identifier: Apache-2.0
"""Find the modules of nova_lite that have no test of their own at the same place in tests/unit.

Constants, options, schemas, tables and one-line functions need none. What is
tested elsewhere stands in mirror_exceptions.json with the tests that do it;
that list may only shrink.
"""

import ast
import json
import pathlib

from tests.contract import sizes

EXCEPTIONS = pathlib.Path(__file__).with_name('mirror_exceptions.json')
EXCEPTIONS_AT_MOST = 92
"""Lower this whenever an exception goes; it is never raised."""

LINES = 5
"""What a function, or all methods of a class together, may have without a test."""


def modules():
    """Answer the paths of all modules of the product, relative to the top."""
    return [path.relative_to(sizes.TOP).as_posix() for path in sizes.source_files()
            if path.is_relative_to(sizes.TOP / 'nova_lite')]


def twin_of(module):
    """Answer where the test of a module belongs."""
    path = pathlib.PurePosixPath(module)
    name = path.parent.name if path.name == '__init__.py' else path.stem
    return pathlib.PurePosixPath('tests/unit', *path.parts[1:-1], f'test_{name}.py')


def without_twin():
    """Answer the modules that do something and have no test beside them."""
    return {module for module in modules()
            if not (sizes.TOP / twin_of(module)).exists()
            and has_logic((sizes.TOP / module).read_text(encoding='utf-8'))}


def has_logic(text):
    """Whether source has a function or class with more than a few lines of code."""
    return any(_lines(node) > LINES for node in ast.walk(ast.parse(text)))


def _lines(node):
    if isinstance(node, ast.ClassDef):
        return sum(map(_lines, node.body))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return sizes.function_lines(node)
    return 0


def exceptions():
    """Answer module -> paths of the tests that cover it instead of a twin."""
    return json.loads(EXCEPTIONS.read_text(encoding='utf-8'))
