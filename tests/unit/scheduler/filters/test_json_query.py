# SPDX-License-Identifier: Apache-2.0
"""Conditions that a hint puts in JSON."""

import json

import ddt

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import json_query
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case

TRUE = (
    [], ['>=', '$free_ram_mb', 8192], ['<', '$vcpus_used', 4, 5], ['=', '$host', 'cmp1'],
    ['in', '$hypervisor_type', 'Xen', 'QEMU'], ['not', ['=', '$host', 'cmp2']],
    ['and', ['>', '$free_disk_mb', 100], ['<=', '$num_instances', 0]],
    ['or', ['=', '$host', 'cmp2'], ['=', '$cpu_info.model', 'Skylake']],
)
FALSE = (
    ['>=', '$free_ram_mb', 8193], ['<', '$vcpus_used', 4, 3], ['=', '$host'],
    ['in', '$host', 'cmp2'], ['not', ['=', '$host', 'cmp1']], ['=', '$no_such_name', 'x'],
    ['>', '$free_ram_mb', 'a text'], ['and', ['=', '$host', 'cmp1'], ['=', '$host', 'cmp2']],
)
UNREADABLE = ('[', '["=", ', '["shout", 1]', '[["="], 1]', '[1]', '[' * 100000)


def asking(text):
    return states.request(hints={'query': [text]})


@ddt.ddt
class JsonFilterTest(case.FilterCase):

    filter_class = json_query.JsonFilter

    def test_request_without_the_hint_goes_anywhere(self):
        self.assert_not_asked(states.request())
        self.assert_passes(states.request())

    @ddt.data(*TRUE)
    def test_host_for_which_the_query_is_true_passes(self, query):
        self.assert_passes(asking(json.dumps(query)), details={})

    @ddt.data(*FALSE)
    def test_host_for_which_it_is_not_true_is_excluded(self, query):
        self.assert_excluded('json_query', asking(json.dumps(query)), details={})

    @ddt.data(*UNREADABLE)
    def test_query_that_can_not_be_read_excludes_all(self, text):
        self.assert_excluded('json_query_unreadable', asking(text), details={})

    def test_only_what_is_named_is_read(self):
        needs = self.filter_class().needs_for
        self.assertEqual({Fact.DETAILS}, needs(asking('["=", "$host", "cmp1"]')))
        self.assertEqual({Fact.DETAILS, Fact.SERVERS}, needs(asking('[">", "$num_instances", 1]')))
