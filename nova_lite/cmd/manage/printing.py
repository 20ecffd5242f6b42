# SPDX-License-Identifier: Apache-2.0
"""How the operator's commands print: a table for people, JSON and plain values for programs.

With another format than ``table``, stdout has the answer and nothing else; what
is said beside it goes to stderr.
"""

import argparse
import json
import sys

import prettytable
from oslo_serialization import jsonutils

TABLE = 'table'
JSON = 'json'
VALUE = 'value'
FORMATS = (TABLE, JSON, VALUE)


def add_format(parser):
    """Add ``--format`` to a command, and the short ``--json``."""
    parser.add_argument('-f', '--format', choices=FORMATS, default=TABLE,
                        help='table for people (the default), json, or value: a line for each '
                             'row, with tabs')
    parser.add_argument('--json', dest='format', action='store_const', const=JSON,
                        default=argparse.SUPPRESS, help='the same as --format json')


def say(args, *sentences):
    """Print what is no part of the answer: what was done, what to do next."""
    stream = sys.stdout if getattr(args, 'format', TABLE) == TABLE else sys.stderr
    for sentence in sentences:
        print(sentence, file=stream)


def rows(args, columns, found, *, words=None):
    """Print a list.

    :param columns: names that the table and the lines of values show; JSON has all
    :param found: dicts
    :param words: column -> what makes the words that the table has of its value
    """
    if args.format == JSON:
        _print_json(found)
    elif args.format == VALUE:
        for row in found:
            print(_line(row[name] for name in columns))
    elif found:
        print(_table(columns, found, words))


def record(args, fields):
    """Print one thing.

    :param fields: name -> plain value, or a list of dicts or a dict, which is a table of its own
    """
    plain = {name: value for name, value in fields.items() if not _is_section(value)}
    lists = {name: _lines_of(value) for name, value in fields.items() if _is_section(value)}
    if args.format == JSON:
        _print_json(fields)
    elif args.format == VALUE:
        for name, value in plain.items():
            print(_line([name, value]))
        for name, found in lists.items():
            for row in found:
                print(_line([name, *row.values()]))
    else:
        print(_table(('field', 'value'), [
            {'field': name, 'value': value} for name, value in plain.items()]))
        for name, found in lists.items():
            _print_section(name, found)


def chosen(found, names):
    """Answer rows with only the named columns, for a part of a record."""
    return [{name: row[name] for name in names} for row in found]


def _is_section(value):
    return isinstance(value, (list, dict))


def _lines_of(section):
    if isinstance(section, list):
        return section
    return [{'name': name, 'value': value} for name, value in sorted(section.items())]


def _print_json(found):
    print(json.dumps(jsonutils.to_primitive(found), indent=2))


def _print_section(name, found):
    if not found:
        print(f'{name}: none')
        return
    print(f'{name}:')
    print(_table(tuple(found[0]), found))


def _table(columns, found, words=None):
    table = prettytable.PrettyTable(columns, align='l')
    words = words or {}
    for row in found:
        table.add_row([_cell(words[name](row[name]) if name in words else row[name])
                       for name in columns])
    return table


def _cell(value):
    if value is None:
        return '-'
    if isinstance(value, bool):
        return 'yes' if value else 'no'
    if isinstance(value, float):
        return f'{value:g}'
    if isinstance(value, dict):
        return json.dumps(jsonutils.to_primitive(value), sort_keys=True)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ', '.join(map(str, value)) or '-'
    return value


def _line(values):
    return '\t'.join(str(_cell(value)).replace('\n', ' ').replace('\t', ' ') for value in values)
