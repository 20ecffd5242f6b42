# SPDX-License-Identifier: Apache-2.0
"""Where workers come from: real processes."""

import subprocess
import sys
import textwrap

from tests import base

PROGRAM = textwrap.dedent("""
    import os, signal, sys
    from nova_lite import nursery, parts, workers

    part, given = parts.taken()

    def load():
        if sys.argv[1] == 'fails':
            os._exit(7)
        return run

    def run(number, ready, orphaned):
        ready()
        # Until the master has ended.
        os.read(orphaned, 1)
        os._exit(0)

    def news(words):
        found = []
        while len(found) < words:
            found += kept.news()
        return found

    if part == parts.NURSERY:
        nursery.run(load, **given)
    nursery.adopt_orphans()
    kept = workers.Nursery({})
    kept.order(3)
    if sys.argv[1] == 'fails':
        pid, status = os.waitpid(-1, 0)
        print(kept.is_process(pid), os.waitstatus_to_exitcode(status), kept.news())
        kept.close()
        sys.exit()
    kept.order(4)
    said = news(4)
    print(sorted((word, number) for word, number, _pid in said))
    workers = {pid for _word, _number, pid in said}
    print(len(workers), os.getpid() in workers)
    kept.close()
    for pid in workers:
        os.kill(pid, 0)
        os.kill(pid, signal.SIGTERM)
    for pid in workers:
        print(os.waitpid(pid, 0)[0] == pid)
""")


class NurseryTest(base.TestCase):

    def said(self, behaviour):
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', PROGRAM, behaviour], cwd=base.TOP, check=True,
            capture_output=True, text=True, timeout=30)
        return done.stdout.splitlines()

    def test_its_workers_are_children_of_the_master_and_outlive_it(self):
        self.assertEqual(
            ['[(1, 3), (1, 4), (2, 3), (2, 4)]', '2 False', 'True', 'True'], self.said('works'))

    def test_the_master_learns_that_nothing_could_be_loaded(self):
        self.assertEqual(['True 7 []'], self.said('fails'))
