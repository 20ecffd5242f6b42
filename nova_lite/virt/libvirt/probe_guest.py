# SPDX-License-Identifier: Apache-2.0
"""The guests by which KVM is tried: each switches itself off if all goes well.

A boot sector that only writes something proves little: there are machines whose
KVM runs such code and interprets all 64-bit code, a thousand times too slowly for
any kernel. The sector here therefore turns on paging and 64-bit mode and has
to finish work that a CPU does in a tenth of a second.
"""

import struct

LOAD_ADDRESS = 0x7C00
SECTOR = 512
IMAGE_SIZE = 1 << 20
"""A disk of one sector is too small for the firmware."""

ROUNDS = 1 << 26

_PML4, _PDPT, _PD = 0x1000, 0x2000, 0x3000
_COUNTER = 0x6000
_SECOND_MAPPING = 0x200000
_POWER_PORT, _POWER_OFF = 0x604, 0x2000


def boot_sector(rounds=ROUNDS):
    """Assemble the sector.

    Memory is mapped twice, at 0 and at 2 MiB. The counter is raised through the
    second mapping and compared through the first, so an end with the right count shows
    that addresses are translated.
    """
    start = _real_mode_part()
    # Behind the far jump (5 bytes), which needs to know where it goes to.
    long_mode_address = LOAD_ADDRESS + len(start) + 5
    code = start + b'\xea' + struct.pack('<HH', long_mode_address, 8)   # ljmp 8:long_mode
    code += _long_mode_part(rounds)
    assert len(code) <= _TABLE_OFFSET
    code = code.ljust(_TABLE_OFFSET, b'\0') + _descriptor_table()
    return code.ljust(SECTOR - 2, b'\0') + b'\x55\xaa'


def disk_image():
    """Answer the disk that the firmware boots."""
    return boot_sector().ljust(IMAGE_SIZE, b'\0')


_TABLE_OFFSET = 0x120
_TABLE_LENGTH = 24


def _real_mode_part():
    """Segments and stack, page tables, then paging and long mode at once."""
    return b''.join((
        b'\xfa',                                                # cli
        b'\x31\xc0', b'\x8e\xd8', b'\x8e\xc0', b'\x8e\xd0',     # ds = es = ss = 0
        b'\xbc', struct.pack('<H', LOAD_ADDRESS),               # mov $0x7c00, %sp
        b'\xbf', struct.pack('<H', _PML4),                      # clear the three tables
        b'\xb9', struct.pack('<H', 3 * 4096 // 2),
        b'\xfc', b'\xf3\xab',                                   # cld; rep stosw
        _store(_PML4, _PDPT | 3), _store(_PDPT, _PD | 3),       # present, writable
        _store(_PD, 0x83), _store(_PD + 8, 0x83),               # both 2 MiB pages at 0
        b'\x0f\x01\x16', struct.pack('<H', LOAD_ADDRESS + _TABLE_OFFSET + _TABLE_LENGTH),  # lgdt
        b'\x66\xb8', struct.pack('<I', 0x20), b'\x0f\x22\xe0',  # cr4: PAE
        b'\x66\xb8', struct.pack('<I', _PML4), b'\x0f\x22\xd8',  # cr3
        b'\x66\xb9', struct.pack('<I', 0xC0000080), b'\x0f\x32',  # rdmsr EFER
        b'\x66\x0d', struct.pack('<I', 0x100), b'\x0f\x30',     # long mode enable; wrmsr
        b'\x0f\x20\xc0', b'\x66\x0d', struct.pack('<I', 0x80000001),
        b'\x0f\x22\xc0'))                                       # cr0: paging, protection


def _long_mode_part(rounds):
    """The work, and switching the machine off if it came out right."""
    switch_off = b''.join((
        b'\xba', struct.pack('<I', _POWER_PORT),                # mov $port, %edx
        b'\xb8', struct.pack('<I', _POWER_OFF),                 # mov $value, %eax
        b'\x66\xef'))                                           # out %ax, (%dx)
    return b''.join((
        b'\xb8', struct.pack('<I', 0x10), b'\x8e\xd8',          # ds
        b'\xb9', struct.pack('<I', rounds),                     # mov $rounds, %ecx
        b'\xff\x04\x25', struct.pack('<I', _SECOND_MAPPING + _COUNTER),  # incl counter
        b'\x48\xff\xc9',                                        # dec %rcx
        b'\x75\xf4',                                            # jnz to incl
        b'\x81\x3c\x25', struct.pack('<II', _COUNTER, rounds),  # cmpl $rounds, counter
        b'\x75', bytes([len(switch_off)]),                      # jne to hlt
        switch_off,
        b'\xf4', b'\xeb\xfd'))                                  # hlt, for ever


def _store(address, value):
    return b'\xc7\x06' + struct.pack('<HH', address, value)     # movw $value, address


def _descriptor_table():
    """Nothing, 64-bit code, data; then the table's length and address."""
    return struct.pack('<QQQHI', 0, 0x00209A0000000000, 0x0000920000000000,
                       _TABLE_LENGTH - 1, LOAD_ADDRESS + _TABLE_OFFSET)


_ENTRY = 0x400000
_ELF_HEADER, _PROGRAM_HEADER = 64, 56


def init_program():
    """Make the program that a Linux of the probe runs: it switches the machine off."""
    code = b''.join((
        b'\xb8', struct.pack('<I', 169),                        # reboot(
        b'\xbf', struct.pack('<I', 0xFEE1DEAD),                 #   magic,
        b'\xbe', struct.pack('<I', 0x28121969),                 #   magic,
        b'\xba', struct.pack('<I', 0x4321FEDC),                 #   power off)
        b'\x0f\x05', b'\xeb\xfe'))                              # syscall; for ever
    offset = _ELF_HEADER + _PROGRAM_HEADER
    header = struct.pack(
        '<16sHHIQQQIHHHHHH', b'\x7fELF\x02\x01\x01', 2, 62, 1, _ENTRY + offset, _ELF_HEADER, 0, 0,
        _ELF_HEADER, _PROGRAM_HEADER, 1, 0, 0, 0)
    size = offset + len(code)
    segment = struct.pack('<IIQQQQQQ', 1, 5, 0, _ENTRY, _ENTRY, size, size, 0x1000)
    return header + segment + code


def ramdisk():
    """Make the initial RAM disk: /init alone, as a cpio archive."""
    return _cpio_member('init', init_program(), 0o100755) + _cpio_member('TRAILER!!!', b'', 0)


def _cpio_member(name, content, mode):
    encoded = name.encode() + b'\0'
    numbers = (0, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(encoded), 0)
    header = b'070701' + b''.join(b'%08x' % number for number in numbers)
    return _padded(header + encoded) + _padded(content)


def _padded(part):
    return part + b'\0' * (-len(part) % 4)
