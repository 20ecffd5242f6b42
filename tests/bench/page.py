# SPDX-License-Identifier: Apache-2.0
"""Figures as a page for people: plots, and every figure with its goal."""

import jinja2
import pygal

from tests.bench import goals

TEMPLATE = jinja2.Environment(autoescape=True).from_string("""<!DOCTYPE html>
<meta charset="utf-8"><title>Figures of {{ when }}</title>
<style>body { font: 16px sans-serif; max-width: 70em; margin: 2em auto }
figure { display: inline-block; width: 32em; margin: 1em 0 } td { padding: 0 1em 0 0 }
.MISSED { color: #b00 }</style>
<h1>Figures</h1>
{% for record in records %}<p>{{ record.label }}: {{ record.when }}, {{ record.cpus }} CPUs, Python
{{ record.python }}, load before {{ record.load_before }},
<code>python -m tests.bench {{ record.command | join(' ') }}</code></p>{% endfor %}
{% for plot in plots %}<figure>{{ plot | safe }}</figure>{% endfor %}
{% for record in records %}<h2>{{ record.label }}</h2><table>
{% for name, figure, goal, verdict in record.rows %}
<tr class="{{ verdict }}"><td>{{ name }}<td>{{ figure }}<td>{{ goal }}<td>{{ verdict }}
{% endfor %}</table>{% endfor %}
""")

PER_SECOND = (('boots', '_load_servers_per_s'), ('deletes', '_load_deletes_per_s'),
              ('batch of 100', '_batch_servers_per_s'))
REQUESTS = ('versions', 'flavors_detail', 'one_server', 'list_0', 'detail_0')
CROWDS = (0, 100, 1000)
HOSTS = (100, 1000, 5000, 10000)
DAEMONS = ('api', 'conductor', 'scheduler', 'compute')


def render(records):
    """Answer the page.

    :param records: (label, what __main__ keeps) of each run to show, side by side
    """
    shown = [{**record, 'label': label, 'rows': list(goals.rows(record['figures']))}
             for label, record in records]
    plots = [plot for plot in (make(records) for make in (
        _throughput, _requests, _latency_by_crowd, _choice_by_hosts, _memory)) if plot]
    return TEMPLATE.render(records=shown, plots=plots, when=records[0][1]['when'])


def _throughput(records):
    return _plot(pygal.Bar, 'Servers a second', [name for name, _end in PER_SECOND], [
        (label, [_ending(record, end) for _name, end in PER_SECOND])
        for label, record in records])


def _requests(records):
    return _plot(pygal.Bar, 'Requests a second, 8 clients', REQUESTS, [
        (label, [_ending(record, f'_get_{path}_8_per_s') for path in REQUESTS])
        for label, record in records])


def _latency_by_crowd(records):
    return _plot(pygal.Line, 'GET /servers/detail by number of servers, ms', CROWDS, [
        (label, [_ending(record, f'_get_detail_{crowd}_1_p50_ms') for crowd in CROWDS])
        for label, record in records])


def _choice_by_hosts(records):
    return _plot(pygal.Line, 'Choice of a host by number of hosts, ms', HOSTS, [
        (label, [record['figures'].get(f'select_p50_ms_{number}_hosts') for number in HOSTS])
        for label, record in records])


def _memory(records):
    return _plot(pygal.StackedBar, 'Memory (PSS), MB', [label for label, _record in records], [
        (name, [record['figures'].get(f'memory_pss_{name}_mb') for _label, record in records])
        for name in DAEMONS])


def _plot(kind, title, names, series):
    """Answer a plot as SVG; None if nothing of it was measured."""
    if not any(value is not None for _label, values in series for value in values):
        return None
    plot = kind(title=title, height=320, width=560, legend_at_bottom=True, js=())
    plot.x_labels = [str(name) for name in names]
    for label, values in series:
        plot.add(label, values)
    return plot.render(is_unicode=True, disable_xml_declaration=True)


def _ending(record, end):
    """Answer the figure with that end of its name: the beginning is the driver's name."""
    return next((figure for name, figure in record['figures'].items()
                 if name.endswith(end) and not name.startswith('libvirt')), None)
