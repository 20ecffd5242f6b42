# SPDX-License-Identifier: Apache-2.0
"""Why no host was found: what stands against each host, counted and put into words. Pure."""

import dataclasses

MESSAGE_LENGTH = 230
"""Of the reason a user sees; with the words before it, it fits the record of a fault."""


MORE = ', and more.'


@dataclasses.dataclass
class Tally:
    """What one cause did.

    :ivar nearest: the most that any of these hosts has of what is missing
    :ivar nearest_host: which host that is; where it is not a matter of
        figures, the one that has the fewest causes beside this one
    """

    cause: object
    count: int = 0
    detail: str | None = None
    needed: int | None = None
    nearest: int | None = None
    nearest_host: str | None = None
    fewest: int | None = None

    def add(self, rejection, host, causes=1):
        """Count one more host.

        :param causes: how many stand against it
        """
        self.count += 1
        self.detail, self.needed = rejection.detail, rejection.needed
        if rejection.available is not None:
            if self.nearest is None or rejection.available > self.nearest:
                self.nearest, self.nearest_host = rejection.available, host.host
        elif self.nearest is None and (self.fewest is None or causes < self.fewest):
            self.fewest, self.nearest_host = causes, host.host

    def record(self):
        """Answer what the record of a refusal keeps of it, without what is empty."""
        kept = {'hosts': self.count, 'detail': self.detail, 'needed': self.needed,
                'nearest': self.nearest, 'nearest_host': self.nearest_host}
        return {name: value for name, value in kept.items() if value is not None}


@dataclasses.dataclass
class Explanation:
    """What stands against the hosts.

    :ivar total: hosts that were looked at
    :ivar out: tallies by cause of the hosts that were out of the question
    :ivar lacking: tallies by cause of the others; a host can be in several
    :ivar eligible: hosts that were not out of the question
    :ivar fitting: hosts against which nothing stands
    """

    total: int
    out: dict
    lacking: dict
    eligible: int
    fitting: int

    def record(self):
        """Answer what each cause did, for the record: how many hosts, and the nearest of them."""
        return {name: tally.record() for name, tally in {**self.out, **self.lacking}.items()}


def explain(filters, request, hosts):
    """Hold every host against every condition."""
    out, lacking, eligible, fitting = {}, {}, 0, 0
    decisive = [condition for condition in filters if condition.decisive]
    others = [condition for condition in filters if not condition.decisive]
    for host in hosts:
        excluded = next((found for found in _rejections(decisive, request, host)), None)
        if excluded:
            _count(out, excluded, host)
            continue
        eligible += 1
        found = list(_rejections(others, request, host))
        fitting += not found
        causes = {rejection.cause: rejection for rejection in found}
        for rejection in causes.values():
            _count(lacking, rejection, host, len(causes))
    return Explanation(len(hosts), out, lacking, eligible, fitting)


def _rejections(conditions, request, host):
    return filter(None, (condition.why_not(request, host) for condition in conditions))


def _count(tallies, rejection, host, causes=1):
    tallies.setdefault(rejection.cause.name, Tally(rejection.cause)).add(rejection, host, causes)


def kept_of(summary, count):
    """Answer what the record keeps of a request: what it asks for, not what it leaves open.

    :param summary: of scheduler.request.Request
    :param count: servers that were to be placed
    """
    return {**{name: value for name, value in summary.items()
               if value not in (None, False, [], {})}, 'count': count}


def reason_for_user(explanation, request, *, placed=0, wanted=1):
    """Answer what stands against the hosts, without the names of hosts, cut to length."""
    return _text(explanation, request, _placed(placed, wanted), with_names=False,
                 length=MESSAGE_LENGTH)


def reason_for_operator(explanation, request, *, placed=0, wanted=1):
    """Answer the same with names, in full."""
    return _text(explanation, request, _placed(placed, wanted), with_names=True, length=None)


def _placed(placed, wanted):
    return f'Only {placed} of {wanted} servers find room; for the next: ' if placed else ''


def _text(explanation, request, start, *, with_names, length):
    if not explanation.total:
        # The names are the asker's own words, so they can be told to anybody.
        named = ', '.join(sorted(request.hosts))
        return f'{start}There is no host {named}.' if named else f'{start}There is no host yet.'
    out = [clause(tally, with_names) for tally in _largest_first(explanation.out)]
    lacking = [clause(tally, with_names) for tally in _largest_first(explanation.lacking)]
    parts = [f', {clause}' for clause in out + lacking]
    if out and lacking:
        parts[len(out)] = f'; of the rest, {lacking[0]}'
    first = '1 host' if explanation.total == 1 else f'{explanation.total} hosts'
    return _joined(f'{start}Of {first}', parts, length)


def _joined(text, parts, length):
    """Put parts together as far as they fit; say so if some do not."""
    for part in parts:
        if length is not None and len(text) + len(part) > length - len(MORE):
            return text + MORE
        text += part
    return f'{text}.'


def _largest_first(tallies):
    return sorted(tallies.values(), key=lambda tally: -tally.count)


def clause(tally, with_names):
    """'2 have too little memory (8192 MB needed, at most 6144 MB free)'."""
    words = [str(tally.count), tally.cause.one if tally.count == 1 else tally.cause.many]
    if tally.detail:
        words.append(tally.detail)
    if tally.needed is not None:
        unit = f' {tally.cause.unit}' if tally.cause.unit else ''
        where = f' on {tally.nearest_host}' if with_names else ''
        words.append(f'({tally.needed}{unit} needed, at most {tally.nearest}{unit} free{where})')
    return ' '.join(words)
