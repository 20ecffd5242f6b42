# SPDX-License-Identifier: Apache-2.0
"""From an address to a controller's answer: the only path a request takes.

In order: find the route, negotiate the microversion, read and check query and
body, load the target, ask the policy, call the controller. Errors leave as
exceptions; the fault wrapper around the application turns them into answers.
"""

import collections
import dataclasses
import typing

import routes as routes_library
import webob

from nova_lite import exception
from nova_lite.api.openstack import microversions, validation, wsgi
from nova_lite.policies import enforcement

Series = microversions.Series
Feature = microversions.Feature

NO_QUERY = Series(validation.Schema({'type': 'object', 'properties': {}}))
"""For routes that take no parameters; unknown ones are ignored, as in Nova."""

OK = Series(200)

NOTHING = {'type': 'null'}

NO_CONTENT = Series(validation.Schema(NOTHING))
"""The response of routes that answer without a body."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Route:
    """One row of the table in compute/routes/.

    :ivar handler: name of the controller's method, ``handler(request, **path)``
    :ivar policy: rule that is asked before the controller is called
    :ivar query: series of schemas of the URL's parameters (lists of texts)
    :ivar body: series of schemas of the body; None if none is read
    :ivar response: series of schemas of the answer's body
    :ivar status: code of the answer
    :ivar unchanged: code of an answer that says that all was so already, or that not all
        could be done; None: there is only ``status``
    :ivar action: for ``.../action``: the one key of the body
    :ivar target: function (context, **path) that loads what the policy is
        asked about; the controller gets it as ``request.target``
    :ivar missing_is_bad_request: the body names other things, and one that is
        not there makes the request wrong, not the address
    :ivar errors: codes of refusals besides those that all such routes have
    :ivar request_headers: name -> what for, of headers that only this route reads
    :ivar response_headers: name -> what for, of headers that only its answer has
    :ivar since: feature that brought the route
    :ivar until: feature that took it away
    """

    method: str
    path: str
    controller: type
    handler: str
    policy: str
    response: Series
    query: Series = NO_QUERY
    body: Series | None = None
    status: Series = OK
    unchanged: int | None = None
    action: str | None = None
    target: typing.Callable | None = None
    missing_is_bad_request: bool = False
    errors: tuple[int, ...] = ()
    request_headers: dict[str, str] = dataclasses.field(default_factory=dict, hash=False)
    response_headers: dict[str, str] = dataclasses.field(default_factory=dict, hash=False)
    since: int = Feature.ORIGIN
    until: int | None = None

    def is_in(self, version):
        """Answer whether a microversion has this route."""
        return version.offers(self.since) and not (self.until and version.offers(self.until))


class _Address:
    """The routes of one path, by method.

    :ivar gone: methods that no version has any more
    """

    def __init__(self):
        self.by_method = collections.defaultdict(list)
        self.gone = set()

    def candidates(self, method, version):
        """Answer the routes of a method in a version.

        :raises ResourceGone: if the method was taken away from all versions
        :raises RouteNotFound: if other versions have the method, or this one has none at all
        :raises MethodNotAllowed: if no version has the method, and this one has others
        """
        if method in self.gone:
            raise exception.ResourceGone
        known = {name: [route for route in found if route.is_in(version)]
                 for name, found in self.by_method.items()}
        if known.get(method):
            return known[method]
        allowed = [name for name, found in known.items() if found]
        if not self.by_method:
            allowed = self.gone
        if not allowed or method in known:
            raise exception.RouteNotFound
        raise exception.MethodNotAllowed(method=method, allowed=allowed)

    def has_action(self, method, name):
        """Answer whether any version has an action."""
        return any(route.action == name for route in self.by_method[method])


class Router:
    """Finds the route of a request. One mapper per first part of the path keeps them short.

    :param gone: (method, path) pairs of what there once was
    """

    def __init__(self, table, gone=()):
        self._mappers = {}
        self._addresses = {}
        # A word comes before the variable that another address has in its place; what is gone
        # comes last otherwise, for nobody asks for it.
        for _method, path in gone:
            if '{' not in path:
                self._address(path)
        for route in table:
            self._address(route.path).by_method[route.method].append(route)
        for method, path in gone:
            self._address(path).gone.add(method)

    def _address(self, path):
        if path not in self._addresses:
            self._addresses[path] = _Address()
            self._connect(path)
        return self._addresses[path]

    def _connect(self, path):
        mapper = self._mappers.get(_first_part(path))
        if mapper is None:
            mapper = routes_library.Mapper(explicit=True, controller_scan=None)
            mapper.minimization = False
            self._mappers[_first_part(path)] = mapper
        mapper.connect(None, path, address=path)
        mapper.create_regs([])

    def match(self, path):
        """Answer (address, variables, project id in the URL or None).

        :raises RouteNotFound: if no route has the path
        """
        mapper = self._mappers.get(_first_part(path))
        found, project_id = mapper and mapper.match(path), None
        if not found:
            # The form of old: /v2.1/{project_id}/servers.
            project_id, _, rest = path[1:].partition('/')
            mapper = self._mappers.get(_first_part('/' + rest))
            found = mapper and mapper.match('/' + rest)
        if not found or project_id == '':
            raise exception.RouteNotFound
        return self._addresses[found.pop('address')], found, project_id


def _first_part(path):
    return path.split('/', 2)[1] if path.startswith('/') else ''


class Application:
    """The WSGI application of a table of routes.

    :param gone: (method, path) pairs of what there once was
    :param gone_actions: names of actions that there once were
    """

    def __init__(self, table, gone=(), gone_actions=frozenset()):
        self.router = Router(table, gone)
        self._gone_actions = gone_actions
        self._controllers = {route.controller: route.controller() for route in table}

    def __call__(self, environ, start_response):
        return self.answer(webob.Request(environ))(environ, start_response)

    def answer(self, http):
        """Answer a request.

        :raises: whatever the fault wrapper is to tell the client
        """
        environ = http.environ
        version = _negotiate(environ)
        address, variables, project_id = self.router.match(_path_of(environ))
        _check_project(environ, project_id)
        request = wsgi.Request(http=http, version=version)
        route = self._choose(request, address)
        environ[wsgi.ROUTE] = route
        self._check(request, route, variables)
        handler = getattr(self._controllers[route.controller], route.handler)
        return wsgi.respond(
            handler(request, **variables), route.status.at(version), environ.get(wsgi.VERSION))

    def _choose(self, request, address):
        """Answer the route; among actions, the one that the body names."""
        candidates = address.candidates(request.http.method, request.version)
        if candidates[0].body is not None:
            request.body = wsgi.read_body(request.http)
        if candidates[0].action is None:
            return candidates[0]
        if not isinstance(request.body, dict) or len(request.body) != 1:
            raise exception.MalformedRequestBody(reason='it has to name exactly one action')
        name = next(iter(request.body))
        for route in candidates:
            if route.action == name:
                return route
        if name in self._gone_actions:
            raise exception.ResourceGone
        if address.has_action(request.http.method, name):
            raise exception.RouteNotFound
        raise exception.InvalidAction(action=name)

    def _check(self, request, route, variables):
        """Check the form, then whether the caller may."""
        environ = request.http.environ
        request.query = validation.check_query(
            route.query.at(request.version), validation.read_query(environ))
        if route.body is not None:
            route.body.at(request.version).check(
                request.body, relaxed=environ.get(wsgi.LEGACY, False))
        context = environ[wsgi.CONTEXT]
        # First, or it would be told by 404 what such a token can't see.
        enforcement.check_scope(context, route.policy)
        owner = None
        if route.target is not None:
            request.target = route.target(context, **variables)
            owner = owner_of(request.target)
        enforcement.authorize(context, route.policy, owner)


def owner_of(target):
    """Answer whom a loaded thing belongs to: a row of a store, or an object."""
    if isinstance(target, collections.abc.Mapping):
        return {'project_id': target['project_id'], 'user_id': target['user_id']}
    return {'project_id': target.project_id, 'user_id': target.user_id}


def _negotiate(environ):
    """Answer the version to answer in; noted for the answer's headers unless it is the old API."""
    if environ.get(wsgi.LEGACY):
        return microversions.MINIMUM
    environ[wsgi.VERSION] = microversions.negotiate(_headers_of(environ))
    return environ[wsgi.VERSION]


def _headers_of(environ):
    """Answer the two headers that can name a version, without reading the others."""
    names = ((microversions.HEADER, 'HTTP_OPENSTACK_API_VERSION'),
             (microversions.LEGACY_HEADER, 'HTTP_X_OPENSTACK_NOVA_API_VERSION'))
    return {name.lower(): environ[key] for name, key in names if key in environ}


def _path_of(environ):
    """Answer the path below the API's root as text.

    :raises RouteNotFound: if it is not UTF-8, or has what no name has
    """
    try:
        path = environ.get('PATH_INFO', '').encode('latin-1').decode('utf-8')
    except UnicodeError:
        raise exception.RouteNotFound from None
    if not wsgi.is_storable(path):
        raise exception.RouteNotFound
    return path


def _check_project(environ, project_id):
    """Make sure that a project in the URL is the caller's own."""
    own = environ[wsgi.CONTEXT].project_id
    if project_id is None:
        return
    if project_id != own:
        raise exception.MalformedRequestUrl(
            reason=f"URL's project_id '{project_id}' doesn't match Context's project_id '{own}'")
    environ[wsgi.PROJECT_IN_URL] = project_id
