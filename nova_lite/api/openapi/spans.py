# SPDX-License-Identifier: Apache-2.0
"""Which microversions a document tells of, and what is said of some of them only.

A document of one microversion is the span of one; then nothing has alternatives.
"""

import dataclasses
import typing

from nova_lite.api.openstack import microversions

VERSIONS = 'x-openstack'
"""The key under which a part of a document says which microversions it is of."""


@dataclasses.dataclass(frozen=True)
class Span:
    """Microversions in a row, by the numbers after ``2.``."""

    first: int
    last: int

    def __iter__(self):
        return map(microversions.Microversion, range(self.first, self.last + 1))

    def said(self):
        """Answer what a part that is of this span says of itself."""
        return {'min-ver': f'2.{self.first}', 'max-ver': f'2.{self.last}'}


WHOLE = Span(microversions.MINIMUM.minor, microversions.MAXIMUM.minor)


def only(version):
    """Answer the span of one microversion."""
    return Span(version.minor, version.minor)


def named(text):
    """Answer the span of a microversion as clients name it, or of all without a name.

    :raises MalformedMicroversion: if it is no version
    :raises MicroversionNotSupported: if this release does not know it
    """
    return WHOLE if text is None else only(microversions.parse(text))


@dataclasses.dataclass(frozen=True)
class Alternative:
    """What holds in a part of a span."""

    span: Span
    value: typing.Any


def alternatives(span, value_at):
    """Answer what a span has, as alternatives in a row that differ.

    :param value_at: function of a microversion; its None says that there is nothing
    """
    found = []
    for version in span:
        value = value_at(version)
        if value is None:
            continue
        latest = found[-1] if found else None
        if latest and latest.span.last == version.minor - 1 and _same(latest.value, value):
            found[-1] = Alternative(Span(latest.span.first, version.minor), value)
        else:
            found.append(Alternative(only(version), value))
    return found


def _same(one, other):
    return one is other or one == other


def marked(part, inner, outer, **more):
    """Answer a part of a document that says of which microversions it is, unless it is of all.

    :param inner: the part's span
    :param outer: the span of what it is a part of
    :param more: what else it says under the same key
    """
    said = {**({} if inner == outer else inner.said()), **more}
    return {**part, VERSIONS: {**part.get(VERSIONS, {}), **said}} if said else part


def of_all(found):
    """Answer the span from the first of some alternatives to the last."""
    return Span(found[0].span.first, found[-1].span.last)
