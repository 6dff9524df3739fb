"""Settings that name the folder of another Go than the one that terminals find."""

from wslgo.machine.host import Host

_GO = "/bin/go"
# A go command in their `bin` is a link, or a program that starts another one.
_SHARED = ("", "/usr", "/usr/local", "/snap")


def is_another_go(host: Host, folder: str) -> bool:
    """Return whether a folder is certainly not that of the go command in PATH.

    Folders side by side can be the same through a link (`~/sdk/go` leads to `~/sdk/go1.27.3`).
    """
    path = host.go.path if host.go is not None else ""
    own, other = path.removesuffix(_GO), folder.rstrip("/")
    is_known = path.endswith(_GO) and own not in _SHARED and other.startswith("/")
    return is_known and own.rpartition("/")[0] != other.rpartition("/")[0] and not host.is_on_windows(other)
