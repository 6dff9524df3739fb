"""A newer Go on the machine, which PATH hides behind that of the distribution."""

from wslgo.knowledge.version import go_version
from wslgo.machine.host import Go, Host
from wslgo.text.message import Message

# Where distributions put theirs. A Go elsewhere was chosen, by its user or by a version manager.
OF_SYSTEM = ("/usr/bin/go", "/bin/go", "/usr/local/bin/go", "/snap/bin/go")

PUT_FIRST = Message(
    en='put it first in PATH: add to ~/.profile: export PATH="{folder}:$PATH"',
    zh='将其放在 PATH 最前面：在 ~/.profile 中加入 export PATH="{folder}:$PATH"',
)


def newer_go(host: Host) -> Go | None:
    """Return a Go of a newer release than the one of the distribution, which runs; None if there is none."""
    go, other = host.go, host.other_go
    if go is None or other is None or go.path not in OF_SYSTEM or host.is_on_windows(other.path):
        return None
    here, there = go_version(go.version or ""), go_version(other.version or "")
    return other if here is not None and there is not None and here[:2] < there[:2] else None
