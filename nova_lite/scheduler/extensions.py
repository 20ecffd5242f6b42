# SPDX-License-Identifier: Apache-2.0
"""Classes that the configuration names by their dotted path."""

from oslo_utils import importutils

from nova_lite import exception


def classes_at(path, kind, word):
    """Answer the classes at a dotted path: the class itself, or what a function there answers.

    :param kind: the class that they derive from
    :param word: what the error calls them
    :raises SchedulerExtensionNotFound: if there is nothing such
    """
    try:
        found = importutils.import_class(path)
    except (ImportError, ValueError) as error:
        raise exception.SchedulerExtensionNotFound(kind=word, name=path) from error
    if not callable(found):
        raise exception.SchedulerExtensionNotFound(kind=word, name=path)
    classes = [found] if isinstance(found, type) else found()
    if not all(isinstance(cls, type) and issubclass(cls, kind) for cls in classes):
        raise exception.SchedulerExtensionNotFound(kind=word, name=path)
    return classes
