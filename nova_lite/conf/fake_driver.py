# SPDX-License-Identifier: Apache-2.0
"""Options of the driver that runs no guests; read by nova_lite/virt/fake."""

from oslo_config import cfg

GROUP = cfg.OptGroup('fake_driver', title='The driver that runs no guests')

OPTIONS = [
    cfg.IntOpt(
        'nodes',
        default=1, min=1,
        help="""
Number of nodes that the host stands for.

With one, the node is called as the host; with several, ``<host>-node-<number>``.
"""),
    cfg.ListOpt(
        'node_names',
        default=[],
        help='Names of the nodes, instead of ``nodes``.'),
    cfg.IntOpt('vcpus', mutable=True, default=1000, min=1, help='CPUs of each node.'),
    cfg.IntOpt('memory_mb', mutable=True, default=8000000, min=1,
               help='Memory of each node in MB.'),
    cfg.IntOpt('local_gb', mutable=True, default=600000, min=1, help='Disk of each node in GB.'),
    cfg.DictOpt(
        'resources', mutable=True,
        default={},
        help='Other resources of each node: ``CUSTOM_FPGA:4``.'),
    cfg.ListOpt(
        'traits', mutable=True,
        default=[],
        help='Traits of each node, beside ``COMPUTE_NODE``.'),
    cfg.StrOpt(
        'state_directory',
        help="""
Directory in which the guests are remembered.

With it, a process that is killed and started again finds its guests as it left
them, as it would with a real hypervisor. Unset: they are in memory.
"""),
    cfg.DictOpt(
        'delays',
        default={},
        help="""
Seconds that a method takes, by its name: ``start_guest:0.3,create_disks:0.05``.

``*`` stands for all methods that are not named.
"""),
    cfg.MultiStrOpt(
        'failures',
        default=[],
        help="""
A method that fails, how often (0 to 1) and the message: ``start_guest:0.5:no luck``.

May be given several times.
"""),
    cfg.IntOpt(
        'seed',
        help='Makes the failures the same ones in each run.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}
