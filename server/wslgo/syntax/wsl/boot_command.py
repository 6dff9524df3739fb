"""`[boot] command` of `wsl.conf`, as far as it sets values of the kernel."""

from wslgo.text.pattern import pattern

KernelSettings = tuple[tuple[str, str], ...]

_PART = pattern(r"(?:/usr)?(?:/sbin/)?sysctl(?:[ \t]+-[qw]+)+((?:[ \t]+[\w./-]+=[\w.-]+)+)[ \t]*")
_BETWEEN = pattern(r"(?<![ \t])[ \t]*(?:&&|;)[ \t]*")


def kernel_settings(command: str) -> KernelSettings:
    """Return names and values of a command that only calls sysctl; none for any other."""
    matches = [_PART.fullmatch(part) for part in _BETWEEN.split(command.strip())]
    if not all(matches):
        return ()
    pairs = (pair.partition("=") for match in matches if match for pair in match[1].split())
    return tuple((name.replace("/", "."), value) for name, _, value in pairs)
