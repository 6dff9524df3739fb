"""A recorded machine in NAT mode, with changes."""

from pathlib import Path

from machines import Tree, tree_of
from wslgo.machine.host import Host
from wslgo.machine.probe import probe

NAT = "ubuntu-24.04-nat"


def nat_machine(changes: str, folder: Path, **environment: str) -> Tree:
    """Return a machine in NAT mode with changes."""
    return tree_of(f"like: {NAT}\n{changes}", folder, **environment)


def probed_host(changes: str, folder: Path, **environment: str) -> Host:
    return probe(nat_machine(changes, folder, **environment))
