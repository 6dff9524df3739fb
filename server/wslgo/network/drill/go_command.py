"""The go command that the drill runs."""

from wslgo.machine.host import Host


def go_of(host: Host) -> str:
    """Return the go command itself, and not that of a version manager, which would choose by its folder; "" if none."""
    return "" if host.go is None else f"{host.go.folder}/bin/go" if host.go.folder else host.go.path
