# SPDX-License-Identifier: Apache-2.0
"""Requirements of a flavor's extra specs: the scopes of their keys, the operators of their values.

``<in> a``: the text has a in it; ``<all-in> a b``: each of them; ``<or> a <or>
b``: it is one of them; ``s==``, ``s!=``, ``s<``, ``s<=``, ``s>``, ``s>=``
compare texts; ``=`` (at least), ``==``, ``!=``, ``<=``, ``>=`` compare
numbers. Without an operator, the text must be the same.
"""

import functools
import operator

IN, ALL_IN, OR = '<in>', '<all-in>', '<or>'
SEPARATOR = ':'

PLAIN = frozenset({'group_policy'})
"""Keys without a scope that mean something else, so that they are in none."""

OF_TEXTS = {'s==': operator.eq, 's!=': operator.ne, 's<': operator.lt, 's<=': operator.le,
            's>': operator.gt, 's>=': operator.ge}
OF_NUMBERS = {'=': operator.ge, '==': operator.eq, '!=': operator.ne, '<=': operator.le,
              '>=': operator.ge}


def within(scope, specs):
    """Answer the specs of one scope, without its name; other keys without scope are in each."""
    found = {}
    for key, requirement in specs.items():
        first, colon, rest = key.partition(SEPARATOR)
        if not colon and key not in PLAIN:
            found[key] = requirement
        elif first == scope:
            found[rest] = requirement
    return found


def in_words(specs):
    """Answer requirements for a message."""
    return ', '.join(f'{key} {value}' for key, value in sorted(specs.items()))


def satisfies(value, requirement):
    """Whether a value meets a requirement.

    :param value: text, number or list; a list is the text of its words
    """
    text = ' '.join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return _test_for(requirement)(text)


@functools.lru_cache(maxsize=1024)
def _test_for(requirement):
    """Answer a function that says whether a text meets the requirement."""
    words = requirement.split()
    word, operands = (words[0], words[1:]) if words else ('', [])
    if word == IN:
        return lambda text: bool(operands) and operands[0] in text
    if word == ALL_IN:
        return lambda text: all(one in text for one in operands)
    if word == OR:
        return frozenset(one for one in operands if one != OR).__contains__
    if word in OF_TEXTS:
        return lambda text: OF_TEXTS[word](text, ' '.join(operands))
    if word in OF_NUMBERS:
        return lambda text: _compare_numbers(OF_NUMBERS[word], text, ' '.join(operands))
    return lambda text: text == requirement


def _compare_numbers(compare, text, operand):
    try:
        return compare(float(text), float(operand))
    except ValueError:
        return False
