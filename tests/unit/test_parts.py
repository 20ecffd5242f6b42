# SPDX-License-Identifier: Apache-2.0
"""A program that plays several parts: real processes."""

import subprocess
import sys
import textwrap

from tests import base

PROGRAM = textwrap.dedent("""
    import os, sys
    from nova_lite import parts

    part, given = parts.taken()
    with open('/proc/self/comm') as file:
        name = file.read().strip()
    print(part, given, sys.argv[1:], name, parts.ENVIRONMENT in os.environ, flush=True)
    if part is None:
        with open('/proc/self/comm', 'w') as file:
            file.write('sample')
        readable, writable = os.pipe()
        os.write(writable, b'handed over')
        os.set_inheritable(readable, True)
        print('was', os.getpid())
        parts.become(parts.MASTER, file=readable)
    if part == parts.MASTER:
        print('is', os.getpid(), os.read(given['file'], 99), flush=True)
        pid = parts.start(parts.SCRIBE, text='a word')
        print(os.waitpid(pid, 0)[1], os.getpid() != pid)
""")


class PartsTest(base.TestCase):

    def test_a_process_plays_another_part_and_starts_one_with_what_it_hands_over(self):
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', PROGRAM, '--word', 'a b'], cwd=base.TOP,
            capture_output=True, text=True, check=True, timeout=30)
        called, was, master, here, scribe, ended = done.stdout.splitlines()
        self.assertTrue(called.startswith("None {} ['--word', 'a b'] "))
        self.assertRegex(master, r"^master {'file': \d+} \['--word', 'a b'\] sample False$")
        self.assertEqual(f"is {was.split()[1]} b'handed over'", here)
        self.assertEqual("scribe {'text': 'a word'} ['--word', 'a b'] sample False", scribe)
        self.assertEqual('0 True', ended)
